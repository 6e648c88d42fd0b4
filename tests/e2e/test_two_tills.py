"""Two windows, one head office, and a line that is cut: sold at both, the day ended at both, equal everywhere.

Head office is its own process on its own PostgreSQL; both tills are whole windows with their lanes, files and papers.
"""

from __future__ import annotations

import csv
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from e2e.cashier import PaperSink
from pos_testkit.office_till import canonical, office_account, read_base
from pos_testkit.running_office import Served, served_office
from pos_testkit.window import TillWindow, memory_folder

from hardware.printers.profile import PAPER_80
from hardware.virtual.interpreter import decode
from hardware.virtual.paper import PaperFormat
from pos_app.application.head_office import Line
from pos_app.bootstrap.till import Books
from pos_app.config import DeviceSettings, PrinterSettings, Settings, WireKind
from pos_app.domain.member import Member, MemberAccount
from pos_app.domain.points import Points
from pos_app.infrastructure.keys import SECRET_FILE
from pos_app.infrastructure.paths import Paths, paths_below
from pos_app.infrastructure.settings import save_settings
from pos_app.ui.messages import words
from pos_app.ui.requests import EndOfDayRequest
from pos_app.ui.screens.end_of_day.state import FigureCode, Mark, Page, Verdict
from pos_app.ui.screens.join.state import JoinAsked, JoinPhase
from pos_app.ui.screens.payment.state import POINTS, TenderAsked
from sync.head_office.console import at_desk

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("e2e")]
DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
STORE, STORE_NAME, PIN = "S1", "人民路店", "3333"
#: Tissues, and water in a bottle: nothing about them depends on who buys.
GOODS, WATER = "100902", "100101"
PATIENCE_S = 60.0


@dataclass
class Place:
    """A till, its window and its paper."""

    window: TillWindow
    paper: PaperSink

    @property
    def books(self) -> Books:
        """Its books."""
        books = self.window.running.books
        assert books is not None
        return books

    def account(self, member: Member) -> MemberAccount:
        """What this till knows that a member has."""
        context = self.books.till.context
        with self.books.ledger.read() as reader:
            return context.account(reader, member.member_id, context.programme())

    def points(self, member: Member) -> int:
        """The balance as this till shows it."""
        return self.account(member).balance(self.books.till.context.today()).count

    @property
    def sheet(self) -> str:
        """The last paper that came, squeezed."""
        jobs = self.paper.jobs
        text = decode(jobs[-1], PaperFormat.of(PAPER_80), strict=True).text() if jobs else ""
        return re.sub(r"\s+", " ", text)

    @property
    def line(self) -> Line:
        return self.window.desk.head_office.status().line

    def join(self, address: str, code: str) -> None:
        """The first start: join by code instead of setting up a shop of its own; then somebody logs in."""
        window = self.window
        window._opening.begin()
        window.until(lambda: window.idle and window.screen == "setup", "the first start", PATIENCE_S)
        window.view("setup").join_requested.emit()
        window.view("join").join_requested.emit(JoinAsked(address, code))
        window.until(lambda: window.state("join").phase is not JoinPhase.CALLING, "head office answers", PATIENCE_S)
        assert window.state("join").notice is None
        assert (window.state("join").phase, window.state("join").store) == (JoinPhase.JOINED, STORE_NAME)
        window.view("join").done_requested.emit()
        window.until(lambda: window.screen == "login" and window.state("login").staff, "the staff comes", PATIENCE_S)
        window.until(lambda: self.line is Line.CURRENT, "the first load is there", PATIENCE_S)

    def come_to_the_counter(self) -> None:
        """Log in by PIN, and open the shift."""
        window = self.window
        (manager,) = window.state("login").staff
        window.view("login").login_requested.emit((manager.key, PIN))
        window.until(lambda: window.screen == "open_shift" and window.idle, "the PIN is right")
        window.view("open_shift").open_requested.emit("500")
        window.until(lambda: window.screen == "selling" and window.idle, "the counter")

    def sell(self, *typed: str) -> None:
        """Type what a cashier types, each with Enter; take cash."""
        window = self.window
        self.type(*typed)
        window.pay_cash("1000")
        assert window.state("payment").done
        window.view("payment").next_requested.emit()
        window.settle()

    def type(self, *typed: str) -> None:
        for each in typed:
            self.window.view("selling").input_requested.emit(each)
            self.window.settle()
            assert self.window.state("selling").notice is None, each

    def refuse_points(self) -> tuple[str, str]:
        """Try to pay with points.

        Returns:
            What the screen says beforehand, and when it is tried all the same. The sale is still to be paid.
        """
        window = self.window
        window.view("selling").pay_requested.emit()
        window.settle()
        state = window.state("payment")
        assert POINTS in state.unavailable
        assert POINTS not in state.kinds
        # As if the line had gone after the key was pressed.
        window.view("payment").tender_requested.emit(TenderAsked(POINTS, "1"))
        window.settle()
        window.pay_cash("1000")
        refused = window.state("payment")
        assert not refused.done
        assert not any(each.kind == POINTS for each in refused.tenders)
        return words(state.standing), words(refused.notice)

    def end_the_day(self) -> None:
        """Through the screen: count, close, send, compare."""
        window = self.window
        window.desk.go("end_of_day", EndOfDayRequest())
        window.settle()
        view = window.view("end_of_day")
        view.begin_requested.emit()
        for _ in range(2):  # what is counted is asked once more before it is final
            view.close_requested.emit(((100, 500),))
            window.settle()
        window.until(lambda: window.state("end_of_day").page is Page.RESULT, "the day is compared", PATIENCE_S)


def _new_till(folder: Path, paper: PaperSink) -> Paths:
    """A machine that was never set up, but knows its printer."""
    paths = paths_below(folder)
    paths.make()
    secret = paths.data / SECRET_FILE
    secret.write_text(secrets.token_hex(32), encoding="ascii")
    secret.chmod(0o600)
    printer = PrinterSettings(kind=WireKind.TCP, host="127.0.0.1", port=paper.port)
    save_settings(paths.settings, Settings(devices=DeviceSettings(printer=printer)))
    return paths


def _publish(office: Served) -> str:
    """Staff, rules, goods and members; the phone of one who has points."""
    office.guitai("store", "add", STORE, STORE_NAME)
    office.guitai("staff", "add", "01", "王店长", "--role", "manager", GUITAI_NEW_PIN=PIN)
    office.guitai("programme", str(DEMO / "programme.toml"))
    office.guitai("catalogue", str(DEMO / "products.csv"))
    office.guitai("members", "import", str(DEMO / "members.csv"), "--store", STORE)
    with (DEMO / "members.csv").open(encoding="utf-8-sig") as file:
        return next(each["手机号"] for each in csv.DictReader(file) if int(each["积分余额"]) > 300)


@pytest.fixture
def two_tills(qapp: object) -> Iterator[tuple[Served, Place, Place, str]]:
    """Head office serves; two windows have joined, and somebody sits at each."""
    with ExitStack() as stack:
        office, folder = stack.enter_context(served_office()), stack.enter_context(memory_folder())
        office.answers()
        phone = _publish(office)
        places = []
        for name in ("a", "b"):
            paper = stack.enter_context(PaperSink())
            place = Place(TillWindow(_new_till(folder / name, paper)), paper)
            stack.callback(place.window.close)
            place.join(office.address, office.code(STORE))
            place.come_to_the_counter()
            places.append(place)
        yield office, places[0], places[1], phone


def test_a_day_without_a_line_at_two_tills(two_tills: tuple[Served, Place, Place, str]) -> None:
    office, first, second, phone = two_tills
    member = first.books.replica.reader.member_by_phone(phone)
    assert member is not None
    before = first.points(member)
    assert second.points(member) == before > 0
    first.sell(phone, GOODS)  # while there is a line

    assert office.stop() == 0
    for place in (first, second):
        window = place.window
        window.until(lambda place=place: place.line is Line.OFFLINE, "the line is seen to be cut", PATIENCE_S)
        place.type(phone, GOODS)
        before_it, when_tried = place.refuse_points()
        assert before_it.startswith("Offline: points, ")
        assert before_it.endswith("everything else goes on.")
        assert when_tried == "Offline: points cannot be used. Pay another way or leave it out; the member keeps it."
        place.sell()
        place.sell(phone, f"2*{GOODS}")
        place.sell(WATER)
    earned = [place.points(member) - before for place in (first, second)]

    office.start()
    office.answers()
    for place, sales in ((first, 4), (second, 3)):
        place.end_the_day()
        check_day(place, sales)
    with at_desk("", office.folder) as connection:
        told = office_account(read_base(connection, member.member_id), member)
    today = first.books.till.context.today()
    assert told.balance(today).count == before + sum(earned)
    for place in (first, second):
        window = place.window
        same = partial(_same, place, member, told)
        window.until(same, "the feed brings what the other till sold", PATIENCE_S)
    check_office(office)


def _same(place: Place, member: Member, told: MemberAccount) -> bool:
    own = place.account(member)
    names = ("lots", "receivable", "progress", "usage", "wallet", "owed")
    return all(canonical(getattr(own, name)) == canonical(getattr(told, name)) for name in names)


def check_day(place: Place, sales: int) -> None:
    """Screen and sheet say that head office has the same, to the fen and the point, and by the same hash."""
    state = place.window.state("end_of_day")
    assert (state.verdict, state.marks) == (Verdict.AGREED, (Mark.DONE,) * 4), state
    assert all(row.is_equal for row in state.rows), state.rows
    assert not state.concerns
    rows = {row.code: row for row in state.rows}
    assert rows[FigureCode.SALES].there == sales
    assert rows[FigureCode.POINTS_IN].there != Points(0)
    (day,) = place.window.desk.day_news.service().days()
    assert day.kept is not None
    said = day.kept.comparison
    assert said.here_hash == said.there_hash
    assert said.here == said.there == said.applied
    place.window.until(lambda: "日结" in place.sheet, "the sheet is printed")
    for there in ("与总部一致", said.here_hash.hex()[:8]):
        assert there in place.sheet, place.sheet


def check_office(office: Served) -> None:
    """Nothing waits, nothing is set aside, and other code makes the same books of the journals."""
    assert len(re.findall(r"\[active\].* waiting 0 .*set aside 0$", office.guitai("status"), re.MULTILINE)) == 2
    for words_ in (("quarantine", "list"), ("attention", "list")):
        assert office.guitai(*words_).strip().endswith("none")
    assert "; 0 wrong" in office.guitai("verify")
