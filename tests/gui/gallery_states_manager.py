"""Invented states of what a manager sees: shift close, reports, sales, refunds, menu, devices, settings, set-up."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from gallery_report import OFFICE, OTHER, WAITING
from gallery_shot import HEADER_OUT, Shot
from PIL import Image, ImageDraw

from pos_app.config import DeviceSettings, PrinterSettings, ScannerSettings, WireKind
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.ui.screens.cash_move.state import CashMoveState, Direction
from pos_app.ui.screens.devices.state import DeviceCard, DeviceKind, DevicesState, JobRow
from pos_app.ui.screens.more.state import MoreItem, MoreState
from pos_app.ui.screens.receipt_preview.state import ReceiptPreviewState
from pos_app.ui.screens.refund.state import Fate, HoldingBack, Reason, RefundPreview, RefundState, ReturnTo, SoldLine
from pos_app.ui.screens.report.state import LineCode as L
from pos_app.ui.screens.report.state import ReportKind, ReportLine, ReportSection, ReportState
from pos_app.ui.screens.report.state import SectionCode as S
from pos_app.ui.screens.sales.state import DocumentKind, DocumentRow, SalesState
from pos_app.ui.screens.settings.state import SettingsForm, SettingsState
from pos_app.ui.screens.setup.state import SetupState, Step
from pos_app.ui.screens.shift_close.state import CloseResult, ShiftCloseState, TenderSum
from pos_app.ui.state import Notice, Phase, Tone

RESULT = CloseResult(
    number=128,
    counted=Money(184_350),
    expected=Money(184_650),
    opening_float=Money(50_000),
    cash_sales=Money(164_650),
    cash_movements=Money(-30_000),
    sales=214,
    net=Money(1_286_540),
    tenders=(
        TenderSum("cash", 61, Money(164_650)),
        TenderSum("bank_card", 18, Money(231_890)),
        TenderSum("mobile", 132, Money(881_200)),
        TenderSum("points", 37, Money(8_800)),
    ),
)
CLOSING = ShiftCloseState(number=128, cashier="李娜", since="08:58")
CLOSED = replace(CLOSING, result=RESULT)

SECTIONS = (
    ReportSection(
        S.SALES,
        (
            ReportLine(L.GROSS, Money(1_312_340), 214),
            ReportLine(L.SAVED, Money(45_120)),
            ReportLine(L.REFUNDED, Money(-20_300), 4),
            ReportLine(L.VOIDED, Money(-5_500), 1),
            ReportLine(L.NET, Money(1_286_540)),
        ),
    ),
    ReportSection(
        S.TENDERS,
        (
            ReportLine(L.TENDER, Money(164_650), 61, "cash"),
            ReportLine(L.TENDER, Money(231_890), 18, "bank_card"),
            ReportLine(L.TENDER, Money(881_200), 132, "mobile"),
            ReportLine(L.TENDER, Money(8_800), 37, "points"),
            ReportLine(L.TENDER_SUM, Money(1_286_540)),
        ),
    ),
    ReportSection(
        S.TAXES,
        (ReportLine(L.TAX, Money(82_114), detail="13%"), ReportLine(L.TAX, Money(41_206), detail="9%")),
    ),
    ReportSection(
        S.DRAWER,
        (
            ReportLine(L.OPENING_FLOAT, Money(50_000)),
            ReportLine(L.CASH_SALES, Money(164_650)),
            ReportLine(L.CASH_MOVEMENTS, Money(-30_000)),
            ReportLine(L.EXPECTED, Money(184_650)),
            ReportLine(L.COUNTED, Money(184_350)),
            ReportLine(L.OVER_SHORT, Money(-300)),
        ),
    ),
    ReportSection(
        S.MEMBERS,
        (
            ReportLine(L.MEMBER_SALES, 143),
            ReportLine(L.POINTS_EARNED, Points(10_482)),
            ReportLine(L.POINTS_USED, Points(8_800)),
        ),
    ),
    ReportSection(
        S.CONTROL,
        (ReportLine(L.REPRINTS, 3), ReportLine(L.DRAWER_OPENED, 2), ReportLine(L.OVERRIDES, 5)),
    ),
    ReportSection(
        S.PERPETUAL,
        (
            ReportLine(L.PERPETUAL_GROSS, Money(48_213_654_321)),
            ReportLine(L.PERPETUAL_REFUNDED, Money(1_231_200)),
            ReportLine(L.PERPETUAL_SALES, 81_204),
        ),
    ),
)
REPORT = ReportState(
    ReportKind.Z,
    57,
    "2026-11-22 22:07",
    "2026-11-22",
    "惠民生鲜 · 文三路店",
    "2 号机",
    "王建国",
    SECTIONS,
)
DOCUMENTS = (
    DocumentRow(
        1,
        "0002-20261122-000131",
        DocumentKind.SALE,
        "14:05",
        Money(16_523),
        "李娜",
        "王* 138****1234",
        can_refund=True,
        can_void=True,
    ),
    DocumentRow(
        2, "0002-20261122-000130", DocumentKind.REFUND, "13:58", Money(-1_134), "李娜", "", "0002-20261121-000412"
    ),
    DocumentRow(
        3,
        "0002-20261122-000129",
        DocumentKind.SALE,
        "13:51",
        Money(128_605),
        "李娜",
        "欧阳** 177****1234",
        can_refund=True,
    ),
    DocumentRow(
        4, "0002-20261122-000128", DocumentKind.VOID, "13:44", Money(-4_990), "王建国", "", "0002-20261122-000127"
    ),
    DocumentRow(5, "0002-20261122-000127", DocumentKind.SALE, "13:42", Money(4_990), "李娜", voided=True),
    *(
        DocumentRow(
            n,
            f"0002-20261122-{132 - n:06d}",
            DocumentKind.SALE,
            f"12:{60 - n:02d}",
            Money(990 + 731 * n),
            "李娜",
            can_refund=True,
        )
        for n in range(6, 20)
    ),
)
SALES = SalesState(documents=DOCUMENTS, more=True)
SOLD = (
    SoldLine(1, "农夫山泉 饮用天然水 550ml", 2_000, 2_000, Money(360), 1_000),
    SoldLine(2, "红富士苹果", 285, 285, Money(1_134), 285, "kg"),
    SoldLine(3, "金龙鱼 东北大米 5kg 真空装 长粒香 2026 新米", 1_000, 0, Money(4_990)),
    SoldLine(4, "蒙牛 特仑苏 纯牛奶 250ml×12", 3_000, 2_000, Money(16_830)),
    SoldLine(5, "塑料袋（大）", 2_000, 2_000, Money(60)),
)
REFUND = RefundState(
    number="0002-20261121-000412",
    sold="11-21 18:32  李娜",
    member="王* 138****1234",
    lines=SOLD,
    current=2,
    preview=RefundPreview(
        Money(1_314),
        (
            ReturnTo("mobile", Money(814), reference="4200002026112118…"),
            ReturnTo("cash", Money(300)),
            ReturnTo("points", Money(200), Points(200)),
        ),
        points_taken=Points(13),
        points_owed=Points(5),
        points_after=Points(1_462),
        tier_change="金卡 → 银卡",
        holdings=(
            HoldingBack(Fate.GIVEN_BACK, "满100减10券", "1"),
            HoldingBack(Fate.TAKEN_BACK, "新疆阿克苏冰糖心红富士苹果礼盒兑换券", "2"),
            HoldingBack(Fate.OWED, "升级礼券", "1"),
        ),
    ),
    reason=Reason.QUALITY,
    can_choose_cash=True,
    can_void=False,
    phase=Phase.READY,
    approval_needed=True,
)
CARDS = (
    DeviceCard(DeviceKind.PRINTER, Tone.DANGER, "192.168.1.50:9100", Notice(Tone.DANGER, "printer.paper_out")),
    DeviceCard(DeviceKind.SCANNER, Tone.SUCCESS, "/dev/ttyACM0", last="6901234567892"),
    DeviceCard(DeviceKind.DRAWER, Tone.SUCCESS, ""),
)
JOBS = (
    JobRow(1, "sale", "0002-20261122-000128", "13:44", failed=True, reason=Notice(Tone.DANGER, "printer.timeout")),
    JobRow(2, "sale", "0002-20261122-000131", "14:05", reason=Notice(Tone.WARNING, "printer.paper_out")),
    JobRow(3, "refund", "0002-20261122-000130", "13:58", copy=True, reason=Notice(Tone.WARNING, "printer.paper_out")),
)
DEVICES = DevicesState(
    CARDS,
    JOBS,
    DeviceSettings(
        printer=PrinterSettings(WireKind.TCP, host="192.168.1.50"),
        scanners=(ScannerSettings(WireKind.SERIAL, device="/dev/ttyACM0"),),
    ),
    ports=("/dev/ttyS0", "/dev/ttyUSB0", "/dev/ttyACM0"),
)
SETTINGS = SettingsState(
    form=SettingsForm(
        "zh_CN",
        "惠民生鲜 · 文三路店",
        "杭州市西湖区文三路 477 号",
        "0571-8888 1234",
        "91330106MA2B0ABC3X",
        "谢谢光临，欢迎再来！",
        4,
    ),
    till_number=2,
    version="0.1.0",
    data_folder="/var/lib/guitai",
)


PAPER = (
    "惠民生鲜 · 文三路店",
    "",
    "矿泉水 550ml   2 × 2.00     4.00",
    "苹果 0.285 kg            11.34",
    "",
    "合计                   15.34",
)


def _paper() -> bytes:
    """A paper of about the length of a real one."""
    picture = Image.new("L", (576, 1_180), 255)
    ink = ImageDraw.Draw(picture)
    for row in range(12, 1_150, 34):
        ink.line((24, row, 24 + (row * 37) % 260, row), fill=0, width=3)
        ink.line((440, row, 552, row), fill=0, width=3)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def _count(view: Any) -> None:
    """Type most of a count."""
    boxes = view._count._boxes
    for box, text in zip(boxes, ("12", "6", "9", "4", "5", "23", "7", "", "3", ""), strict=True):
        box.setText(text)
    boxes[-1].setFocus()


def _out(view: Any) -> None:
    view._amount.setText("2000")
    view._reasons[0].click()


def manager_shots() -> list[Shot]:
    """Every picture of a manager's screens."""
    more = ("more", MoreState(cashier="李娜"))
    many_papers = tuple(replace(JOBS[n % 3], key=n) for n in range(20))
    return [
        Shot("close_count_start", "shift_close", CLOSING),
        Shot("close_count", "shift_close", CLOSING, act=_count),
        Shot(
            "close_held",
            "shift_close",
            replace(CLOSING, session=2, notice=Notice(Tone.DANGER, "shift.held_sales", {"count": 2})),
        ),
        Shot("close_short", "shift_close", CLOSED),
        Shot("close_over", "shift_close", replace(CLOSED, result=replace(RESULT, counted=Money(184_655)))),
        Shot(
            "close_exact",
            "shift_close",
            replace(CLOSED, result=replace(RESULT, counted=Money(184_650)), can_close_day=False),
        ),
        Shot("report_z", "report", REPORT),
        Shot("report_z_agreed", "report", replace(REPORT, sections=(*SECTIONS, OFFICE))),
        Shot("report_z_differs", "report", replace(REPORT, sections=(*SECTIONS, OTHER))),
        Shot("report_z_waits", "report", replace(REPORT, sections=(*SECTIONS, WAITING))),
        Shot("report_x", "report", replace(REPORT, kind=ReportKind.X, number=3, sections=SECTIONS[:2], training=True)),
        Shot("report_loading", "report", replace(REPORT, phase=Phase.LOADING)),
        Shot("report_failed", "report", replace(REPORT, phase=Phase.FAILED)),
        Shot("sales", "sales", SALES),
        Shot("sales_void", "sales", replace(SALES, voiding=1)),
        Shot("sales_none", "sales", SalesState("9999", 2, phase=Phase.EMPTY)),
        Shot("sales_first", "sales", SalesState("", 3, phase=Phase.EMPTY)),
        Shot("sales_failed", "sales", SalesState("", 4, phase=Phase.FAILED)),
        Shot(
            "preview", "receipt_preview", ReceiptPreviewState("0002-20261122-000131", _paper()), behind=("sales", SALES)
        ),
        Shot(
            "preview_copy",
            "receipt_preview",
            ReceiptPreviewState(
                "0002-20261122-000128",
                text="\n".join(PAPER * 6),
                copy=True,
                can_print=False,
                notice=Notice(Tone.WARNING, "printer.paper_out"),
            ),
            behind=("sales", SALES),
        ),
        Shot(
            "preview_failed",
            "receipt_preview",
            ReceiptPreviewState("0002-20261122-000128", phase=Phase.FAILED),
            behind=("sales", SALES),
        ),
        Shot("refund_empty", "refund", RefundState()),
        Shot("refund_unknown", "refund", RefundState(notice=Notice(Tone.DANGER, "receipt.unknown"))),
        Shot("refund", "refund", REFUND),
        Shot(
            "refund_untouched",
            "refund",
            replace(
                REFUND,
                lines=tuple(replace(line, chosen_milli=0) for line in SOLD),
                preview=None,
                reason=None,
                can_choose_cash=False,
                can_void=True,
                approval_needed=False,
            ),
        ),
        Shot("more", "more", more[1]),
        Shot(
            "more_after",
            "more",
            MoreState(
                shift_open=False,
                training=True,
                cashier="李娜",
                approval=frozenset({MoreItem.SETTINGS, MoreItem.END_DAY}),
                trouble=3,
                notice=Notice(Tone.WARNING, "shift.none"),
            ),
            training=True,
        ),
        Shot("cash_in", "cash_move", CashMoveState(), behind=more),
        Shot("cash_out", "cash_move", CashMoveState(2, Direction.OUT, approval_needed=True), behind=more, act=_out),
        Shot(
            "cash_bad",
            "cash_move",
            CashMoveState(2, Direction.OUT, Notice(Tone.DANGER, "drawer.too_little")),
            behind=more,
        ),
        Shot("devices", "devices", DEVICES),
        Shot("devices_many", "devices", replace(DEVICES, jobs=many_papers)),
        Shot("devices_calm", "devices", replace(DEVICES, jobs=()), act=lambda view: view.show_page("papers")),
        Shot("settings", "settings", SETTINGS),
        Shot("settings_saved", "settings", replace(SETTINGS, notice=Notice(Tone.SUCCESS, "settings.saved"))),
        Shot("setup_shop", "setup", SetupState(), HEADER_OUT),
        Shot(
            "setup_manager",
            "setup",
            SetupState(Step.MANAGER, shop="惠民生鲜 · 文三路店"),
            HEADER_OUT,
        ),
        Shot(
            "setup_wrong",
            "setup",
            SetupState(
                Step.MANAGER,
                3,
                shop="惠民",
                manager="王建国",
                bad_field="pin_again",
                notice=Notice(Tone.DANGER, "pin.not_the_same"),
            ),
            HEADER_OUT,
        ),
        Shot("setup_done", "setup", SetupState(Step.DONE, shop="惠民生鲜 · 文三路店", manager="王建国"), HEADER_OUT),
    ]
