"""Head office's database is put back to an earlier hour, in one way or another, and the tills fill it up again."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pos_testkit.equal_everywhere import check_equal, check_given
from pos_testkit.joined_till import joined_till, make_joined_home, until_it_can_sell
from pos_testkit.published_office import PublishedOffice, published_office

from pos_app.domain.ids import SaleId

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("published_office")]
Restore = Callable[[], None]


@pytest.fixture
def office() -> Iterator[PublishedOffice]:
    with published_office() as served:
        yield served


def from_a_backup(office: PublishedOffice) -> Restore:
    """As the manual says it; returns what puts it back."""
    file = office.folder / "noon.backup"
    office.guitai("backup", str(file))

    def restore() -> None:
        office.stop()
        office.guitai("restore", str(file))
        office.start()

    return restore


def from_a_copied_folder(office: PublishedOffice) -> Restore:
    """As somebody does it who knows a better way: head office itself is told nothing."""
    data, copy = office.folder / "postgres" / "data", office.folder / "postgres" / "copy"
    office.stop()
    _copy(data, copy)
    office.start()
    office.until_it_listens()

    def restore() -> None:
        office.stop()
        shutil.rmtree(data)
        _copy(copy, data)
        office.start()

    return restore


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target)
    for each in (source, *source.rglob("*")):
        shutil.chown(target / each.relative_to(source), each.stat().st_uid, each.stat().st_gid)


@pytest.mark.parametrize("keep", [from_a_backup, from_a_copied_folder])
def test_tills_fill_up_a_head_office_that_was_put_back(
    office: PublishedOffice, tmp_path: Path, keep: Callable[[PublishedOffice], Restore]
) -> None:
    drawn = random.Random(3)
    homes = [tmp_path / name for name in ("a", "b")]
    for home in homes:
        make_joined_home(home, office.address, office.code())
    with ExitStack() as stack:
        tills = [stack.enter_context(joined_till(home)) for home in homes]
        given: list[SaleId | None] = []

        def trade(count: int) -> None:
            given.extend(drawn.choice(tills).live(drawn) for _ in range(count))
            for till in tills * 2:
                till.drain(150)

        for till in tills:
            until_it_can_sell(till)
        trade(40)
        restore = keep(office)
        trade(40)
        records = check_equal(office, tills)
        restore()
        office.until_it_listens()
        for till in tills * 2:
            till.drain(150)
        assert check_equal(office, tills, epochs=2) >= records
        trade(20)
        check_equal(office, tills, epochs=2)
        check_given(office, [each for each in given if each is not None])
