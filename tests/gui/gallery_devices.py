"""Invented states of the devices screen's forms: each as it is when set up, and with something wrong."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gallery_shot import Shot
from gallery_states_manager import CARDS, DEVICES
from PIL import Image, ImageDraw
from pos_testkit import print_contents

from pos_app.application.ports import JobKind
from pos_app.bootstrap.papers import receipt_settings
from pos_app.config import (
    CustomerScreenSettings,
    DeviceSettings,
    DisplaySettings,
    DrawerSettings,
    OwnScaleSettings,
    PrinterSettings,
    ScaleSettings,
    ScannerSettings,
    ScreenPlace,
    Settings,
    SlipSettings,
    WedgeSettings,
    WireKind,
)
from pos_app.domain.text import LocalText
from pos_app.infrastructure.device_tables import display_lines, scale_lines
from pos_app.infrastructure.receipts.logos import printed_logo
from pos_app.infrastructure.receipts.shop import ShopHeader
from pos_app.infrastructure.receipts.trial import trial_paper
from pos_app.ui.screens.devices.state import DeviceCard, DeviceKind, DevicesState, OwnState, TrialState
from pos_app.ui.state import Notice, Tone

_CATEGORIES = (
    *(("10", "热菜"), ("11", "凉菜"), ("12", "主食"), ("20", "饮料"), ("21", "酒水"), ("30", "甜品")),
    *(("40", "生鲜水果"), ("41", "日用百货")),
)
_SET_UP = DeviceSettings(
    printer=PrinterSettings(WireKind.TCP, host="192.168.1.50"),
    stand_in=PrinterSettings(WireKind.USB, vendor=0x0416, product=0x5011, paper_mm=58),
    stand_in_after_s=15,
    copies=(
        SlipSettings("后厨", PrinterSettings(WireKind.TCP, host="192.168.1.51"), ("10", "11", "12")),
        SlipSettings("吧台", PrinterSettings(WireKind.SPOOLER, queue="bar", paper_mm=58), ("20", "21")),
        SlipSettings("出品总单", PrinterSettings(WireKind.VIRTUAL)),
    ),
    wedge=WedgeSettings("~", "", 80),
    scanners=(
        ScannerSettings(WireKind.SERIAL, device="/dev/ttyACM0"),
        ScannerSettings(WireKind.HID, device="0c2e:0b61"),
        ScannerSettings(WireKind.INPUT, device="/dev/input/by-id/usb-Newland_HR32-event-kbd"),
    ),
    scale=ScaleSettings(WireKind.SERIAL, device="/dev/ttyUSB0", data_bits=7, parity="E", protocol="toledo_8217"),
    display=DisplaySettings(
        WireKind.SERIAL, device="/dev/ttyS0", baud=9600, model="cd5220", charset="gbk", greeting="欢迎光临"
    ),
    drawer=DrawerSettings(WireKind.SERIAL, device="/dev/ttyS0", pulse="07", sensor="cts", warns_open=True),
)


@functools.cache
def _trial(printer: PrinterSettings, logo: bytes = b"") -> TrialState:
    """A receipt as the till draws it for a printer."""
    shop = ShopHeader(LocalText("惠民生鲜 · 𠮷祥路店"), LocalText("西湖区文三路 477 号"), logo=logo)
    content = print_contents.content(print_contents.sell(), JobKind.SALE)
    paper = trial_paper(content, shop, receipt_settings(Settings(), printer))
    return TrialState(paper.png, paper.text, paper.missing)


def _logo() -> bytes:
    picture = Image.new("L", (420, 150), 255)
    ink = ImageDraw.Draw(picture)
    ink.ellipse((20, 15, 140, 135), fill=40)
    ink.polygon(((80, 40), (120, 110), (40, 110)), fill=255)
    for step in range(6):
        ink.rectangle((180 + step * 38, 50, 210 + step * 38, 110), fill=step * 40)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


FORMS = replace(
    DEVICES,
    devices=_SET_UP,
    session=40,
    categories=_CATEGORIES,
    chip_forms=("decimal", "epc"),
    scale_lines=scale_lines(),
    display_lines=display_lines(),
    trial=_trial(PrinterSettings()),
)


def _with(session: int, **devices: Any) -> DevicesState:
    values = {name: getattr(_SET_UP, name) for name in _SET_UP.__struct_fields__}
    return replace(FORMS, session=session, devices=DeviceSettings(**{**values, **devices}))


def _wrong(state: DevicesState, field: str, code: str, **details: object) -> DevicesState:
    return replace(state, bad_field=field, notice=Notice(Tone.DANGER, code, details))


def _page(name: str, then: Callable[[Any], None] | None = None) -> Callable[[Any], None]:
    def act(view: Any) -> None:
        view.show_page(name)
        if then is not None:
            then(view)

    return act


def _closer(view: Any) -> None:
    view._on_closer()


def _slip_printer(view: Any) -> None:
    view.forms["slips"].edit(0)
    view.forms["slips"]._on_part(1)


def _change(page: str, number: int | None) -> Callable[[Any], None]:
    return lambda view: view.forms[page].edit(number)


def device_shots() -> list[Shot]:
    """Every form of the devices screen."""
    serial = PrinterSettings(WireKind.SERIAL, device="/dev/ttyUSB0", baud=115_200, flow="rts_cts", columns=42)
    own = OwnScaleSettings("05", r"\x02(?P<weight>[ \d.]{7})\r", "kg", 3)
    slip_wrong = _wrong(replace(FORMS, session=54), "slip.name", "slip.name_taken", name="后厨")
    none = (
        DeviceCard(DeviceKind.PRINTER, can_test=False),
        DeviceCard(DeviceKind.SCANNER),
        DeviceCard(DeviceKind.DRAWER, can_test=False),
    )
    narrow = PrinterSettings(WireKind.USB, vendor=0x0416, product=0x5011, paper_mm=58)
    own_state = OwnState("/var/lib/guitai/data/receipts", printed_logo(_logo(), 576), is_changed=True)
    no_own = OwnState(
        "/var/lib/guitai/data/receipts",
        problems=(
            Notice(Tone.WARNING, "receipt.template_wrong", {"file": "zh_CN/sale.toml", "place": "words.thanks"}),
            Notice(Tone.WARNING, "receipt.logo_wrong", {"file": "logo.png"}),
        ),
    )
    return [
        Shot("devices_printer", "devices", _wrong(FORMS, "printer.port", "settings.port_wrong"), act=_page("printer")),
        Shot("devices_serial", "devices", replace(_with(41, printer=serial), can_change=False), act=_page("printer")),
        Shot(
            "devices_none",
            "devices",
            replace(_with(42, printer=PrinterSettings()), jobs=(), cards=none),
            act=_page("printer"),
        ),
        Shot("devices_stand_in", "devices", replace(FORMS, session=43, trial=_trial(narrow)), act=_page("stand_in")),
        Shot("devices_stand_in_none", "devices", _with(44, stand_in=PrinterSettings()), act=_page("stand_in")),
        Shot("devices_slips", "devices", replace(FORMS, session=45), act=_page("slips")),
        Shot(
            "devices_slips_removed",
            "devices",
            replace(
                _with(46, copies=_SET_UP.copies[:2]), can_undo=True, notice=Notice(Tone.SUCCESS, "settings.removed")
            ),
            act=_page("slips"),
        ),
        Shot("devices_slips_none", "devices", _with(47, copies=()), act=_page("slips")),
        Shot("devices_slip", "devices", slip_wrong, act=_page("slips", _change("slips", 1))),
        Shot(
            "devices_slip_printer",
            "devices",
            _with(74, copies=(SlipSettings("后厨", serial, ("10",)),)),
            act=_page("slips", _slip_printer),
        ),
        Shot("devices_slip_new", "devices", replace(FORMS, session=55), act=_page("slips", _change("slips", None))),
        Shot("devices_closer", "devices", replace(FORMS, session=71), act=_page("printer", _closer)),
        Shot(
            "devices_own",
            "devices",
            replace(FORMS, session=72, own=own_state, trial=_trial(PrinterSettings(), _logo())),
            act=_page("own"),
        ),
        Shot(
            "devices_own_wrong",
            "devices",
            replace(FORMS, session=73, own=no_own, notice=Notice(Tone.DANGER, "logo.too_long", {"file": "高塔.png"})),
            act=_page("own"),
        ),
        Shot("devices_wedge", "devices", replace(FORMS, session=56), act=_page("wedge")),
        Shot("devices_scanners", "devices", replace(FORMS, session=57), act=_page("scanners")),
        Shot("devices_scanners_none", "devices", _with(58, scanners=()), act=_page("scanners")),
        Shot("devices_scanner", "devices", replace(FORMS, session=59), act=_page("scanners", _change("scanners", 0))),
        Shot(
            "devices_scanner_keys",
            "devices",
            _wrong(replace(FORMS, session=60), "scanner.device", "settings.node_missing"),
            act=_page("scanners", _change("scanners", 2)),
        ),
        Shot("devices_chips", "devices", replace(FORMS, session=61), act=_page("chips")),
        Shot("devices_scale", "devices", replace(FORMS, session=62), act=_page("scale")),
        Shot(
            "devices_scale_own",
            "devices",
            _wrong(
                _with(63, scale=ScaleSettings(WireKind.SERIAL, device="/dev/ttyUSB0", protocol="own", own=own)),
                "scale.own_ask",
                "scale.ask_wrong",
            ),
            act=_page("scale"),
        ),
        Shot("devices_scale_none", "devices", _with(64, scale=ScaleSettings()), act=_page("scale")),
        Shot("devices_display", "devices", replace(FORMS, session=65), act=_page("display")),
        Shot(
            "devices_display_figures",
            "devices",
            _with(66, display=DisplaySettings(WireKind.SERIAL, device="/dev/ttyS0")),
            act=_page("display"),
        ),
        Shot(
            "devices_drawer",
            "devices",
            _wrong(replace(FORMS, session=67), "drawer.pulse", "drawer.setting_wrong"),
            act=_page("drawer"),
        ),
        Shot(
            "devices_drawer_printer", "devices", _with(68, drawer=DrawerSettings(sensor="printer")), act=_page("drawer")
        ),
        Shot(
            "devices_customer",
            "devices",
            replace(
                _with(
                    69,
                    customer_screen=CustomerScreenSettings(
                        ScreenPlace.MONITOR,
                        pictures="/srv/pictures/hot-pot",
                        opening="欢迎光临",
                        payment_code="https://pay.example.com/s/3301",
                    ),
                ),
                monitors=("HDMI-1", "DP-2"),
                cards=(
                    *CARDS,
                    DeviceCard(
                        DeviceKind.CUSTOMER_SCREEN,
                        Tone.WARNING,
                        notice=Notice(Tone.WARNING, "customer_screen.none_free"),
                    ),
                ),
            ),
            act=_page("customer"),
        ),
    ]
