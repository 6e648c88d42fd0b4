"""Payment: owed and taken on the left, how and how much on the right; when booked, the change and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.gift_words import named
from pos_app.ui.screens.payment.done import DonePage
from pos_app.ui.screens.payment.state import (
    CARD,
    CASH,
    GIFT_CARD,
    KINDS,
    MOBILE,
    POINTS,
    STORED_VALUE,
    PaymentState,
    TenderAsked,
)
from pos_app.ui.state import Phase, Tone
from pos_app.ui.widgets.base import ScreenView
from pos_app.ui.widgets.buttons import Button, button
from pos_app.ui.widgets.cards import Card, Pair
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import Figure, label, rule
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.numpad import NumPad
from pos_app.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from pos_app.ui.state import Notice

_SUGGESTIONS = 5


class PaymentView(ScreenView[PaymentState]):
    """Take money until nothing is owed. Exact cash is Enter, and Enter again for the next sale.

    Signals:
        kind_requested: A kind of tender, one of ``KINDS``.
        tender_requested: A :class:`TenderAsked`.
        remove_requested: Key of a tender taken.
        next_requested: The change was given; on to the next sale.
        keep_change_requested: Change goes into the member's balance, or no longer does.
        print_requested: Print the receipt (again).
    """

    kind_requested = Signal(object)
    tender_requested = Signal(object)
    remove_requested = Signal(object)
    next_requested = Signal()
    keep_change_requested = Signal()
    print_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prefilled: tuple[object, ...] = ()
        self._noticed: Notice | None = None
        outer = QVBoxLayout(self.body)
        outer.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget()
        outer.addWidget(self._pages)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_3)
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self._build_owed(), 1)
        row.addWidget(self._build_entry(), 1)
        self._pages.addWidget(page)
        self._done = DonePage()
        self._pages.addWidget(self._done)
        self._build_bar()
        self.retranslate()

    def _build_owed(self) -> QWidget:
        card = Card()
        self._total = Pair(role="figure")
        self._owed_word = label("strong")
        self._owed = Figure("payable")
        head = QHBoxLayout()
        head.addWidget(self._owed_word)
        head.addStretch(1)
        head.addWidget(self._owed)
        card.column.addWidget(self._total)
        card.column.addLayout(head)
        card.column.addWidget(rule())
        self._taken_word = label("section")
        card.column.addWidget(self._taken_word)
        self._taken = RowList(touch_activates=False)
        self._taken.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card.column.addWidget(self._taken, 1)
        self._standing = InlineMessage(lines=2)
        card.column.addWidget(self._standing)
        self._member = label("muted", wrap=True)
        card.column.addWidget(self._member)
        return card

    def _build_entry(self) -> QWidget:
        card = Card()
        # On a wide screen a pad across half of it would be farther than a thumb reaches.
        card.setMaximumWidth(620)
        self._kind_words = label("title")
        card.column.addWidget(self._kind_words)
        self._amount = TextBox("amount", submits=True)
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._amount.submitted.connect(self._on_take)
        card.column.addWidget(self._amount)
        self._reference = TextBox(submits=True, codes=True)
        self._reference.submitted.connect(self._on_take)
        for box in (self._amount, self._reference):
            box.installEventFilter(self)
        card.column.addWidget(self._reference)
        self._message = InlineMessage()
        card.column.addWidget(self._message)
        quick = QHBoxLayout()
        quick.setSpacing(theme.SPACE_2)
        self._suggestions = [button() for _ in range(_SUGGESTIONS)]
        for one in self._suggestions:
            one.setMinimumHeight(56)
            one.clicked.connect(self._on_suggestion)
            quick.addWidget(one, 1)
        card.column.addLayout(quick)
        card.column.addStretch(1)
        self._pad = NumPad(key_height=68, enter=False)
        self._pad.set_target(self._amount)
        card.column.addWidget(self._pad)
        return card

    def _build_bar(self) -> None:
        self._back = self.bar.add("Esc")
        self._back.clicked.connect(self.back_requested)
        self._kinds = {}
        for number, kind in enumerate(KINDS):
            one = self.bar.add(f"F{number + 2}")
            one.setCheckable(True)
            one.setProperty("tender", kind)
            one.clicked.connect(self._on_kind)
            self._kinds[kind] = one
        self._keep = self.bar.add("F8")
        self._keep.setCheckable(True)
        self._keep.clicked.connect(self.keep_change_requested)
        self._remove = self.bar.add("Del")
        self._remove.clicked.connect(self._on_remove)
        self._print = self.bar.add("F10")
        self._print.clicked.connect(self.print_requested)
        self._take = self.bar.add("F9", "primary", shown="F9 · Enter")
        self._take.clicked.connect(self._on_take)

    def retranslate(self) -> None:
        self._total.set_word(self.tr("Total"))
        self._owed_word.setText(self.tr("Still to pay"))
        self._taken_word.setText(self.tr("TAKEN SO FAR"))
        self._amount.setAccessibleName(self.tr("Amount"))
        self._reference.setAccessibleName(self.tr("Reference"))
        self._keep.setText(self.tr("Keep"))
        self._keep.setToolTip(self.tr("The change goes into the balance"))
        self._remove.setText(self.tr("Take out"))
        self._print.setText(self.tr("Print"))
        self._taken.placeholder.show_phase(*self._nothing_taken())
        for kind, words in self._kind_names().items():
            self._kinds[kind].setText(words)

    def _nothing_taken(self) -> tuple[Phase, str]:
        return Phase.EMPTY, self.tr("Nothing yet")

    def _kind_names(self) -> dict[str, str]:
        return {
            CASH: self.tr("Cash"),
            CARD: self.tr("Bank card"),
            MOBILE: self.tr("Mobile"),
            POINTS: self.tr("Points"),
            STORED_VALUE: self.tr("Balance"),
            GIFT_CARD: self.tr("Gift card"),
        }

    def focus_home(self) -> None:
        if self._state is not None and self._state.done:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._state is not None and self._state.card_wanted:
            self._reference.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._amount.setFocus(Qt.FocusReason.OtherFocusReason)
            self._amount.selectAll()

    def _draw(self, state: PaymentState) -> None:
        names = self._kind_names()
        self._total.figure.show_money(state.total)
        self._owed.show_money(state.remaining)
        self._taken.set_rows([Row(t.key, names.get(t.kind, t.kind), t.note, t.amount.display()) for t in state.tenders])
        self._member.setText(self._member_sentence(state))
        self._kind_words.setText(names.get(state.kind, state.kind))
        # Which card it is comes first: how much it can pay is asked when that is known.
        self._amount.setVisible(not state.card_wanted)
        self._pad.setEnabled(not state.card_wanted)
        self._reference.setVisible(state.reference_wanted or state.card_wanted)
        self._reference.setPlaceholderText(
            self.tr("Scan the gift card, or type its number")
            if state.card_wanted
            else self.tr("Reference on the slip (scan or type)")
        )
        self._keep.setVisible(not state.done and state.keeps_change is not None)
        self._keep.setChecked(bool(state.keeps_change))
        self._message.show_notice(state.notice)
        self._standing.show_notice(state.standing)
        self._standing.setVisible(state.standing is not None)
        self._draw_suggestions(state)
        self._prefill(state)
        self._offer_again(state.notice)
        for kind, one in self._kinds.items():
            one.setVisible(not state.done and (kind in state.kinds or kind in state.unavailable))
            one.setEnabled(not state.asking and kind in state.kinds)
            one.setToolTip(self.tr("Not without the line to head office") if kind in state.unavailable else "")
            one.setChecked(kind == state.kind)
        self._back.setVisible(not state.done)
        self._back.setText(self.tr("Cancel") if state.asking else self.tr("Back"))
        self._back.setEnabled(state.asking or not state.busy)
        self._remove.setEnabled(not state.asking)
        self._remove.setVisible(not state.done and bool(state.tenders))
        self._print.setVisible(state.done)
        self._take.setEnabled(not state.busy)
        self._take.setText(self._take_words(state))
        self._done.render_done(state)
        turned = self._pages.currentIndex() != int(state.done)
        self._pages.setCurrentIndex(int(state.done))
        if turned and self.isVisible():
            self.focus_home()

    def _take_words(self, state: PaymentState) -> str:
        if state.asking:
            return self.tr("Asking…")
        if state.busy:
            return self.tr("Booking…")
        return self.tr("Next sale") if state.done else self.tr("Take")

    def _member_sentence(self, state: PaymentState) -> str:
        parts = [state.card_words] if state.card_words else []
        if state.points_usable and state.points_worth:
            text = self.tr("{points} points can pay {amount} (F5)")
            parts.append(text.format(points=state.points_usable.display(), amount=state.points_worth.display()))
        if state.stored_worth:
            parts.append(self.tr("the balance can pay {amount} (F6)").format(amount=state.stored_worth.display()))
        if state.member:
            return named(state.member, "  ·  ".join(parts)) if parts else state.member
        return "  ·  ".join(parts)

    def _draw_suggestions(self, state: PaymentState) -> None:
        for number, one in enumerate(self._suggestions):
            shown = number < len(state.suggestions)
            one.setVisible(shown)
            if shown:
                one.setText(state.suggestions[number].display())
                one.setEnabled(not state.busy)

    def _prefill(self, state: PaymentState) -> None:
        # Only when something else is owed or the kind changed: what the cashier is typing stays.
        seen = (
            state.kind,
            state.card_wanted,
            state.remaining,
            state.points_worth,
            state.stored_worth,
            state.card_words,
            state.done,
        )
        if seen == self._prefilled:
            return
        self._prefilled = seen
        amount = state.remaining
        if state.kind == POINTS and state.points_worth is not None:
            amount = state.points_worth
        elif state.kind == STORED_VALUE and state.stored_worth is not None:
            amount = state.stored_worth
        elif state.kind == GIFT_CARD and state.card_worth is not None:
            amount = state.card_worth
        self._amount.setText(amount.plain())
        self._amount.selectAll()
        self._reference.clear()
        if self.isVisible() and self.isAncestorOf(self.window().focusWidget()):
            self.focus_home()

    def _offer_again(self, notice: Notice | None) -> None:
        """After a new message the next digit begins another amount."""
        if notice is self._noticed:
            return
        self._noticed = notice
        if notice is None:
            return
        self._amount.selectAll()
        if notice.tone is Tone.DANGER and self.isVisible():
            self.focus_home()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A box would take Del to itself, and the bar says that it takes a payment out. Backspace still edits.
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Delete
            and self.bar.press(event)
        ):
            return True
        return super().eventFilter(watched, event)

    def _on_take(self, _text: object = None) -> None:
        state = self._state
        if state is None or state.busy:
            return
        if state.done:
            self.next_requested.emit()
            return
        typed = state.reference_wanted or state.card_wanted
        reference = self._reference.text().strip() if typed else ""
        self.tender_requested.emit(TenderAsked(state.kind, self._amount.text().strip(), reference))

    def _on_suggestion(self) -> None:
        sender = self.sender()
        if self._state is not None and isinstance(sender, Button) and sender in self._suggestions:
            amount = self._state.suggestions[self._suggestions.index(sender)]
            self.tender_requested.emit(TenderAsked(self._state.kind, amount.plain()))

    def _on_kind(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            if self._state is not None:
                for kind, one in self._kinds.items():
                    one.setChecked(kind == self._state.kind)
            self.kind_requested.emit(sender.property("tender"))

    def _on_remove(self) -> None:
        key = self._taken.current_key()
        if key is not None:
            self.remove_requested.emit(key)

    def _on_enter(self) -> None:
        self._on_take()

    def _on_escape(self) -> None:
        if self._state is not None and self._state.done:
            self.next_requested.emit()
        elif self._state is None or self._state.asking or not self._state.busy:
            self.back_requested.emit()
