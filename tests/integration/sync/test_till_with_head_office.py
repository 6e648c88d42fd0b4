"""A whole till behind its window that belongs to a head office, or joins one: books, lanes, line, settings."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec
import pytest
from pos_testkit.served_office import joined, new_home, served
from pos_testkit.till import some_products
from pos_testkit.window import TillWindow, make_home

from pos_app.application.head_office import Line
from pos_app.domain.ledger.journal import RecordKind
from pos_app.errors import KnownError
from pos_app.infrastructure.keys import Argon2PinHasher, KeyedPersonalData
from pos_app.infrastructure.paths import paths_below
from pos_app.infrastructure.settings import load_settings
from pos_app.infrastructure.sync.membership import joining_of
from pos_app.runtime.lanes import LaneName

GOODS = some_products()


@pytest.mark.usefixtures("qapp")
def test_a_window_that_stands_sends_what_is_sold(tmp_path: Path) -> None:
    with served() as (office, server):
        paths = make_home(tmp_path, before=lambda till: joined(office, server, till))
        window = TillWindow(paths)
        try:
            window.open()
            running = window.running
            assert running.books is not None
            link = running.books.link
            window.until(lambda: link.status().line is Line.CURRENT, "the line is there")
            context = running.books.till.context
            assert context.points_pending
            assert context.head_office is link
            assert running.desk is not None
            assert running.desk.head_office is link
            assert load_settings(paths.settings).settings.shop.name == "江边店"
            ledger = running.books.ledger

            def unsynced() -> int:
                with ledger.read() as reader:
                    return reader.unsynced()

            # What head office said is told first, and then kept.
            window.until(lambda: unsynced() == 0, "head office's answer is kept")
            with ledger.read() as reader:
                assert len(office.payloads) == reader.head().seq
        finally:
            begun = time.monotonic()
            window.close()
            assert time.monotonic() - begun < 10


@pytest.mark.usefixtures("qapp")
def test_a_till_that_worked_alone_joins_at_the_counter(tmp_path: Path) -> None:
    with served() as (office, server):
        paths = make_home(tmp_path, before=lambda till: till.sell(GOODS[0]))
        window = TillWindow(paths)
        try:
            window.open()
            running = window.running
            assert running.can_join
            said = running.lanes.submit(
                LaneName.NETWORK, lambda: running.enrolling().enrol(server.address, office.code)
            ).result()
            assert (said.store_name, said.till_number) == ("江边店", 1)
            assert office.applicant is not None
            assert office.applicant.head.seq > 0
            running.head_office_joined()
            assert running.books is not None
            link = running.books.link
            window.until(lambda: link.status().line is Line.CURRENT, "the line is there")
            assert joining_of(paths.data) is None
            assert len(office.payloads) == link.status().acknowledged > 0
            assert not running.can_join
            # At once, not with the next start: published staff logs in, and cards are found at all tills.
            context = running.books.till.context
            assert context.pins.verify("2468", Argon2PinHasher(b"pin key of the shop").hash("2468"))
            shop = KeyedPersonalData(b"of another till", b"card key of the shop")
            assert context.personal.card_accounts("1")[0] == shop.card_accounts("1")[0]
            with pytest.raises(KnownError, match=r"sync\.joined_already"):
                running.enrolling()
        finally:
            window.close()
        assert load_settings(paths.settings).settings.shop.code == "S8"


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("power_cut", [False, True])
def test_a_new_till_is_made_by_joining_also_when_the_power_goes_in_between(tmp_path: Path, power_cut: bool) -> None:
    new_home(tmp_path)
    paths = paths_below(tmp_path)
    with served() as (office, server):
        window = TillWindow(paths)
        try:
            window._opening.begin()
            running = window.running
            window.until(lambda: window.idle, "nobody is known here")
            running.lanes.submit(
                LaneName.NETWORK, lambda: running.enrolling().enrol(server.address, office.code)
            ).result()
            if power_cut:
                window.close()
                window = TillWindow(paths)
                window._opening.begin()
                running = window.running
            else:
                running.head_office_joined()
            window.until(lambda: running.books is not None, "the books are made")
            books = running.books
            assert books is not None
            assert (books.till.context.till, books.till.context.till_number) == ("till-new", 7)
            window.until(lambda: books.link.status().line is Line.CURRENT, "the line is there")
            first = msgspec.json.decode(office.payloads[0])
            assert (first["kind"], first["till"]) == (RecordKind.COMMISSIONED.value, "till-new")
        finally:
            window.close()
