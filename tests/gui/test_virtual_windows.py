"""The windows of the virtual devices show what happened and tell what a person did to the device."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QModelIndex, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLineEdit, QListView, QPushButton, QWidget

from pos_app.domain.money import Money
from pos_app.ui.virtual.printer import KEPT, VirtualPrinterWindow
from pos_app.ui.virtual.sample_list import SAMPLE
from pos_app.ui.virtual.scanner import VirtualScannerWindow
from pos_app.ui.virtual.state import FAULTS, Sample, SampleGroup, SampleNote
from pos_app.ui.virtual.wedge import KeyboardWedge

pytestmark = pytest.mark.gui


def _png() -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture = QPixmap(576, 300)
    picture.fill(Qt.GlobalColor.white)
    picture.save(buffer, "PNG")
    return bytes(buffer.data().data())


def _press(window: QWidget, words: str) -> None:
    next(each for each in window.findChildren(QPushButton) if each.text() == words).click()


@pytest.fixture
def printer(qtbot):
    window = VirtualPrinterWindow()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def scanner(qtbot):
    window = VirtualScannerWindow()
    qtbot.addWidget(window)
    window.show_samples(
        [
            Sample("6902300007076", "矿泉水 550ml", price=Money(200), bars="101"),
            Sample("2220101008504", "苹果 0.850 kg", SampleGroup.WEIGHED),
            Sample("6902300007075", "矿泉水 550ml", SampleGroup.FAULTY, note=SampleNote.WRONG_CHECK_DIGIT),
        ]
    )
    window.show()
    return window


def _codes(window: VirtualScannerWindow) -> list[str]:
    model = window.findChild(QListView).model()
    return [model.index(row, 0, QModelIndex()).data(SAMPLE).code for row in range(model.rowCount())]


def test_newest_paper_is_first_and_old_ones_go(printer):
    for number in range(KEPT + 3):
        printer.show_paper(_png(), f"paper {number}")
    assert printer.papers[0] == f"paper {KEPT + 2}"
    assert len(printer.papers) == KEPT


def test_paper_that_is_no_picture_is_survived(printer, qtbot):
    printer.show_paper(b"no picture", "text")
    qtbot.wait(1)
    assert printer.papers == ("text",)


def test_drawer_opens_by_the_till_and_shuts_by_hand(printer, qtbot):
    printer.show_drawer()
    with qtbot.waitSignal(printer.drawer_shut_requested):
        _press(printer, "Push it shut")


def test_each_fault_is_told_by_name(printer, qtbot):
    told: list[object] = []
    printer.fault_requested.connect(told.append)
    for words in ("Off", "No paper", "Lid open", "Frozen", "Mute", "Breaks off", "Slow", "In order"):
        _press(printer, words)
    assert told == [*FAULTS[1:], FAULTS[0]]


def test_paper_is_saved_and_a_bad_place_is_told(printer, tmp_path, qtbot):
    png = _png()
    assert printer.save_paper(png, str(tmp_path / "paper.png"))
    assert (tmp_path / "paper.png").read_bytes() == png
    with qtbot.waitSignal(printer.saved) as told:
        assert not printer.save_paper(png, str(tmp_path / "none" / "paper.png"))
    assert told.args == [""]


def test_fault_names_are_those_of_the_virtual_printer():
    from hardware.virtual.printer import Fault

    assert {fault.value for fault in Fault} == set(FAULTS)


def test_a_click_scans(scanner, qtbot):
    view = scanner.findChild(QListView)
    place = view.visualRect(view.model().index(1, 0)).center()
    with qtbot.waitSignal(scanner.scan_requested) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["2220101008504"]


def test_search_group_and_latest_receipt(scanner):
    search = next(box for box in scanner.findChildren(QLineEdit) if "Find" in box.placeholderText())
    search.setText("苹果")
    assert _codes(scanner) == ["2220101008504"]
    search.setText("5504 矿")
    assert _codes(scanner) == []
    search.clear()
    _press(scanner, "Faulty")
    assert _codes(scanner) == ["6902300007075"]
    _press(scanner, "All")
    scanner.show_last_receipt("000120250618000017")
    assert _codes(scanner)[0] == "000120250618000017"


def test_free_text_is_sent_with_enter(scanner, qtbot):
    box = next(box for box in scanner.findChildren(QLineEdit) if "other" in box.placeholderText())
    box.setText("  odd\x1d text ")
    with qtbot.waitSignal(scanner.scan_requested) as told:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told.args == [box.text()]


def test_pulled_out_scanner_scans_nothing(scanner, qtbot):
    with qtbot.waitSignal(scanner.plugged_requested) as told:
        _press(scanner, "Pull it out")
    assert told.args == [False]
    view = scanner.findChild(QListView)
    with qtbot.assertNotEmitted(scanner.scan_requested):
        qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(0, 0)).center()
        )
    with qtbot.waitSignal(scanner.plugged_requested) as told:
        _press(scanner, "Plug it in")
    assert told.args == [True]


def test_wedge_types_into_the_focus(qtbot):
    window = QWidget()
    box = QLineEdit(window)
    qtbot.addWidget(window)
    window.show()
    box.setFocus()
    pressed: list[str] = []
    box.returnPressed.connect(lambda: pressed.append(box.text()))
    KeyboardWedge(window).send("6902300007076")
    qtbot.waitUntil(lambda: pressed == ["6902300007076"])
