"""Invented states of what people see of head office."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gallery_shot import HEADER, HEADER_OFFLINE, HEADER_OUT, Shot

from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.ui.concerns import Concern
from pos_app.ui.screens.end_of_day.state import DayRow, EndOfDayState, FigureRow, Mark, Page, Verdict
from pos_app.ui.screens.end_of_day.state import FigureCode as F
from pos_app.ui.screens.head_office.state import HeadOfficeState
from pos_app.ui.screens.join.state import JoinPhase, JoinState
from pos_app.ui.screens.login.state import LoginState, OlderCopy, StaffChoice
from pos_app.ui.screens.more.state import MoreState
from pos_app.ui.screens.setup.state import SetupState
from pos_app.ui.state import Notice, Phase, Tone
from pos_app.ui.widgets.progress import Progress

CONCERNS = (
    Concern("spend.overdrawn", {"asset": "points", "amount": "800"}, when="13:20"),
    Concern(
        "refund.twice", {"sale_receipt_no": "0001-20261121-000412"}, "sale.refunded", "0002-20261122-000131", "12:44"
    ),
    Concern("lot.unknown", {}, "sale.completed", "0002-20261122-000129", "12:40"),
    Concern("record.e99", {}, "sale.completed", "0002-20261122-000077", "2026-11-21 19:02"),
    Concern("record.held", {}, "sale.refunded", "0002-20261122-000132", "12:40", is_settled_by_itself=True),
)
CURRENT = HeadOfficeState("current", as_of="14:05")


JOIN = JoinState(address="office.example.com:8443", code="K7QM-2XWD-94")
COMING = Progress(21_500, 48_213, 140)
_NOT_BACK = Notice(Tone.DANGER, "sync.not_recovered")
_MANAGERS = (StaffChoice("03", "孙经理", "manager"), StaffChoice("07", "周店长", "manager"))
JOINED = JoinState(JoinPhase.JOINED, store="惠民生鲜 · 文三路店", till_number=3)

BACK = replace(JOINED, phase=JoinPhase.COMING_BACK, records_back=48_213, not_sent=1_203, coming_back=COMING)


def join_shots() -> list[Shot]:
    """Every picture of joining a head office."""
    first = ("setup", SetupState(version="0.1.0"))
    more = ("more", MoreState(cashier="王建国"))
    return [
        Shot("join", "join", JoinState(), HEADER_OUT, behind=first),
        Shot("join_typed", "join", JOIN, HEADER_OUT, behind=first),
        Shot(
            "join_wrong",
            "join",
            replace(JOIN, session=1, bad_field="code", notice=Notice(Tone.DANGER, "sync.code")),
            HEADER_OUT,
            behind=first,
        ),
        Shot(
            "join_not_vouched",
            "join",
            replace(JOIN, session=2, bad_field="address", notice=Notice(Tone.DANGER, "sync.not_vouched")),
            HEADER_OUT,
            behind=first,
        ),
        Shot("join_alone", "join", replace(JOIN, session=3, worked_alone=True, records=12_408), behind=more),
        Shot("join_calling", "join", replace(JOIN, phase=JoinPhase.CALLING), HEADER_OUT, behind=first),
        Shot("join_joined", "join", replace(JOINED, first_load=Progress(412_000, 1_000_000, 31)), behind=first),
        Shot("join_coming_back", "join", BACK, HEADER_OUT, behind=first),
        Shot("join_cut", "join", replace(BACK, is_cut=True, notice=_NOT_BACK), HEADER_OUT, behind=first),
        Shot("join_successor", "join", replace(BACK, phase=JoinPhase.JOINED), HEADER_OUT, behind=first),
        Shot(
            "join_successor_all_sent",
            "join",
            replace(BACK, phase=JoinPhase.JOINED, not_sent=0, first_load=Progress(412_000, 1_000_000, 31)),
            HEADER_OUT,
            behind=first,
        ),
        *_shut_shots(),
    ]


def _shut_shots() -> list[Shot]:
    """The log-in while the books are shut."""
    shut = LoginState(store="惠民生鲜 · 文三路店", phase=Phase.FAILED, version="0.1.0")
    older = replace(shut, older=OlderCopy.FOUND, notice=Notice(Tone.DANGER, "ledger.went_back"))
    agreeing = replace(older, older=OlderCopy.AGREEING, phase=Phase.READY, notice=None, staff=_MANAGERS, selected="03")
    return [
        Shot("shut_coming_back", "login", replace(shut, phase=Phase.LOADING, coming_back=COMING), HEADER_OUT),
        Shot("shut_not_back", "login", replace(shut, notice=_NOT_BACK), HEADER_OUT),
        Shot("shut_older", "login", older, HEADER_OUT),
        Shot("shut_older_agreeing", "login", agreeing, HEADER_OUT),
        Shot(
            "shut_older_wrong_pin",
            "login",
            replace(agreeing, notice=Notice(Tone.DANGER, "pin.wrong", {"tries_left": 4})),
            HEADER_OUT,
        ),
        Shot("shut_older_nobody", "login", replace(agreeing, phase=Phase.EMPTY, staff=(), selected=None), HEADER_OUT),
    ]


def _rows(*, different: bool = False, asked: bool = True) -> tuple[FigureRow, ...]:
    def row(code: F, here: Any, there: Any = None, detail: str = "") -> FigureRow:
        return FigureRow(code, here, (here if there is None else there) if asked else None, detail)

    return (
        row(F.SALES, 214, 213 if different else None),
        row(F.GROSS, Money(1_312_340), Money(1_307_350) if different else None),
        row(F.REFUNDS, 5),
        row(F.REFUNDED, Money(25_800)),
        row(F.TENDER, Money(164_650), None, "cash"),
        row(F.TENDER, Money(231_890), None, "bank_card"),
        row(F.TENDER, Money(881_200), Money(876_210) if different else None, "mobile"),
        row(F.TENDER, Money(8_800), None, "points"),
        row(F.TENDER, Money(112_000), None, "stored_value"),
        row(F.TENDER, Money(20_000), None, "gift_card"),
        row(F.POINTS_IN, Points(10_482)),
        row(F.POINTS_OUT, Points(8_812)),
        row(F.VALUE_IN, Money(330_000)),
        row(F.VALUE_OUT, Money(112_000)),
        FigureRow(F.RECORDS, 486, None if different or not asked else 486),
        row(F.HASH, "9f3ac1d2", "77b0e410" if different else None),
    )


D, N, LEFT = Mark.DONE, Mark.NOW, Mark.OPEN
BEGIN = EndOfDayState(joined=True, date="2026-11-22", shift_number=128, cashier="李娜", since="08:58")
COUNTED = replace(BEGIN, shift_number=None, over_short=Money(-300), marks=(D, LEFT, LEFT, LEFT))
WORKING = replace(
    COUNTED, page=Page.WORKING, marks=(D, D, N, LEFT), z_number=57, progress=Progress(770, 1_203, 41), waiting=433
)
AGREED = replace(
    COUNTED,
    page=Page.RESULT,
    marks=(D, D, D, D),
    z_number=57,
    verdict=Verdict.AGREED,
    asked="22:14",
    rows=_rows(),
)
DAY_LIST = (
    DayRow(1, 57, "2026-11-22", Verdict.WAITING),
    DayRow(2, 56, "2026-11-21", Verdict.AGREED, "2026-11-21 22:14"),
    DayRow(3, 55, "2026-11-20", Verdict.SET_ASIDE, "2026-11-20 22:09"),
    DayRow(4, 54, "2026-11-19", Verdict.DIFFERS, "2026-11-19 22:31"),
    DayRow(5, 53, "2026-11-18", Verdict.ALONE),
)


def day_shots() -> list[Shot]:
    """Every picture of the end of a day."""
    aside = replace(AGREED, verdict=Verdict.SET_ASIDE, marks=(D, D, D, Mark.TROUBLE), can_retry=True)
    later = replace(
        AGREED,
        verdict=Verdict.WAITING,
        marks=(D, D, Mark.LATER, Mark.LATER),
        rows=_rows(asked=False),
        asked="",
        waiting=433,
        can_retry=True,
    )
    closed = Notice(Tone.DANGER, "day.not_balanced", {"amount": Money(500)})
    return [
        Shot("day_begin", "end_of_day", BEGIN),
        Shot("day_begin_alone", "end_of_day", replace(BEGIN, joined=False)),
        Shot("day_counted", "end_of_day", COUNTED),
        Shot("day_count", "end_of_day", replace(BEGIN, session=1, page=Page.COUNT, marks=(N, LEFT, LEFT, LEFT))),
        Shot("day_working", "end_of_day", WORKING),
        Shot("day_deciding", "end_of_day", replace(WORKING, deciding=True, marks=(D, D, D, N))),
        Shot("day_agreed", "end_of_day", AGREED),
        Shot("day_set_aside", "end_of_day", replace(aside, concerns=CONCERNS[1:3])),
        Shot("day_differs", "end_of_day", replace(aside, verdict=Verdict.DIFFERS, rows=_rows(different=True))),
        Shot("day_later", "end_of_day", later, HEADER_OFFLINE),
        Shot("day_alone", "end_of_day", replace(later, verdict=Verdict.ALONE, joined=False, notice=closed)),
        Shot("day_list", "end_of_day", replace(AGREED, page=Page.DAYS, days=DAY_LIST)),
        Shot("day_list_none", "end_of_day", replace(BEGIN, page=Page.DAYS, days_phase=Phase.EMPTY)),
        Shot("day_former", "end_of_day", replace(AGREED, is_former=True)),
    ]


def sync_shots() -> list[Shot]:
    """Every picture of the line to head office."""
    behind = ("more", MoreState(cashier="李娜"))
    manager = replace(CURRENT, is_manager=True)
    catching = replace(HEADER_OFFLINE, line="catching_up", percent=64)
    return [
        *join_shots(),
        *day_shots(),
        Shot("sync_alone", "head_office", HeadOfficeState(is_manager=True, can_join=True), behind=behind),
        Shot("sync_current", "head_office", CURRENT, replace(HEADER, line="current"), behind=behind),
        Shot("sync_current_manager", "head_office", manager, replace(HEADER, line="current"), behind=behind),
        Shot(
            "sync_offline",
            "head_office",
            HeadOfficeState(
                "offline", Notice(Tone.WARNING, "sync.clock"), as_of="2026-11-19 10:42", waiting=1_203, behind=0
            ),
            HEADER_OFFLINE,
            behind=behind,
        ),
        Shot(
            "sync_catching_up",
            "head_office",
            HeadOfficeState(
                "catching_up",
                as_of="14:05",
                waiting=433,
                behind=12_480,
                sending=Progress(770, 1_203, 95),
                first_load=Progress(412_000, 1_000_000, 31),
            ),
            catching,
            behind=behind,
        ),
        Shot(
            "sync_attention",
            "head_office",
            replace(manager, line="attention", concerns=CONCERNS),
            replace(HEADER, line="attention", concerns=4),
            behind=behind,
        ),
        Shot(
            "sync_fenced",
            "head_office",
            replace(
                manager,
                line="attention",
                reason=Notice(Tone.DANGER, "sync.fork"),
                concerns=(Concern("sync.fork", when="14:02"),),
            ),
            replace(HEADER, line="attention"),
            behind=behind,
        ),
    ]
