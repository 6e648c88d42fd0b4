"""The forms of the devices: what is saved and used, what is refused with which field, and what the boundaries are."""

from typing import Any

import msgspec
import pytest
from pos_testkit.desk import MANAGER, counter, some_settings

from pos_app.config import (
    DeviceSettings,
    DisplaySettings,
    DrawerSettings,
    OwnScaleSettings,
    PrinterSettings,
    ScaleSettings,
    ScannerSettings,
    SlipSettings,
    Wire,
    WireKind,
)
from pos_app.runtime.device_board import DeviceRole, DeviceStanding
from pos_app.ui import messages
from pos_app.ui.screens.devices.form_state import (
    ChipForm,
    DisplayForm,
    DrawerForm,
    PrinterForm,
    ScaleForm,
    ScannerForm,
    SlipForm,
    StandInForm,
    WedgeForm,
    WireForm,
)
from pos_app.ui.screens.devices.reading import PREFIXES, FormError, read_printer, wire_changes

pytestmark = pytest.mark.gui

TCP = WireForm(WireKind.TCP, host="192.168.1.50", port="9100")
SERIAL = WireForm(WireKind.SERIAL, device="/dev/ttyUSB0", baud="9600")
NONE = WireForm()


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        one.sit_down(MANAGER)
        one.desk.go("devices")
        yield one


def _save(till, form: Any) -> DeviceSettings:
    till.view("devices").save_requested.emit(form)
    state = till.state("devices")
    assert (state.bad_field, state.notice.code, state.busy) == ("", "settings.saved", False)
    assert till.services.saved[-1] == till.services.applied[-1] == till.desk.settings
    assert state.devices == till.desk.settings.devices
    return till.desk.settings.devices


def _refused(till, form: Any, field: str) -> str:
    before = till.desk.settings
    till.view("devices").save_requested.emit(form)
    state = till.state("devices")
    assert state.bad_field == f"{PREFIXES[type(form)]}.{field}"
    assert till.desk.settings == before
    assert not till.services.saved
    words = messages.words(state.notice)
    assert "{" not in words
    assert words.endswith(".")
    return words


# The way to a device


@pytest.mark.parametrize(
    ("wire", "where"),
    [
        (WireForm(WireKind.TCP, host=" 192.168.1.50 ", port=""), "192.168.1.50:9100"),
        (WireForm(WireKind.TCP, host="p", port="1"), "p:1"),
        (WireForm(WireKind.TCP, host="p", port="65535"), "p:65535"),
        (WireForm(WireKind.USB, device="0416:5011"), "0416:5011"),
        (WireForm(WireKind.USB, device=" 0416:5011/A1 "), "0416:5011/A1"),
        (WireForm(WireKind.USB, device="0416:5011@1-2.3"), "0416:5011@1-2.3"),
        (WireForm(WireKind.SPOOLER, device="小票"), "小票"),
        (WireForm(WireKind.FILE, device="/dev/usb/lp0"), "/dev/usb/lp0"),
        (WireForm(WireKind.SERIAL, device="COM3"), "COM3"),
        (WireForm(WireKind.VIRTUAL), ""),
        (WireForm(WireKind.NONE, port="nonsense", baud="nonsense"), ""),
    ],
)
def test_a_way_that_can_be(wire, where):
    new = msgspec.structs.replace(Wire(), **wire_changes(wire, Wire()))
    assert (new.kind, new.where) == (wire.kind, where)


@pytest.mark.parametrize(
    ("wire", "field"),
    [
        (WireForm(WireKind.TCP, host=" "), "host"),
        (WireForm(WireKind.TCP, host="a b"), "host"),
        (WireForm(WireKind.TCP, host="p", port="0"), "port"),
        (WireForm(WireKind.TCP, host="p", port="65536"), "port"),
        (WireForm(WireKind.TCP, host="p", port="９１００x"), "port"),
        (WireForm(WireKind.USB), "device"),
        (WireForm(WireKind.USB, device="a printer"), "device"),
        (WireForm(WireKind.SERIAL), "device"),
        (WireForm(WireKind.FILE, device="  "), "device"),
        (WireForm(WireKind.SPOOLER), "device"),
        (WireForm(WireKind.HID), "device"),
        (WireForm(WireKind.SERIAL, device="COM3", baud="0"), "baud"),
        (WireForm(WireKind.SERIAL, device="COM3", baud="4000001"), "baud"),
        (WireForm(WireKind.SERIAL, device="COM3", baud="fast"), "baud"),
    ],
)
def test_a_way_that_cannot_be_names_its_field(till, wire, field):
    _refused(till, PrinterForm(wire), field)
    with pytest.raises(FormError) as wrong:
        wire_changes(wire, Wire())
    assert wrong.value.field == field


def test_how_a_serial_port_is_set_is_saved_and_left_alone_by_other_ways():
    wire = WireForm(
        WireKind.SERIAL, device="COM3", baud="4000000", data_bits=7, parity="E", stop_bits=2, flow="dsr_dtr"
    )
    serial = msgspec.structs.replace(Wire(), **wire_changes(wire, Wire()))
    assert (serial.baud, serial.data_bits, serial.parity, serial.stop_bits) == (4_000_000, 7, "E", 2)
    assert serial.flow == "dsr_dtr"
    lan = msgspec.structs.replace(serial, **wire_changes(TCP, serial))
    assert (lan.where, lan.device, lan.baud, lan.parity) == ("192.168.1.50:9100", "COM3", 4_000_000, "E")


# Printers


def test_a_printer_is_saved_with_all_that_it_can_do(till):
    form = PrinterForm(TCP, 80, 42, "gb18030", 5, has_cutter=False, native_qr=False)
    printer = _save(till, form).printer
    assert (printer.columns, printer.charset, printer.drawer_pin) == (42, "gb18030", 5)
    assert (printer.has_cutter, printer.native_qr) == (False, False)


def test_the_usual_width_of_a_paper_is_not_written_down():
    assert read_printer(PrinterForm(TCP, 80, 48), PrinterSettings()).columns == 0
    assert read_printer(PrinterForm(TCP, 58, 32), PrinterSettings(columns=42)).columns == 0
    assert read_printer(PrinterForm(TCP, 80, 32), PrinterSettings()).columns == 32
    with pytest.raises(FormError, match="columns_wrong"):
        read_printer(PrinterForm(TCP, 58, 42), PrinterSettings())


@pytest.mark.parametrize(("typed", "seconds"), [("1", 1), ("600", 600), ("", 10)])
def test_the_printer_that_stands_in(till, typed, seconds):
    devices = _save(till, StandInForm(PrinterForm(TCP), typed))
    assert (devices.stand_in.where, devices.stand_in_after_s) == ("192.168.1.50:9100", seconds)


@pytest.mark.parametrize("typed", ["0", "601", "-1", "soon"])
def test_how_long_it_waits_has_bounds(till, typed):
    assert "600" in _refused(till, StandInForm(PrinterForm(TCP), typed), "after_s")
    assert till.state("devices").devices.stand_in == PrinterSettings()


def test_slips_are_added_changed_removed_and_had_back(till):
    view = till.view("devices")
    _save(till, SlipForm(None, " 后厨 ", PrinterForm(TCP), ("10", "11")))
    bar = PrinterForm(WireForm(WireKind.SPOOLER, device="bar"), 58)
    (kitchen, second) = _save(till, SlipForm(None, "吧台", bar)).copies
    assert (kitchen.name, kitchen.categories, second.printer.queue) == ("后厨", ("10", "11"), "bar")
    (kitchen, _) = _save(till, SlipForm(0, "厨房", PrinterForm(TCP), ("12",))).copies
    assert (kitchen.name, kitchen.categories) == ("厨房", ("12",))
    view.remove_requested.emit(("slips", 0))
    assert [each.name for each in till.desk.settings.devices.copies] == ["吧台"]
    assert till.state("devices").can_undo
    assert till.state("devices").notice.code == "settings.removed"
    view.undo_requested.emit()
    assert [each.name for each in till.desk.settings.devices.copies] == ["厨房", "吧台"]
    assert not till.state("devices").can_undo
    assert till.services.applied[-1] == till.desk.settings


def test_what_was_removed_is_not_brought_back_over_something_newer(till):
    view = till.view("devices")
    _save(till, SlipForm(None, "后厨", PrinterForm(TCP)))
    view.remove_requested.emit(("slips", 0))
    _save(till, SlipForm(None, "吧台", PrinterForm(TCP)))
    view.undo_requested.emit()
    assert [each.name for each in till.desk.settings.devices.copies] == ["吧台"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (SlipForm(None, "  ", PrinterForm(TCP)), "name"),
        (SlipForm(None, "厨" * 21, PrinterForm(TCP)), "name"),
        (SlipForm(None, "a\x07", PrinterForm(TCP)), "name"),
        (SlipForm(None, "后厨", PrinterForm(NONE)), "kind"),
        (SlipForm(None, "后厨", PrinterForm(WireForm(WireKind.TCP))), "host"),
    ],
)
def test_slips_that_cannot_be(till, form, field):
    _refused(till, form, field)


def test_no_two_printers_of_slips_have_one_name(qtbot, tmp_path):
    there = DeviceSettings(copies=(SlipSettings("后厨", PrinterSettings(WireKind.VIRTUAL)), SlipSettings("吧台")))
    with counter(tmp_path, settings=some_settings(devices=there)) as one:
        one.sit_down(MANAGER)
        one.desk.go("devices")
        assert "后厨" in _refused(one, SlipForm(1, "后厨", PrinterForm(TCP)), "name")
        _save(one, SlipForm(0, "后厨", PrinterForm(TCP)))


# Scanners


def test_a_scanner_that_types(till):
    assert _save(till, WedgeForm("~", "#" * 16, "5")).wedge.gap_ms == 5
    wedge = _save(till, WedgeForm("", "", "500")).wedge
    assert (wedge.prefix, wedge.suffix, wedge.gap_ms) == ("", "", 500)
    assert _save(till, WedgeForm("", "", "")).wedge.gap_ms == 500, "nothing typed leaves it"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (WedgeForm("~" * 17), "prefix"),
        (WedgeForm("", "#" * 17), "suffix"),
        (WedgeForm("", "", "4"), "gap_ms"),
        (WedgeForm("", "", "501"), "gap_ms"),
    ],
)
def test_a_scanner_that_types_cannot_be_so(till, form, field):
    _refused(till, form, field)


def test_scanners_with_ports_are_added_changed_and_removed(till):
    _save(till, ScannerForm(None, SERIAL, "0", "~", "#"))
    report = WireForm(WireKind.HID, device="0c2e:0b61/S1")
    keys = WireForm(WireKind.INPUT, device="/dev/input/by-id/usb-Scanner-event-kbd")
    _save(till, ScannerForm(None, report, "5000"))
    scanners = _save(till, ScannerForm(None, keys, "")).scanners
    assert scanners[0] == ScannerSettings(WireKind.SERIAL, device="/dev/ttyUSB0", echo_ms=0, prefix="~", suffix="#")
    assert [each.kind for each in scanners] == [WireKind.SERIAL, WireKind.HID, WireKind.INPUT]
    assert [each.echo_ms for each in scanners] == [0, 5_000, 150]
    _save(till, ScannerForm(0, SERIAL, "40"))
    assert till.desk.settings.devices.scanners[0].echo_ms == 40
    till.view("devices").remove_requested.emit(("scanners", 1))
    assert [each.kind for each in till.desk.settings.devices.scanners] == [WireKind.SERIAL, WireKind.INPUT]
    till.view("devices").undo_requested.emit()
    assert len(till.desk.settings.devices.scanners) == 3


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ScannerForm(None, WireForm(WireKind.INPUT)), "device"),
        (ScannerForm(None, SERIAL, "5001"), "echo_ms"),
        (ScannerForm(None, SERIAL, "", "~" * 17), "prefix"),
        (ScannerForm(None, SERIAL, "", "", "~" * 17), "suffix"),
    ],
)
def test_a_scanner_with_a_port_cannot_be_so(till, form, field):
    _refused(till, form, field)


def test_one_port_is_listened_to_once(till):
    _save(till, ScannerForm(None, SERIAL))
    till.services.saved.clear()
    assert "/dev/ttyUSB0" in _refused(till, ScannerForm(None, SERIAL), "device")


def test_chip_forms_are_saved(till):
    _save(till, ChipForm(("decimal", "epc")))
    assert till.desk.settings.chip_forms == till.state("devices").chip_forms == ("decimal", "epc")


# Scale, display, drawer


def test_a_scale_is_saved(till):
    wire = WireForm(WireKind.SERIAL, device="/dev/ttyS1", baud="9600", data_bits=7, parity="E")
    scale = _save(till, ScaleForm(wire, "toledo_8217")).scale
    assert (scale.protocol, scale.data_bits, scale.parity) == ("toledo_8217", 7, "E")
    assert scale.own == OwnScaleSettings()


def test_a_table_of_the_shops_own_is_saved(till):
    own = _save(till, ScaleForm(SERIAL, "own", " 57 0d ", r"(?P<weight>\d{5})\r", "g", "50")).scale.own
    assert own == OwnScaleSettings("57 0d", r"(?P<weight>\d{5})\r", "g", 50)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ScaleForm(SERIAL, "own", "5", r"(?P<weight>\d+)\r"), "own_ask"),
        (ScaleForm(SERIAL, "own", "xx", r"(?P<weight>\d+)\r"), "own_ask"),
        (ScaleForm(SERIAL, "own", "", " "), "own_pattern"),
        (ScaleForm(SERIAL, "own", "", r"(\d+)\r"), "own_pattern"),
        (ScaleForm(SERIAL, "own", "", r"(?P<weight>["), "own_pattern"),
        (ScaleForm(SERIAL, "own", "", r"(?P<weight>\d+)\r", "kg", "0"), "own_repeat"),
        (ScaleForm(SERIAL, "own", "", r"(?P<weight>\d+)\r", "kg", "51"), "own_repeat"),
        (ScaleForm(WireForm(WireKind.SERIAL), "general"), "device"),
    ],
)
def test_a_scale_that_cannot_be(till, form, field):
    _refused(till, form, field)


def test_without_a_scale_its_table_is_not_looked_at(till):
    assert _save(till, ScaleForm(NONE, "own", "nonsense", "")).scale.kind is WireKind.NONE


@pytest.mark.parametrize("columns", ["8", "40"])
def test_a_display_is_saved(till, columns):
    display = _save(till, DisplayForm(SERIAL, "cd5220", columns, "gbk", " 欢迎光临 ")).display
    assert (display.model, display.columns, display.charset, display.greeting) == (
        "cd5220",
        int(columns),
        "gbk",
        "欢迎光临",
    )


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (DisplayForm(SERIAL, "cd5220", "7"), "columns"),
        (DisplayForm(SERIAL, "cd5220", "41"), "columns"),
        (DisplayForm(SERIAL, "cd5220", "20", "gbk", "a\x1bb"), "greeting"),
        (DisplayForm(SERIAL, "no such", "20"), "model"),
        (DisplayForm(WireForm(WireKind.SERIAL)), "device"),
    ],
)
def test_a_display_that_cannot_be(till, form, field):
    _refused(till, form, field)


def test_a_drawer_is_saved_at_a_port_and_at_the_printer(till):
    drawer = _save(till, DrawerForm(SERIAL, " 1B 70 00 19 FA ", "cts", open_when_high=False, warns_open=True)).drawer
    assert (drawer.pulse, drawer.sensor, drawer.open_when_high, drawer.warns_open) == (
        "1B 70 00 19 FA",
        "cts",
        False,
        True,
    )
    drawer = _save(till, DrawerForm(NONE, "", "printer")).drawer
    assert (drawer.kind, drawer.sensor, drawer.pulse) == (WireKind.NONE, "printer", "1B 70 00 19 FA")


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (DrawerForm(SERIAL, ""), "pulse"),
        (DrawerForm(SERIAL, "7"), "pulse"),
        (DrawerForm(SERIAL, "open"), "pulse"),
        (DrawerForm(SERIAL, "07" * 33), "pulse"),
        (DrawerForm(SERIAL, "07", "printer"), "sensor"),
        (DrawerForm(NONE, "07", "cts"), "sensor"),
        (DrawerForm(WireForm(WireKind.SERIAL), "07"), "device"),
    ],
)
def test_a_drawer_that_cannot_be(till, form, field):
    _refused(till, form, field)


# What a form shows is what it gives back


def test_every_form_gives_back_what_it_shows(till):
    serial = {"kind": WireKind.SERIAL, "device": "COM1", "baud": 19_200}
    usb = {"kind": WireKind.USB, "vendor": 0x416, "product": 0x5011, "place": "1-2"}
    own = OwnScaleSettings("05", r"(?P<weight>\d+)x")
    devices = DeviceSettings(
        printer=PrinterSettings(**serial, flow="xon_xoff", columns=42, native_qr=False),
        stand_in=PrinterSettings(**usb, paper_mm=58, has_cutter=False),
        stand_in_after_s=33,
        scale=ScaleSettings(**serial, protocol="own", own=own),
        display=DisplaySettings(WireKind.FILE, device="/dev/x", model="escpos", charset="gbk", greeting="好"),
        drawer=DrawerSettings(**serial, sensor="dsr", open_when_high=False, warns_open=True),
    )
    till.desk.use_settings(some_settings(devices=devices))
    till.desk.go("devices")
    view = till.view("devices")
    for name in ("printer", "stand_in", "wedge", "scale", "display", "drawer", "customer", "chips"):
        view.save_requested.emit(view.forms[name].form())
        assert till.state("devices").notice.code == "settings.saved", name
    assert till.desk.settings.devices == devices


def test_what_is_wrong_stays_in_the_form_and_is_seen(till):
    view = till.view("devices")
    view.show_page("scale")
    page = view.forms["scale"]
    page._wire._kind.select(WireKind.SERIAL)
    page._wire._device.set_text("COM9")
    page._wire._baud.set_text("0")
    view._on_save()
    assert till.state("devices").bad_field == "scale.baud"
    assert page.form().wire.device == "COM9"
    assert view.window().focusWidget() is page._wire._baud.box
    till.desk.devices.note(DeviceStanding(DeviceRole.SCANNER, "/dev/ttyUSB0", "error", "offline"))
    assert page.form().wire.baud == "0", "what happens elsewhere leaves what was typed"
    view.save_requested.emit(WedgeForm("", "", "80"))
    assert page.form().wire.device == "COM9", "another form that is saved leaves it, too"
