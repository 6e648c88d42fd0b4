"""The selling screen, as drawn in the design: box, basket and payable on the left, the member on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.selling.member_panel import MemberPanel
from pos_app.ui.screens.selling.state import SellingState
from pos_app.ui.state import Phase
from pos_app.ui.widgets.base import KeyHelp, ScreenView
from pos_app.ui.widgets.basket import BasketView
from pos_app.ui.widgets.cards import Card
from pos_app.ui.widgets.inputs import CommandBox
from pos_app.ui.widgets.labels import Figure, label
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.placeholder import Placeholder

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_SIDE_WIDTH = 320
_SIDE_WIDTH_WIDE = 420
_WIDE = 1500
_LARGE_MINOR = 100_000_000


class SellingView(ScreenView[SellingState]):
    """Everything of a sale until payment.

    Signals:
        input_requested: Something was typed into the box and Enter pressed; carries the text.
        pay_requested: F9, or Enter in an empty box.
        member_requested: F2, find a member.
        capture_requested: Sign a new member up.
        member_cleared: Take the member off this sale.
        quantity_requested: F3, key of the marked line.
        discount_requested: F4, key of the marked line (or None).
        hold_requested: F5.
        recall_requested: F6.
        refund_requested: F7.
        benefits_requested: F8, or a list of the member's benefits; carries the key of the list or None.
        offer_requested: An offer on the member's panel was touched; carries its key.
        more_requested: F10.
        goods_requested: F11, goods to touch.
        step_requested: ``(key, 1 or -1)``.
        remove_requested: Key of the marked line.
        line_requested: A line was touched; its key.
        retry_requested: Look the member up again.
    """

    input_requested = Signal(object)
    pay_requested = Signal()
    member_requested = Signal()
    capture_requested = Signal()
    member_cleared = Signal()
    quantity_requested = Signal(object)
    discount_requested = Signal(object)
    hold_requested = Signal()
    recall_requested = Signal()
    refund_requested = Signal()
    benefits_requested = Signal(object)
    offer_requested = Signal(object)
    more_requested = Signal()
    goods_requested = Signal()
    step_requested = Signal(object)
    remove_requested = Signal(object)
    line_requested = Signal(object)
    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self.body)
        row.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_3)
        row.setSpacing(theme.SPACE_3)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE_2)
        self.box = CommandBox()
        self._message = InlineMessage()
        left.addWidget(self.box)
        left.addWidget(self._message)
        left.addWidget(self._build_basket(), 1)
        left.addWidget(self._build_totals())
        row.addLayout(left, 1)
        self._panel = MemberPanel()
        self._panel.setFixedWidth(_SIDE_WIDTH)
        row.addWidget(self._panel)
        self._build_bar()
        self._connect()
        self.retranslate()

    def _build_basket(self) -> QWidget:
        self._basket = BasketView()
        self._empty = Placeholder()
        self._empty.action_requested.connect(self.goods_requested)
        card = Card()
        card.column.addWidget(self._empty)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._basket)
        self._middle.addWidget(card)
        return self._middle

    def _build_totals(self) -> QWidget:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_6)
        card.column.addLayout(row)
        self._pieces_word, self._pieces = label("small"), Figure("figure")
        self._saved_word, self._saved = label("small"), Figure("success-figure")
        for word, figure in ((self._pieces_word, self._pieces), (self._saved_word, self._saved)):
            figure.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(word)
            column.addWidget(figure)
            row.addLayout(column)
        row.addStretch(1)
        self._payable_word = label("strong")
        self._payable = Figure("payable")
        row.addWidget(self._payable_word, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._payable)
        card.setFixedHeight(84)
        return card

    def _build_bar(self) -> None:
        self._member = self.bar.add("F2")
        self._quantity = self.bar.add("F3")
        self._discount = self.bar.add("F4")
        self._hold = self.bar.add("F5")
        self._recall = self.bar.add("F6")
        self._refund = self.bar.add("F7")
        self._benefits = self.bar.add("F8")
        self._pay = self.bar.add("F9", "primary")
        self._more = self.bar.add("F10")
        self._goods = self.bar.add("F11")

    def _connect(self) -> None:
        self.box.submitted.connect(self._on_submitted)
        self.box.step_requested.connect(self._on_step)
        self.box.move_requested.connect(self._on_move)
        self.box.remove_requested.connect(self._on_remove)
        self._basket.line_requested.connect(self.line_requested)
        self._member.clicked.connect(self.member_requested)
        self._quantity.clicked.connect(self._on_quantity)
        self._discount.clicked.connect(self._on_discount)
        self._hold.clicked.connect(self.hold_requested)
        self._recall.clicked.connect(self.recall_requested)
        self._refund.clicked.connect(self.refund_requested)
        self._benefits.clicked.connect(self._on_benefits)
        self._pay.clicked.connect(self.pay_requested)
        self._more.clicked.connect(self.more_requested)
        self._goods.clicked.connect(self.goods_requested)
        self._panel.search_requested.connect(self.member_requested)
        self._panel.capture_requested.connect(self.capture_requested)
        self._panel.clear_requested.connect(self.member_cleared)
        self._panel.offer_requested.connect(self.offer_requested)
        self._panel.benefits_requested.connect(self.benefits_requested)
        self._panel.retry_requested.connect(self.retry_requested)

    def retranslate(self) -> None:
        self.box.setPlaceholderText(self.tr("Scan, or type a code, name, phone or 3*code"))
        self.box.setAccessibleName(self.tr("Scan or type anything"))
        self._message.show_hint(self.tr("+ − change the last line   ·   Del removes it   ·   F1 all keys"))
        self._empty.show_phase(
            Phase.EMPTY,
            self.tr("Ready for the next customer"),
            self.tr("Scan the first item, or the member's card."),
            self.tr("Goods to touch") + "   F11",
            sign="basket",
        )
        self._saved_word.setText(self.tr("Saved"))
        self._pieces_word.setText(self.tr("Items"))
        self._member.setText(self.tr("Member"))
        self._quantity.setText(self.tr("Qty"))
        self._discount.setText(self.tr("Discount"))
        self._hold.setText(self.tr("Hold"))
        self._refund.setText(self.tr("Refund"))
        self._benefits.setText(self.tr("Benefits"))
        self._pay.setText(self.tr("Pay"))
        self._more.setText(self.tr("More"))
        self._goods.setText(self.tr("Goods"))
        self._recall.setText(self.tr("Recall"))

    def focus_home(self) -> None:
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def key_help(self) -> tuple[KeyHelp, ...]:
        more = (
            KeyHelp("+  −", self.tr("One more or one less of the marked line")),
            KeyHelp("↑  ↓", self.tr("Mark another line")),
            KeyHelp("Del", self.tr("Remove the marked line")),
            KeyHelp("3*", self.tr("Three of the next item")),
        )
        return super().key_help() + more

    def _draw(self, state: SellingState) -> None:
        self._basket.show_lines(state.lines, state.current)
        self._middle.setCurrentIndex(0 if state.lines else 1)
        self._message.show_notice(state.notice)
        self._pieces.setText(state.pieces or "0")
        self._saved.show_money(state.saved)
        if state.change is not None and not state.lines:
            theme.set_role(self._payable, "payable-success")
            self._payable_word.setText(self.tr("Change"))
            self._payable.show_money(state.change)
        else:
            # Tens of millions do not fit at 40 px beside what was saved.
            theme.set_role(self._payable, "payable" if abs(state.payable.minor) < _LARGE_MINOR else "large")
            self._payable_word.setText(self.tr("Payable"))
            self._payable.show_money(state.payable)
        recall = self.tr("Recall")
        self._recall.setText(f"{recall} ({state.held})" if state.held else recall)
        has_lines = bool(state.lines)
        for one in (self._quantity, self._discount, self._hold):
            one.setEnabled(has_lines)
        self._recall.setEnabled(bool(state.held))
        self._pay.setEnabled(state.can_pay)
        self._panel.show_member(state.member, state.member_phase)
        # After any action the box has the focus again, unless a sheet has it.
        focus = QApplication.focusWidget()
        if focus is not None and focus is not self.box and self.isAncestorOf(focus):
            self.focus_home()

    def _on_submitted(self, text: object) -> None:
        if isinstance(text, str) and text.strip():
            self.box.clear()
            self.input_requested.emit(text.strip())
        elif self._pay.isEnabled():
            self.pay_requested.emit()

    def _on_step(self, step: object) -> None:
        if self._basket.current_key() is not None:
            self.step_requested.emit((self._basket.current_key(), step))

    def _on_move(self, step: object) -> None:
        if isinstance(step, int):
            self._basket.step(step)

    def _on_remove(self) -> None:
        if self._basket.current_key() is not None:
            self.remove_requested.emit(self._basket.current_key())

    def _on_quantity(self) -> None:
        self.quantity_requested.emit(self._basket.current_key())

    def _on_discount(self) -> None:
        self.discount_requested.emit(self._basket.current_key())

    def _on_benefits(self) -> None:
        self.benefits_requested.emit(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._panel.setFixedWidth(_SIDE_WIDTH_WIDE if self.width() >= _WIDE else _SIDE_WIDTH)
