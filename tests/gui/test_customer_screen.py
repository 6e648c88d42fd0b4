"""The customer's screen: on its monitor, off it, back on it; in a window; pictures; and what it never does."""

from pathlib import Path

import msgspec
import pytest
from pos_testkit.builders import product
from pos_testkit.desk import MANAGER, counter
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QWidget

from pos_app.bootstrap.customer_screen import code_of
from pos_app.config import CustomerScreenSettings, ScreenPlace
from pos_app.domain.money import Money
from pos_app.runtime.device_board import DeviceRole
from pos_app.ui.customer_screen.monitors import Monitor, Monitors, choose
from pos_app.ui.customer_screen.pictures import PictureFolder, is_picture, read_picture
from pos_app.ui.customer_screen.screen import CustomerScreen
from pos_app.ui.customer_screen.state import CustomerState, Scene, ShownLine
from pos_app.ui.customer_screen.window import CustomerWindow

pytestmark = pytest.mark.gui
TILL = Monitor("eDP-1", QRect(0, 0, 1024, 768))
SECOND = Monitor("HDMI-1", QRect(1024, 0, 1024, 600))
THIRD = Monitor("DP-2", QRect(2048, 0, 1920, 1080))


class Plugged(Monitors):
    """Monitors that a test plugs in and pulls out; the till is on the first."""

    def __init__(self, *connected: Monitor) -> None:
        super().__init__()
        self.connected = [TILL, *connected]

    def found(self) -> tuple[Monitor, ...]:
        return tuple(self.connected)

    def of(self, window: QWidget) -> Monitor:
        return TILL

    def connect_only(self, *connected: Monitor) -> None:
        self.connected = [TILL, *connected]
        self.changed.emit()


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        one.sit_down(MANAGER)
        yield one


def _screen(till, monitors: Monitors, **wanted: object) -> CustomerScreen:
    wish = CustomerScreenSettings(**{"place": ScreenPlace.MONITOR, **wanted})  # type: ignore[arg-type]
    devices = msgspec.structs.replace(till.desk.settings.devices, customer_screen=wish)
    till.desk.use_settings(msgspec.structs.replace(till.desk.settings, devices=devices))
    screen = CustomerScreen(till.desk, monitors, code_of)
    screen.use()
    return screen


def _standing(till):
    return next(iter(till.desk.devices.standings(DeviceRole.CUSTOMER_SCREEN)), None)


# Which monitor


@pytest.mark.parametrize(
    ("found", "wanted", "chosen"),
    [
        ((TILL, SECOND, THIRD), "", SECOND),
        ((TILL, SECOND, THIRD), "DP-2", THIRD),
        ((TILL, SECOND), "DP-2", "not_found"),
        ((TILL,), "", "not_found"),
        ((TILL, SECOND), "eDP-1", "same_monitor"),
        ((TILL, Monitor("HDMI-1", TILL.place)), "HDMI-1", "same_monitor"),
        ((TILL, Monitor("HDMI-1", TILL.place)), "", "not_found"),
    ],
)
def test_the_tills_own_monitor_is_never_covered(found, wanted, chosen):
    assert choose(found, wanted, TILL) == chosen


def test_a_monitor_that_is_pulled_out_and_comes_back(till, qtbot):
    monitors = Plugged(SECOND)
    screen = _screen(till, monitors, monitor="HDMI-1")
    window = screen.window
    assert screen.is_shown
    assert window.isFullScreen()
    assert _standing(till).state == "idle"
    monitors.connect_only()
    assert not screen.is_shown, "the system would have moved it over the till"
    assert (_standing(till).state, _standing(till).reason) == ("error", "not_found")
    assert till.told[-1] == "customer_screen.gone"
    till.view("selling").handle_scan(product(1, 150).barcodes[0])
    assert len(till.state("selling").lines) == 1, "the sale goes on"
    monitors.connect_only(SECOND)
    assert screen.is_shown
    assert till.told[-1] == "customer_screen.back"
    qtbot.waitUntil(lambda: window.state.scene is Scene.BASKET)
    told = len(till.told)
    monitors.connect_only(SECOND, THIRD)
    assert len(till.told) == told, "another monitor is nobody's news"
    screen.close()


def test_a_monitor_that_is_not_there_at_the_start_is_told_and_waited_for(till):
    monitors = Plugged()
    screen = _screen(till, monitors, sign_up_code="https://join.example.com/")
    assert screen.window is None
    assert _standing(till).reason == "not_found"
    till.view("selling").handle_scan(product(1, 150).barcodes[0])
    monitors.connect_only(THIRD)
    assert screen.is_shown
    assert screen.window.state.scene is Scene.BASKET, "what was rung meanwhile is there"
    assert screen.window.pictures.sign_up is not None
    screen.close()


def test_switched_off_it_is_gone_and_no_device_is_missing(till):
    screen = _screen(till, Plugged(), monitor="HDMI-1")
    assert till.desk.devices.wrong()
    devices = msgspec.structs.replace(till.desk.settings.devices, customer_screen=CustomerScreenSettings())
    till.desk.use_settings(msgspec.structs.replace(till.desk.settings, devices=devices))
    screen.use()
    assert not screen.is_shown
    assert not till.desk.devices.wrong()


def test_in_a_window_it_works_with_one_monitor_and_closing_it_ends_nothing(till, qtbot):
    screen = _screen(till, Plugged(), place=ScreenPlace.OFF)
    assert not screen.is_shown
    screen.show_beside()
    window = screen.window
    assert window.isVisible()
    assert not window.isFullScreen()
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus, "it must not take the keyboard from the till"
    till.view("selling").handle_scan(product(1, 150).barcodes[0])
    qtbot.waitUntil(lambda: window.state.scene is Scene.BASKET)
    window.close()
    qtbot.wait(1)
    assert not screen.is_shown
    screen.show_beside()
    assert screen.is_shown
    screen.close()


def test_closed_beside_the_till_it_goes_back_to_its_monitor(till, qtbot):
    screen = _screen(till, Plugged(SECOND))
    screen.show_beside()
    assert not screen.window.isFullScreen()
    screen.window.close()
    qtbot.waitUntil(lambda: screen.is_shown and screen.window.isFullScreen())
    screen.close()


def test_of_a_burst_of_scans_one_picture_is_made_after_the_cashiers(till, qtbot):
    screen = _screen(till, Plugged(SECOND))
    drawn = []
    show = screen.window.show_state
    screen.window.show_state = lambda state: (drawn.append(state), show(state))
    for number in (1, 2, 1):
        till.view("selling").handle_scan(product(number, 150).barcodes[0])
        assert drawn == [], "nothing of it is made while the cashier's window answers"
    qtbot.waitUntil(lambda: bool(drawn))
    assert len(drawn) == 1
    assert len(drawn[0].lines) == 2
    screen.close()


def test_training_is_said_to_the_customer_too(till, qtbot):
    screen = _screen(till, Plugged(SECOND))
    till.desk.use_till(till.services.training_till())
    qtbot.waitUntil(lambda: screen.window.state.training)
    screen.close()


def test_payment_codes_come_from_text_or_picture_and_too_long_ones_are_left_out(till, tmp_path):
    picture = tmp_path / "code.png"
    QImage(300, 300, QImage.Format.Format_RGB32).save(str(picture))
    screen = _screen(till, Plugged(SECOND), payment_code=str(picture), sign_up_code="https://join.example.com/")
    assert screen.window.pictures.payment.width() == 300
    assert screen.window.pictures.sign_up.width() == screen.window.pictures.sign_up.height()
    screen.close()
    screen = _screen(till, Plugged(SECOND), payment_code="x" * 5_000, sign_up_code=str(tmp_path / "none.png"))
    assert screen.window.pictures.payment is None
    assert screen.window.pictures.sign_up is None
    screen.close()


# What is painted


@pytest.fixture
def window(qtbot):
    one = CustomerWindow()
    one.resize(1024, 600)
    yield one
    one.deleteLater()


def _basket(name: str) -> CustomerState:
    line = ShownLine(name, "2 × ¥1.00", Money(200), (("会员价", Money(10)),), is_current=True)
    return CustomerState(Scene.BASKET, "en", name, due=Money(200), lines=(line,), greeting=name)


def test_no_text_is_read_as_html(window):
    """A name with a tag in it is drawn with the tag; were it read, both pictures would be the same."""
    pictures = []
    for name in ("<b>Water</b>", "Water", "<a href='https://x.example'>Water</a>", "<img src='logo.png'>Water"):
        window.show_state(_basket(name))
        pictures.append(window.grab().toImage())
    assert all(one != other for place, one in enumerate(pictures) for other in pictures[place + 1 :])
    assert window.findChildren(QLabel) == [], "all is painted by hand; a label would have to be told to be plain"


@pytest.mark.parametrize("size", [(1024, 600), (1024, 768), (1920, 1080), (600, 1024), (256, 150)])
@pytest.mark.parametrize("scene", list(Scene))
def test_every_scene_is_painted_in_every_size(window, size, scene):
    name = "一二三四五六七八九十" * 8
    lines = tuple(ShownLine(name, "", Money(10**9), ((name, Money(5)),) * 2, place == 9) for place in range(14))
    state = CustomerState(
        scene, "zh_CN", name, name, name, lines=lines, above=500, below=2, due=Money(10**9), saved=Money(10**9)
    )
    window.resize(*size)
    window.show_state(state)
    image = window.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, size[0], 3) for y in range(0, size[1], 3)}
    assert len(colours) > 2


def test_the_same_state_again_paints_nothing(window, qtbot):
    window.show()
    qtbot.waitExposed(window)
    window.show_state(_basket("Water"))
    qtbot.wait(20)
    painted = []
    window.paintEvent = lambda event: painted.append(event)
    window.show_state(_basket("Water"))
    qtbot.wait(20)
    assert painted == []


# Pictures for idle times


def _save(path: Path, colour: str, width: int = 40, height: int = 20) -> None:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path), "PNG")


ROOM = QSize(1024, 600)


def _colour(image: QImage | None) -> str:
    assert image is not None
    return image.pixelColor(0, 0).name()


def test_pictures_follow_one_another_by_name_and_broken_ones_are_passed_over(tmp_path):
    _save(tmp_path / "a.png", "#ff0000")
    (tmp_path / "b.jpg").write_bytes(b"no picture at all")
    (tmp_path / "notes.txt").write_text("no picture", encoding="utf-8")
    (tmp_path / "c.png").mkdir()
    _save(tmp_path / "d.jpg", "#00ff00")  # a PNG by another name
    folder = PictureFolder(tmp_path)
    assert [_colour(folder.next(ROOM)) for _ in range(3)] == ["#ff0000", "#00ff00", "#ff0000"]
    _save(tmp_path / "b.jpg", "#0000ff")
    assert _colour(folder.next(ROOM)) == "#0000ff", "it was mended"
    (tmp_path / "d.jpg").unlink()
    assert _colour(folder.next(ROOM)) == "#ff0000"


def test_no_folder_no_pictures_and_no_complaint(tmp_path):
    assert PictureFolder(tmp_path / "none").next(ROOM) is None
    assert PictureFolder(tmp_path).next(ROOM) is None


def test_a_large_picture_is_made_to_fit_and_a_small_one_stays(tmp_path):
    _save(tmp_path / "large.png", "#ff0000", 3000, 1000)
    _save(tmp_path / "small.png", "#ff0000", 30, 10)
    assert read_picture(tmp_path / "large.png", ROOM).size() == QSize(1024, 341)
    assert read_picture(tmp_path / "small.png", ROOM).size() == QSize(30, 10)


@pytest.mark.parametrize(
    ("text", "picture"),
    [("/srv/pay.png", True), ("C:\\shop\\Pay.JPG", True), ("https://x.example/pay.png", False), ("wxp://f2f0", False)],
)
def test_a_code_is_text_or_a_picture_of_one(text, picture):
    assert is_picture(text) is picture


def test_pictures_turn_only_while_nothing_is_sold(till, tmp_path, qtbot):
    _save(tmp_path / "a.png", "#ff0000")
    screen = _screen(till, Plugged(SECOND), pictures=str(tmp_path), seconds=3)
    window = screen.window
    assert _colour(window.pictures.idle) == "#ff0000"
    assert screen._turn.isActive()
    till.view("selling").handle_scan(product(1, 150).barcodes[0])
    qtbot.waitUntil(lambda: window.state.scene is Scene.BASKET)
    assert not screen._turn.isActive()
    _save(tmp_path / "b.png", "#00ff00")
    till.desk.customer.forget()
    qtbot.waitUntil(lambda: screen._turn.isActive())
    assert _colour(window.pictures.idle) == "#00ff00"
    (tmp_path / "a.png").unlink()
    (tmp_path / "b.png").unlink()
    screen._turn.timeout.emit()
    assert window.pictures.idle is None, "the shop's name is shown again"
    screen.close()
