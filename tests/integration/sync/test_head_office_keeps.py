"""At a till that has goods, programme and staff from head office nobody changes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import msgspec
import pytest
from pos_testkit import builders
from pos_testkit.till import MANAGER, real_till

from pos_app.application.context import TillContext
from pos_app.application.importing.model import ImportPreview
from pos_app.application.importing.products import ImportProducts
from pos_app.application.setting_up import SetUpService
from pos_app.domain.staff import Role
from pos_app.errors import KnownError

CHANGES: list[Callable[[TillContext], object]] = [
    lambda context: SetUpService(context).add_staff(MANAGER, "77", "新员工", Role.CASHIER, "4711"),
    lambda context: SetUpService(context).use_programme(
        MANAGER, msgspec.structs.replace(builders.programme(), version=99)
    ),
    lambda context: ImportProducts(context).apply(Mock(ImportPreview), MANAGER),
]


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_of_it_is_changed_here(tmp_path: Path, change: Callable[[TillContext], object]) -> None:
    with real_till(tmp_path) as till:
        with pytest.raises(KnownError, match=r"sync\.head_office_keeps"):
            change(replace(till.context, head_office_keeps=True))
        with till.ledger.read() as reader:
            assert reader.head().seq == 1
