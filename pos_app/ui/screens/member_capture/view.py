"""A new member in ten seconds: the phone number, Enter. Everything else can wait."""

from __future__ import annotations

import itertools

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.member_capture.state import MemberCaptureState, NewMember
from pos_app.ui.widgets.buttons import Choice, button
from pos_app.ui.widgets.cards import Card, TierChip
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.numpad import NumPad
from pos_app.ui.widgets.sheet import SheetView

_FIELDS = ("name", "birthday", "card", "referrer")


class MemberCaptureView(SheetView[MemberCaptureState]):
    """The form.

    Signals:
        phone_changed: The phone number so far; the presenter looks for a duplicate.
        save_requested: A :class:`NewMember`.
        use_requested: Key of the member who has the number already.
    """

    phone_changed = Signal(object)
    save_requested = Signal(object)
    use_requested = Signal(object)
    wanted_width = 860

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = -1
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_6)
        row.addLayout(self._build_form(), 3)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE_3)
        self._phone_word = label("strong")
        self._phone = TextBox("amount")
        self._pad = NumPad(last="", key_height=56, enter=False)
        self._pad.set_target(self._phone)
        self._phone.textChanged.connect(self._on_phone_changed)
        self._message = InlineMessage(lines=2)
        right.addWidget(self._phone_word)
        right.addWidget(self._phone)
        right.addWidget(self._message)
        right.addWidget(self._build_duplicate())
        right.addStretch(1)
        right.addWidget(self._pad)
        row.insertLayout(0, right, 3)
        self.column.addLayout(row, 1)
        self._back = self.add_button()
        self._save = self.add_button("primary", stretch=2)
        self._back.clicked.connect(self.back_requested)
        self._save.clicked.connect(self._on_save)
        order = [self._phone, *self._boxes.values(), self._back, self._save]
        for first, second in itertools.pairwise(order):
            QWidget.setTabOrder(first, second)
        self.retranslate()

    def _build_form(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE_3)
        self._later = label("section")
        column.addWidget(self._later)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE_3)
        grid.setVerticalSpacing(theme.SPACE_3)
        self._words: dict[str, QLabel] = {}
        self._boxes: dict[str, TextBox] = {}
        for number, name in enumerate((*_FIELDS, "gender", "consent")):
            self._words[name] = label("muted")
            grid.addWidget(self._words[name], number, 0)
            if name in _FIELDS:
                self._boxes[name] = TextBox()
                grid.addWidget(self._boxes[name], number, 1)
        self._gender = Choice(("female", "male", ""))
        self._consent = Choice((True, False))
        grid.addWidget(self._gender, len(_FIELDS), 1)
        grid.addWidget(self._consent, len(_FIELDS) + 1, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def _build_duplicate(self) -> QWidget:
        self._duplicate = Card(role="well")
        row = QHBoxLayout()
        self._duplicate_name = label("strong")
        self._duplicate_tier = TierChip()
        row.addWidget(self._duplicate_name)
        row.addWidget(self._duplicate_tier)
        row.addStretch(1)
        self._use = button("primary")
        self._use.clicked.connect(self._on_use)
        self._duplicate.column.addLayout(row)
        self._duplicate.column.addWidget(self._use)
        return self._duplicate

    def retranslate(self) -> None:
        self.title.setText(self.tr("New member"))
        self._phone_word.setText(self.tr("Phone number"))
        self._phone.setAccessibleName(self.tr("Phone number"))
        self._phone.setPlaceholderText("138 0000 0000")
        self._later.setText(self.tr("ALL THIS CAN WAIT"))
        for name, words in self._field_names().items():
            self._words[name].setText(words)
            if name in self._boxes:
                self._boxes[name].setAccessibleName(words)
        self._boxes["birthday"].setPlaceholderText("1990-11-25")
        self._boxes["card"].setPlaceholderText(self.tr("Scan a card"))
        self._boxes["referrer"].setPlaceholderText(self.tr("Phone of who brought them"))
        self._gender.set_words(self.tr("Ms"), self.tr("Mr"), self.tr("Not said"))
        self._consent.set_words(self.tr("Yes, messages"), self.tr("No"))
        self._message.show_hint(self.tr("The number is enough. Points count from this sale."))
        self._use.setText(self.tr("Use this member") + "   Enter")
        self._back.setText(self.tr("Back") + "   Esc")
        self._save.setText(self.tr("Sign up") + "   Enter")

    def _field_names(self) -> dict[str, str]:
        return {
            "name": self.tr("Name"),
            "birthday": self.tr("Birthday"),
            "card": self.tr("Card"),
            "referrer": self.tr("Referrer"),
            "gender": self.tr("Form of address"),
            "consent": self.tr("Messages"),
        }

    def focus_home(self) -> None:
        self._phone.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self, state: MemberCaptureState) -> None:
        if state.session != self._session:
            self._session = state.session
            blocked = self._phone.blockSignals(True)
            self._phone.setText(state.phone)
            self._phone.blockSignals(blocked)
            for box in self._boxes.values():
                box.clear()
            self._gender.select("")
            self._consent.select(False)
        if state.card:
            self._boxes["card"].setText(state.card)
        known = state.duplicate
        self._duplicate.setVisible(known is not None)
        if known is not None:
            self._duplicate_name.setText(f"{known.name}  {known.phone}")
            self._duplicate_tier.show_tier(known.tier, known.tier_rank)
            self._duplicate_tier.setVisible(bool(known.tier))
        self._message.show_notice(state.notice)
        self._phone.show_bad(bad=state.bad_field == "phone")
        for name, box in self._boxes.items():
            box.show_bad(bad=state.bad_field == name)
        self._show_save()

    def _show_save(self) -> None:
        state = self._state
        usable = state is not None and not state.busy and state.duplicate is None
        self._save.setEnabled(usable and bool(self._phone.text().strip()))

    def _on_phone_changed(self, text: str) -> None:
        self._show_save()
        self.phone_changed.emit(text)

    def _on_save(self) -> None:
        if not self._save.isEnabled():
            return
        texts = {name: box.text().strip() for name, box in self._boxes.items()}
        gender = self._gender.value()
        self.save_requested.emit(
            NewMember(
                phone=self._phone.text().strip(),
                gender=gender if isinstance(gender, str) else "",
                consent=bool(self._consent.value()),
                **texts,
            )
        )

    def _on_use(self) -> None:
        if self._state is not None and self._state.duplicate is not None:
            self.use_requested.emit(self._state.duplicate.key)

    def _on_enter(self) -> None:
        if self._state is not None and self._state.duplicate is not None:
            self._on_use()
        else:
            self._on_save()
