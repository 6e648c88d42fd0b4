"""A report as a calm sheet: sections in two columns, every figure on the right edge."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.report.state import LineCode, ReportKind, ReportLine, ReportSection, ReportState
from pos_app.ui.screens.report.words import line_words, section_words
from pos_app.ui.state import Phase
from pos_app.ui.widgets.base import ScreenView
from pos_app.ui.widgets.cards import Card, Chip, Pair, add_all, clear_layout
from pos_app.ui.widgets.labels import Elided, label, rule
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.placeholder import Placeholder

#: Lines that sum others up stand out.
_SUMS = frozenset({LineCode.NET, LineCode.TENDER_SUM, LineCode.OVER_SHORT, LineCode.COUNTED, LineCode.VERDICT})
_WIDTH = 1120


class ReportView(ScreenView[ReportState]):
    """A report as a sheet of two columns. Enter prints, the arrows scroll.

    Signals:
        print_requested: Print it.
        retry_requested: Make it again.
    """

    print_requested = Signal()
    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self.body)
        outer.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_3)
        outer.setSpacing(theme.SPACE_2)
        self._pages = QStackedWidget()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._build_sheet())
        self._holder = Placeholder()
        self._holder.action_requested.connect(self.retry_requested)
        self._pages.addWidget(self._area)
        self._pages.addWidget(self._holder)
        self._message = InlineMessage()
        add_all(outer, self._pages, self._message)
        self._back = self.bar.add("Esc")
        self._print = self.bar.add("Enter", "primary", stretch=3)
        self._back.clicked.connect(self.back_requested)
        self._print.clicked.connect(self.print_requested)
        self.retranslate()

    def _build_sheet(self) -> QWidget:
        page = QWidget()
        centre = QHBoxLayout(page)
        centre.setContentsMargins(0, 0, 0, 0)
        sheet = Card()
        sheet.setMaximumWidth(_WIDTH)
        sheet.column.setContentsMargins(theme.SPACE_6, theme.SPACE_3, theme.SPACE_6, theme.SPACE_3)
        sheet.column.setSpacing(theme.SPACE_2)
        self._title = label("title")
        self._training = Chip("warning")
        self._when = label("muted")
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_3)
        add_all(head, self._title, self._training)
        head.addStretch(1)
        head.addWidget(self._when)
        self._shop = Elided("muted")
        self._columns = QWidget()
        self._columns_row = QHBoxLayout(self._columns)
        self._columns_row.setContentsMargins(0, 0, 0, 0)
        self._columns_row.setSpacing(2 * theme.SPACE_6)
        sheet.column.addLayout(head)
        add_all(sheet.column, self._shop, rule(), self._columns)
        sheet.column.addStretch(1)
        centre.addStretch(1)
        centre.addWidget(sheet, 1000)
        centre.addStretch(1)
        return page

    def retranslate(self) -> None:
        self._back.setText(self.tr("Back"))
        self._print.setText(self.tr("Print"))
        self._training.setText(self.tr("Training"))
        self._area.setAccessibleName(self.tr("Report"))

    def focus_home(self) -> None:
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self, state: ReportState) -> None:
        self._message.show_notice(state.notice)
        # Room for the report while there is nothing to say.
        self._message.setVisible(state.notice is not None)
        self._print.setEnabled(state.can_print and state.phase is Phase.READY)
        if state.phase is not Phase.READY:
            self._draw_phase(state.phase)
            return
        titles = {
            ReportKind.X: self.tr("X report {number}"),
            ReportKind.SHIFT: self.tr("Shift report {number}"),
            ReportKind.Z: self.tr("Z report {number}"),
        }
        self._title.setText(titles[state.kind].format(number=state.number))
        self._training.setVisible(state.training)
        self._when.setText(state.when)
        day = self.tr("business day {day}").format(day=state.business_date) if state.business_date else ""
        self._shop.show_text("  ·  ".join(p for p in (state.shop, state.till, state.cashier, day) if p))
        self._draw_sections(state.sections)
        self._pages.setCurrentIndex(0)

    def _draw_phase(self, phase: Phase) -> None:
        if phase is Phase.LOADING:
            self._holder.show_phase(phase, self.tr("Adding up…"), sign="report")
        else:
            self._holder.show_phase(
                Phase.FAILED,
                self.tr("The report could not be made."),
                self.tr("Nothing is lost. Try again; if it stays so, call support."),
                self.tr("Try again"),
            )
        self._pages.setCurrentIndex(1)

    def _draw_sections(self, sections: tuple[ReportSection, ...]) -> None:
        clear_layout(self._columns_row)
        for half in _balanced(sections):
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(1)
            for number, section in enumerate(half):
                if number:
                    column.addSpacing(theme.SPACE_3)
                self._add_section(column, section)
            column.addStretch(1)
            self._columns_row.addWidget(side, 1)

    def _add_section(self, column: QVBoxLayout, section: ReportSection) -> None:
        heading = label("section")
        heading.setText(section_words(section.code))
        add_all(column, heading, rule())
        for line in section.lines:
            strong = line.code in _SUMS
            pair = Pair(role="strong" if strong else "", word_role="strong" if strong else "muted")
            words = line_words(line)
            pair.set_word(words if line.count is None else f"{words}  ×{line.count:,}")
            pair.figure.setText(_figure(line))
            column.addWidget(pair)


def _figure(line: ReportLine) -> str:
    value = line.value
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return f"{value:,}"
    text = value.display()
    return f"+{text}" if line.code is LineCode.OVER_SHORT and not text.startswith(("-", "−")) and _some(line) else text


def _some(line: ReportLine) -> bool:
    return not isinstance(line.value, int | str) and bool(line.value)


def _balanced(sections: tuple[ReportSection, ...]) -> tuple[tuple[ReportSection, ...], tuple[ReportSection, ...]]:
    """Cut the sections, in order, where the two columns come closest to one height."""
    heights = [len(section.lines) + 2 for section in sections]
    whole = sum(heights)
    cut = min(range(len(sections) + 1), key=lambda n: abs(whole - 2 * sum(heights[:n])))
    return sections[:cut], sections[cut:]
