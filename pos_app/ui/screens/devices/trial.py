"""The receipt as the printer in the form would print it, made again for each change off the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import QObject, Signal

from pos_app.application.ports import JobKind, PrintJob
from pos_app.application.sample_paper import sample_paper
from pos_app.domain.ids import JobId
from pos_app.domain.ledger.journal import RecordKind
from pos_app.infrastructure.receipts.logos import WIDEST, printed_logo, read_logo
from pos_app.infrastructure.receipts.own import OwnReceipts
from pos_app.ui.screens.devices.state import OwnState, TrialState
from pos_app.ui.state import Notice, Tone

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.application.print_content import PrintContent
    from pos_app.application.till import Till
    from pos_app.config import PrinterSettings
    from pos_app.domain.staff import Operator
    from pos_app.errors import KnownError
    from pos_app.infrastructure.receipts.trial import TrialPaper
    from pos_app.ui.desk import Desk

#: Of its own: what is drawn here holds up neither a look-up nor a photograph on the customer's screen.
LANE: Final = "trial"


class Trial(QObject):
    """Draws the newest sale's receipt, or a sample where nothing was sold yet.

    Signals:
        drawn: A :class:`TrialState`.
        own_changed: An :class:`OwnState`.
        refused: A :class:`KnownError`: the picture that was picked is no logo.

    Attributes:
        logo: The logo that was chosen, as a PNG file's content; None where none was.
    """

    drawn = Signal(object)
    own_changed = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._content: PrintContent | None = None
        self._own: OwnReceipts | None = None
        self._wanted: PrinterSettings | None = None
        self._last: PrinterSettings | None = None
        self._drawing = False
        self._operator: Operator | None = None
        self.logo: bytes | None = None

    def begin(self, operator: Operator) -> None:
        """Begin anew, for somebody who came to the screen; nothing is read before a paper is looked at."""
        self._operator = operator
        self._content, self._own, self._wanted, self._last, self.logo = None, None, None, None, None

    def read_own(self) -> None:
        """Look at the shop's folder again, and draw with what lies there."""
        papers = self._desk.services.own_papers
        self.logo = None
        self._desk.operations.run(LANE, lambda: _with_picture(papers.read()), self._on_own, self._on_refused)

    def saved(self) -> None:
        """What was chosen is kept now."""
        if self._own is not None:
            self.read_own()

    def look(self, printer: PrinterSettings) -> None:
        """Draw for this printer; of those asked for while one is drawn, only the newest is."""
        self._wanted = printer
        operator, desk = self._operator, self._desk
        if operator is not None:
            self._operator, till = None, desk.till
            desk.reader(lambda: _newest(till, operator), self._on_content)
            self.read_own()
        self._draw()

    def pick(self, path: Path | None) -> None:
        """Have another logo, or (None) none; nothing is kept yet."""
        self._desk.operations.run(
            LANE, lambda: _shown(read_logo(path) if path is not None else b""), self._on_picked, self._on_refused
        )

    def _on_content(self, content: PrintContent) -> None:
        self._content = content
        self._draw()

    def _on_own(self, read: tuple[OwnReceipts, bytes]) -> None:
        self._own, shown = read
        problems = tuple(Notice(Tone.WARNING, each.code, each.details) for each in self._own.problems)
        self.own_changed.emit(OwnState(str(self._desk.services.own_papers.folder), shown, False, problems))
        self._want()

    def _on_refused(self, error: KnownError) -> None:
        self.refused.emit(error)

    def _on_picked(self, picked: tuple[bytes, bytes]) -> None:
        self.logo, shown = picked
        folder = str(self._desk.services.own_papers.folder)
        self.own_changed.emit(OwnState(folder, shown, is_changed=True))
        self._want()

    def _want(self) -> None:
        """Draw anew for the printer that was drawn for last."""
        if self._wanted is None:
            self._wanted = self._last
        self._draw()

    def _draw(self) -> None:
        printer, content, own = self._wanted, self._content, self._own
        if self._drawing or printer is None or content is None or own is None:
            return
        self._wanted, self._last, self._drawing = None, printer, True
        if self.logo is not None:
            own = msgspec.structs.replace(own, logo=self.logo)
        settings, papers = self._desk.settings, self._desk.services.own_papers
        devices = msgspec.structs.replace(settings.devices, printer=printer)
        settings = msgspec.structs.replace(settings, devices=devices)
        used = own
        self._desk.operations.run(
            LANE, lambda: papers.draw(settings, used, content), self._on_drawn, self._on_not_drawn
        )

    def _on_drawn(self, paper: TrialPaper) -> None:
        self._drawing = False
        if self._wanted is None:
            self.drawn.emit(TrialState(paper.png, paper.text, paper.missing))
        self._draw()

    def _on_not_drawn(self, _error: KnownError) -> None:
        # A receipt that cannot be drawn is told where it is printed; here the last picture stays.
        self._drawing = False
        self._draw()


def _newest(till: Till, operator: Operator) -> PrintContent:
    with till.context.ledger.read() as reader:
        last = reader.last_of_kind(RecordKind.SALE)
    if last is None:
        return sample_paper(till.context, operator)
    job = PrintJob(JobId(till.context.ids.new()), JobKind.SALE, last.seq, training=till.context.training)
    return till.contents.content(job)


def _with_picture(own: OwnReceipts) -> tuple[OwnReceipts, bytes]:
    return own, _shown(own.logo)[1]


def _shown(logo: bytes) -> tuple[bytes, bytes]:
    return logo, printed_logo(logo, WIDEST) if logo else b""
