"""A real till in a folder of the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pos_testkit.till import RealTill, real_till


@pytest.fixture
def till(tmp_path: Path) -> Iterator[RealTill]:
    with real_till(tmp_path / "data") as opened:
        yield opened
