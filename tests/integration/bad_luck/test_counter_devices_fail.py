"""Scale, customer's display and drawer at ports of their own are pulled out during a sale: said once, it goes on."""

import sys

import pytest
from pos_testkit import builders
from pos_testkit.window import make_home, till_window

from hardware.virtual.display import VirtualDisplay
from hardware.virtual.scale import ScaleFault, VirtualScale
from pos_app.config import DeviceSettings, DisplaySettings, DrawerSettings, ScaleSettings, Settings, WireKind
from pos_app.domain.quantity import Quantity
from pos_app.infrastructure.paths import paths_below
from pos_app.runtime.device_board import DeviceRole
from pos_app.ui.screens.line_edit.state import Edit, LineEdited

pytestmark = [
    pytest.mark.gui,
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are a POSIX thing"),
]


@pytest.fixture
def scale(tmp_path):
    with VirtualScale("general", link=tmp_path / "ttyScale") as one:
        yield one


@pytest.fixture
def display(tmp_path):
    with VirtualDisplay(figures=8, link=tmp_path / "ttyDisplay") as one:
        yield one


@pytest.fixture
def window(home, scale, display):
    devices = DeviceSettings(
        scale=ScaleSettings(WireKind.SERIAL, device=scale.port),
        display=DisplaySettings(WireKind.SERIAL, device=display.port),
        drawer=DrawerSettings(WireKind.VIRTUAL, sensor="cts", warns_open=True),
    )
    make_home(home, Settings(devices=devices))
    with till_window(paths_below(home)) as one:
        yield one.sit_down()


def _standing(window, role):
    return [each.state for each in window.desk.devices.standings(role)]


def test_a_sale_with_all_of_them_goes_on_whatever_is_pulled_out(window, scale, display):
    window.until(lambda: _standing(window, DeviceRole.SCALE) == ["idle"], "the scale is there")
    window.until(lambda: _standing(window, DeviceRole.DISPLAY) == ["idle"], "the display is there")
    window.scan(builders.ean13(1))
    window.until(lambda: display.lamp == "price", "the customer sees the price")
    price = display.lines
    assert price != ("",)
    display.unplug()
    scale.unplug()
    window.until(lambda: "scale.gone" in window.told and "display.gone" in window.told, "both are missed", 3)
    window.scan(builders.ean13(2))
    window.pay_cash()
    assert window.state("payment").done
    box = window.running.devices.virtual.pulse_box
    window.until(lambda: box.drawer.times_opened == 1, "the drawer opens")
    window.view("payment").next_requested.emit()
    window.settle()
    display.plug()
    scale.plug()
    window.until(lambda: "scale.back" in window.told and "display.back" in window.told, "both are back", 3)
    window.until(lambda: display.lamp == "change", "the newest line is there, not that of before")
    window.scan(builders.ean13(1))
    window.until(lambda: display.lines == price, "and follows the sale")
    window.until(lambda: "drawer.still_open" in window.told, "the drawer was left open")
    for role in ("scale", "display"):
        assert [code for code in window.told if code.startswith(f"{role}.")] == [f"{role}.gone", f"{role}.back"]
    assert display.problems == ()


def test_weighed_goods_are_sold_by_the_scale_and_by_hand_without_it(window, scale):
    window.until(lambda: _standing(window, DeviceRole.SCALE) == ["idle"], "the scale is there")
    scale.lay(285)
    window.until(lambda: window.desk.scale.weight and window.desk.scale.weight.grams == 285, "it is weighed")
    window.until(lambda: window.desk.scale.weight.state == "stable", "and steady")
    window.scan(builders.ean13(21))
    assert [line.quantity for line in window.state("selling").lines] == [Quantity(285)]
    scale.fault = ScaleFault.SILENT
    window.until(lambda: "scale.gone" in window.told, "its silence is noticed", 3)
    window.scan(builders.ean13(22))
    assert window.screen == "line_edit"
    assert window.state("line_edit").scale.weight is None
    window.view("line_edit").confirm_requested.emit(LineEdited(Edit.QUANTITY, "0.5"))
    window.settle()
    assert [line.quantity for line in window.state("selling").lines] == [Quantity(285), Quantity(500)]
    window.pay_cash()
    assert window.state("payment").done
