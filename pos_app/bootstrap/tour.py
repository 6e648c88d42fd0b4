"""A guided day at the till without a display: the same window, driven by keys and scans, with pictures of each step."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.bootstrap.devices import font_source
from pos_app.bootstrap.tour_membership import a_membership
from pos_app.bootstrap.window import WindowOptions, make_application, make_window
from pos_app.resources import resources_dir

if TYPE_CHECKING:
    from pos_app.bootstrap.running import RunningTill
    from pos_app.bootstrap.window import Opening
    from pos_app.ui.shell import Shell

#: A step that takes longer than this has failed.
STEP_S: Final = 15.0
MANAGER_PIN: Final = "3333"


class Tour:
    """Drives one window.

    Attributes:
        running: The till behind the window.
        pictures: Files made so far.
    """

    def __init__(
        self, folder: Path, *, language: str, theme: str = "light", size: tuple[int, int] = (1024, 768)
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._home = Path(tempfile.mkdtemp(prefix="guitai-tour-"))
        from pos_app.infrastructure.paths import paths_below

        options = WindowOptions(
            paths=paths_below(self._home), demo=True, language=language, theme=theme, size=size, beside=False
        )
        self._shell: Shell
        self._opening: Opening
        self._shell, self._opening = make_window(options)
        self._shell.show()
        self._opening.begin()
        self.running: RunningTill = self._opening.running
        self.pictures: list[Path] = []
        self.wait(lambda: self.running.desk is not None and self.running.books is not None)
        self.settle()

    # Waiting and looking

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the window live until something is so.

        Raises:
            TimeoutError: When it never is.
        """
        deadline = time.monotonic() + STEP_S
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError("a step of the tour did not end")
            QCoreApplication.processEvents()
            time.sleep(0.002)

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.wait(lambda: self.running.operations.pending == 0)
        QCoreApplication.processEvents()

    def picture(self, name: str) -> None:
        """Take a picture of the window."""
        self.settle()
        path = self.folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        self._shell.grab().save(str(path))
        self.pictures.append(path)

    # Acting

    def scan(self, code: str) -> None:
        """Scan a code."""
        self._shell.deliver_scan(code)
        self.settle()

    def key(self, key: Qt.Key) -> None:
        """Press a key on whatever has the focus."""
        target = QApplication.focusWidget() or self._shell.active_view() or self._shell
        QTest.keyClick(target, key)
        self.settle()

    def type(self, text: str) -> None:
        """Type a text and press Enter."""
        target = QApplication.focusWidget() or self._shell.active_view() or self._shell
        QTest.keyClicks(target, text)
        QTest.keyClick(target, Qt.Key.Key_Return)
        self.settle()

    def screen(self) -> str:
        """Class of the view in front."""
        return type(self._shell.active_view()).__name__

    def papers(self, count: int) -> None:
        """Wait for papers and keep them as pictures and text."""
        virtual = self.running.devices.virtual
        printer = virtual.printer if virtual is not None else None
        if printer is None:
            return
        self.wait(lambda: len([paper for paper in printer.papers if paper.text().strip()]) >= count)
        papers = [paper for paper in printer.papers if paper.text().strip()]
        for number, paper in enumerate(papers, start=1):
            (self.folder / f"receipt-{number}.png").write_bytes(paper.png(font_source()))
            (self.folder / f"receipt-{number}.txt").write_text(paper.text(), encoding="utf-8")

    def close(self) -> None:
        """End the till and remove its data."""
        self._shell.hide()
        self._opening.close()
        shutil.rmtree(self._home, ignore_errors=True)


def a_day(tour: Tour) -> None:
    """Log in, sell to a member, take a refund, close the day."""
    from pos_app.application.demo import card_number

    books = tour.running.books
    if books is None:
        raise TimeoutError("the books did not open")
    replica = books.till.context.replica
    goods = [
        product.barcodes[0]
        for category in replica.categories()
        for product in replica.products_of(category.category_id, 3)
        if product.barcodes and product.is_discountable
    ]
    tour.picture("log-in")
    log_in(tour)
    tour.picture("open-shift")
    tour.type("300")
    tour.picture("counter")
    for code in goods[:3]:
        tour.scan(code)
    tour.type(f"3*{goods[5]}")
    tour.picture("basket")
    tour.scan(card_number(4))
    tour.picture("member")
    tour.key(Qt.Key.Key_F8)
    tour.picture("benefits")
    tour.key(Qt.Key.Key_Escape)
    tour.scan("6900000000001")
    tour.picture("unknown-code")
    tour.key(Qt.Key.Key_F9)
    tour.picture("payment")
    tour.key(Qt.Key.Key_F5)
    tour.picture("payment-points")
    tour.key(Qt.Key.Key_Return)
    tour.type("200")
    tour.picture("change")
    tour.papers(1)
    tour.key(Qt.Key.Key_Return)
    a_membership(tour)
    _other_screens(tour, goods)


def log_in(tour: Tour) -> None:
    """Choose the manager and type the PIN."""
    from pos_app.domain.ids import StaffId

    view = tour.running.shell.active_view()
    if view is None:
        raise TimeoutError("nothing is in front")
    view.staff_requested.emit(StaffId("03"))  # type: ignore[attr-defined]  # the log-in's own signal
    tour.settle()
    tour.type(MANAGER_PIN)


def _other_screens(tour: Tour, goods: list[str]) -> None:
    desk = tour.running.desk
    if desk is None:
        raise TimeoutError("the desk does not stand")
    documents = desk.till.refunds.documents()
    receipt_no = documents[0].receipt_no
    for code in goods[6:8]:
        tour.scan(code)
    tour.key(Qt.Key.Key_F3)
    tour.picture("quantity")
    tour.key(Qt.Key.Key_Escape)
    tour.key(Qt.Key.Key_F4)
    tour.picture("discount")
    tour.key(Qt.Key.Key_Escape)
    tour.key(Qt.Key.Key_F5)
    tour.picture("hold")
    tour.key(Qt.Key.Key_F6)
    tour.picture("recall")
    tour.key(Qt.Key.Key_Return)
    tour.key(Qt.Key.Key_F2)
    tour.type("0012")
    tour.wait(lambda: True)
    tour.picture("find-member")
    tour.key(Qt.Key.Key_Escape)
    desk.open("member_capture", _capture_request(tour))
    tour.picture("new-member")
    tour.key(Qt.Key.Key_Escape)
    tour.key(Qt.Key.Key_F9)
    tour.key(Qt.Key.Key_Return)
    tour.key(Qt.Key.Key_Return)
    tour.scan(receipt_no)
    tour.picture("refund")
    desk.go("selling")
    for name in ("sales", "more", "devices", "settings"):
        desk.go(name)
        tour.picture(name)
    _a_device(tour)
    desk.go("shift_close")
    tour.picture("shift-close")
    desk.go("end_of_day")
    tour.picture("end-of-day")
    tour.papers(2)
    desk.shell.show_help()
    tour.picture("help")
    tour.key(Qt.Key.Key_Escape)


def _a_device(tour: Tour) -> None:
    """Set the printer on the screen up as far as its trial page, and leave all as it was."""
    from pos_app.ui.requests import DeviceWizardRequest

    desk = tour.running.desk
    if desk is None:
        raise TimeoutError("the desk does not stand")
    desk.go("device_wizard", DeviceWizardRequest("more"))
    tour.picture("set-up-a-device")
    tour.key(Qt.Key.Key_1)
    tour.key(Qt.Key.Key_1)
    tour.picture("trial-page")
    tour.key(Qt.Key.Key_F12)
    tour.settle()


def _capture_request(tour: Tour) -> object:
    from pos_app.ui.requests import CaptureRequest

    desk = tour.running.desk
    return CaptureRequest("19912340000", desk.operator_changed.emit) if desk is not None else None


def _off_screen() -> None:
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def default_folder(name: str) -> Path:
    """Where pictures go: below ``.demo`` in a checkout, else in a new temporary folder."""
    root = resources_dir().parent
    if (root / "packaging" / "dev.py").exists():
        return root / ".demo" / name
    return Path(tempfile.mkdtemp(prefix=f"guitai-{name}-"))


def run_tour(out: Path | None, language: str) -> int:
    """A guided day, off screen where there is no display; ends by naming the folder with the pictures."""
    _off_screen()
    folder = out or default_folder("tour")
    shutil.rmtree(folder, ignore_errors=True)
    app = make_application()
    tour = Tour(folder, language=language)
    try:
        a_day(tour)
    finally:
        tour.close()
        app.processEvents()
    sys.stdout.write(f"{folder}\n")
    return 0


def run_screenshots(out: Path | None) -> int:
    """The guided day in both languages, light and dark."""
    _off_screen()
    root = out or default_folder("screenshots")
    shutil.rmtree(root, ignore_errors=True)
    app = make_application()
    for language in ("zh_CN", "en"):
        for theme in ("light", "dark"):
            tour = Tour(root / f"{language}-{theme}", language=language, theme=theme)
            try:
                a_day(tour)
            finally:
                tour.close()
                app.processEvents()
    sys.stdout.write(f"{root}\n")
    return 0
