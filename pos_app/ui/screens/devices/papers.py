"""Papers that failed or wait: print again, or give up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui import messages, theme
from pos_app.ui.screens.devices.state import JobRow
from pos_app.ui.state import Phase
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.rows import Row, RowList
from pos_app.ui.words import parts


class PapersPage(QWidget):
    """The list.

    Signals:
        chosen: Enter on a paper; carries its key.
        current_changed: Another paper is marked.
    """

    chosen = Signal(object)
    current_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_2)
        self.list = RowList(touch_activates=False)
        self.list.activated.connect(self.chosen)
        self.list.current_changed.connect(self._on_current)
        self._reason = label("", wrap=True)
        self._reason.setMinimumHeight(52)
        column.addWidget(self.list, 1)
        column.addWidget(self._reason)
        self._jobs: tuple[JobRow, ...] = ()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words."""
        self.list.placeholder.show_phase(
            Phase.EMPTY,
            self.tr("Everything is on paper."),
            self.tr("Papers that fail or wait are listed here."),
            sign="success",
        )
        self.list.setAccessibleName(self.tr("Papers that failed or wait"))
        self.show_jobs(self._jobs)

    def show_jobs(self, jobs: tuple[JobRow, ...]) -> None:
        """Draw the list."""
        self._jobs = jobs
        self.list.set_rows([self._row(job) for job in jobs])
        self._show_reason()

    def current(self) -> JobRow | None:
        """The paper that is marked."""
        key = self.list.current_key()
        return next((job for job in self._jobs if job.key == key), None)

    def _row(self, job: JobRow) -> Row:
        title = "  ".join(part for part in (parts.word(parts.PAPERS, job.paper), job.number) if part)
        copy = self.tr("copy") if job.copy else ""
        note = "  ·  ".join(part for part in (job.when, copy) if part)
        chip, tone = (self.tr("Failed"), "danger") if job.failed else (self.tr("Waits"), "warning")
        return Row(job.key, title, note, chip=chip, chip_tone=tone)

    def _show_reason(self) -> None:
        job = self.current()
        self._reason.setText(messages.words(job.reason) if job is not None and job.reason is not None else "")

    def _on_current(self, _key: object) -> None:
        self._show_reason()
        self.current_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
