"""The member beside the basket: who it is, what they have, what they can use now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.state import Phase
from pos_app.ui.widgets.buttons import Button, button
from pos_app.ui.widgets.cards import Balance, Card, Chip, TierBar, TierChip
from pos_app.ui.widgets.labels import Elided, label, rule
from pos_app.ui.widgets.placeholder import Placeholder

if TYPE_CHECKING:
    from pos_app.ui.screens.selling.state import MemberState, Missing

_OFFERS = 3
#: Lists of the benefits sheet that are a touch away, by their keys there.
_LISTS = ("coupons", "recharge", "redeem", "cards")


class MemberPanel(QWidget):
    """The panel.

    Signals:
        search_requested: Find a member.
        capture_requested: Sign a new one up.
        clear_requested: Sell without this member.
        offer_requested: Key of an offer that was touched.
        benefits_requested: Another list of the member's benefits; carries its key.
        retry_requested: Read the members again.
    """

    search_requested = Signal()
    capture_requested = Signal()
    clear_requested = Signal()
    offer_requested = Signal(object)
    benefits_requested = Signal(object)
    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._member: MemberState | None = None
        self._phase = Phase.EMPTY
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._card = Card()
        outer.addWidget(self._card)
        self._stack = QStackedWidget()
        self._card.column.addWidget(self._stack)
        self._stack.addWidget(self._build_nobody())
        self._stack.addWidget(self._build_member())
        self._retranslate()

    def _build_nobody(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_2)
        self._holder = Placeholder()
        self._holder.action_requested.connect(self.retry_requested)
        column.addWidget(self._holder, 1)
        self._search = button()
        self._search.clicked.connect(self.search_requested)
        self._capture = button()
        self._capture.clicked.connect(self.capture_requested)
        column.addWidget(self._search)
        column.addWidget(self._capture)
        return page

    def _build_member(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_2)
        column.addLayout(self._build_name())
        self._tier_words = Elided("small")
        self._tier_bar = TierBar()
        column.addWidget(self._tier_bar)
        column.addWidget(self._tier_words)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACE_4)
        self._grid.setVerticalSpacing(theme.SPACE_1)
        self._points, self._worth, self._stored, self._coupons = Balance(), Balance(), Balance(), Balance()
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._placed = [self._points, self._worth, self._stored, self._coupons]
        for place, one in enumerate(self._placed):
            self._grid.addWidget(one, place // 2, place % 2)
        column.addLayout(self._grid)
        self._expiring = label("warning-small", wrap=True)
        self._earns = label("small-text", wrap=True)
        column.addWidget(self._expiring)
        column.addWidget(self._earns)
        column.addWidget(rule())
        self._offers = [Button() for _ in range(_OFFERS)]
        for offer in self._offers:
            offer.setCheckable(True)
            offer.clicked.connect(self._on_offer)
            column.addWidget(offer)
        column.addStretch(1)
        column.addLayout(self._build_lists())
        self._habits = rule()
        column.addWidget(self._habits)
        self._favourites = Elided("small-text")
        self._dates = label("small", wrap=True)
        self._as_of = Elided("small")
        column.addWidget(self._favourites)
        column.addWidget(self._dates)
        column.addWidget(self._as_of)
        return page

    def _place_balances(self) -> None:
        """Two in a row, without a gap where the member or the shop has none of a kind."""
        balances = (self._points, self._worth, self._stored, self._coupons)
        shown = [one for one in balances if not one.isHidden()]
        if shown == self._placed:
            return  # else each scan would have the panel laid out anew
        self._placed = shown
        for one in balances:
            self._grid.removeWidget(one)
        for place, one in enumerate(shown):
            self._grid.addWidget(one, place // 2, place % 2)

    def _build_lists(self) -> QHBoxLayout:
        """What the member has, uses and gets: a touch each."""
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_1)
        self._lists = {key: Button() for key in _LISTS}
        for key, one in self._lists.items():
            one.setProperty("list", key)
            one.clicked.connect(self._on_list)
            row.addWidget(one)
        return row

    def _build_name(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        names = QVBoxLayout()
        names.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(theme.SPACE_2)
        self._name = Elided("title")
        self._tier = TierChip()
        self._temporary = Chip("warning")
        first.addWidget(self._name, 1)
        first.addWidget(self._temporary)
        first.addWidget(self._tier)
        self._phone = label("muted")
        names.addLayout(first)
        second = QHBoxLayout()
        second.addWidget(self._phone)
        second.addStretch(1)
        self._clear = Button("quiet")
        self._clear.clicked.connect(self.clear_requested)
        second.addWidget(self._clear)
        names.addLayout(second)
        row.addLayout(names, 1)
        return row

    def show_member(self, member: MemberState | None, phase: Phase) -> None:
        """Show a member, or why there is none."""
        if member is self._member and phase is self._phase and member is not None:
            return
        self._member, self._phase = member, phase
        if member is None:
            self._show_nobody(phase)
            self._stack.setCurrentIndex(0)
        else:
            self._show_somebody(member)
            self._stack.setCurrentIndex(1)

    def _show_nobody(self, phase: Phase) -> None:
        if phase is Phase.LOADING:
            self._holder.show_phase(phase, self.tr("Looking for the member…"))
        elif phase is Phase.FAILED:
            self._holder.show_phase(
                phase,
                self.tr("Members cannot be read now."),
                self.tr("Selling goes on; points can be added later from the receipt."),
                self.tr("Try again"),
            )
        else:
            self._holder.show_phase(
                Phase.EMPTY,
                self.tr("No member"),
                self.tr("Scan the card, or type the phone number or its last four digits."),
                sign="member",
            )

    def _show_somebody(self, member: MemberState) -> None:
        self._name.show_text(member.name)
        self._phone.setText(member.phone)
        self._tier.show_tier(member.tier, member.tier_rank)
        self._temporary.setVisible(member.temporary)
        self._tier_bar.show_progress(member.next_share_bp, member.tier_rank)
        self._tier_bar.setVisible(bool(member.next_tier))
        self._tier_words.show_text(self._tier_sentence(member))
        self._points.setVisible(True)
        self._points.figure.show_points(member.points)
        self._worth.setVisible(member.points_worth is not None)
        self._worth.figure.show_money(member.points_worth)
        self._stored.setVisible(member.stored_value is not None)
        self._stored.figure.show_money(member.stored_value)
        self._coupons.setVisible(member.coupons is not None)
        self._coupons.figure.setText(f"{member.coupons or 0:,}")
        self._place_balances()
        expiring = ""
        if member.expiring:
            text = self.tr("{points} points expire within {days} days")
            expiring = text.format(points=member.expiring.display(), days=member.expiring_days)
        self._expiring.setText(expiring)
        self._expiring.setVisible(bool(expiring))
        earns = self.tr("This sale earns {points} points").format(points=member.earns.display()) if member.earns else ""
        self._earns.setText(earns)
        self._earns.setVisible(bool(earns))
        self._show_offers(member)
        names = "、".join(member.favourites[:3])
        self._favourites.show_text(self.tr("Often buys: {goods}").format(goods=names) if names else "")
        self._favourites.setVisible(bool(names))
        dates = self._dates_sentence(member)
        self._dates.setText(dates)
        self._dates.setVisible(bool(dates))
        theme.set_role(self._dates, "warning-small" if member.birthday_near else "small")
        as_of = self._as_of_sentence(member)
        self._as_of.show_text(as_of)
        self._as_of.setVisible(bool(as_of))
        self._habits.setVisible(bool(names or dates or as_of))

    def _tier_sentence(self, member: MemberState) -> str:
        if member.next_tier:
            missing = self._missing(member.next_missing)
            sentences = [self.tr("{missing} to {tier}").format(missing=missing, tier=member.next_tier)]
        else:
            sentences = [self.tr("Highest tier")]
        if member.tier_until and member.keep_missing is not None:
            missing = self._missing(member.keep_missing)
            words = self.tr("until {day}; {missing} to keep it")
            sentences.append(words.format(day=member.tier_until, missing=missing))
        elif member.tier_until:
            sentences.append(self.tr("until {day}").format(day=member.tier_until))
        return "  ·  ".join(sentences)

    def _missing(self, missing: Missing) -> str:
        """What is missing: all of it where all is needed, else the first figure that leads there."""
        parts = []
        if missing.spend is not None and (missing.spend or not missing.all_of):
            parts.append(self.tr("{amount} more").format(amount=missing.spend.display()))
        if missing.visits is not None and (missing.visits or not missing.all_of):
            parts.append(self.tr("{visits} more visits").format(visits=missing.visits))
        if missing.points is not None and (missing.points.count or not missing.all_of):
            parts.append(self.tr("{points} more points").format(points=missing.points.display()))
        return " + ".join(parts if missing.all_of else parts[:1])

    def _dates_sentence(self, member: MemberState) -> str:
        parts = []
        if member.last_visit:
            parts.append(self.tr("Last visit {day}").format(day=member.last_visit))
        if member.birthday:
            words = self.tr("Birthday near: {day}") if member.birthday_near else self.tr("Birthday {day}")
            parts.append(words.format(day=member.birthday))
        return "  ·  ".join(parts)

    def _as_of_sentence(self, member: MemberState) -> str:
        """How old head office's word is, and what of this till is counted on top of it."""
        if not member.as_of:
            return ""
        parts = [self.tr("Head office as of {when}").format(when=member.as_of)]
        if member.own_records == 1:
            parts.append(self.tr("and one own sale it has not counted yet"))
        elif member.own_records:
            parts.append(self.tr("and {count} own sales it has not counted yet").format(count=member.own_records))
        return "  ·  ".join(parts)

    def _show_offers(self, member: MemberState) -> None:
        shown = member.offers[:_OFFERS]
        for number, one in enumerate(self._offers):
            one.setVisible(number < len(shown))
            if number < len(shown):
                offer = shown[number]
                figure = ""
                if offer.missing is not None:
                    figure = self.tr("{amount} short").format(amount=offer.missing.display())
                elif offer.worth:
                    figure = f"−{offer.worth.display()}"
                words = f"✓ {offer.words}" if offer.used else offer.words
                room = self.width() - 2 * theme.SPACE_4 - 28
                font = one.font()
                font.setBold(offer.used)  # as the style sheet has it for what is checked
                metrics = QFontMetrics(font)
                if figure:
                    figure = f"  ·  {figure}"
                    room -= metrics.horizontalAdvance(figure)
                one.setText(metrics.elidedText(words, theme.ELIDE, room) + figure)
                one.setEnabled(offer.used or offer.missing is None)
                one.setChecked(offer.used)

    def _retranslate(self) -> None:
        self._card.set_heading(self.tr("MEMBER"))
        self._search.setText(self.tr("Find member   F2"))
        self._capture.setText(self.tr("New member"))
        self._clear.setText(self.tr("Take off"))
        self._temporary.setText(self.tr("new"))
        self._points.set_word(self.tr("Points"))
        self._worth.set_word(self.tr("Usable now as"))
        self._stored.set_word(self.tr("Stored value"))
        self._coupons.set_word(self.tr("Coupons"))
        names = (self.tr("Coupons"), self.tr("Top up"), self.tr("Gifts"), self.tr("Cards"))
        for one, name in zip(self._lists.values(), names, strict=True):
            one.setText(name)
        if self._member is None:
            self._show_nobody(self._phase)
        else:
            self._show_somebody(self._member)

    def _on_offer(self) -> None:
        sender = self.sender()
        if self._member is not None and isinstance(sender, Button) and sender in self._offers:
            offer = self._member.offers[self._offers.index(sender)]
            sender.setChecked(offer.used)  # what it becomes is the presenter's to say
            self.offer_requested.emit(offer.key)

    def _on_list(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.benefits_requested.emit(sender.property("list"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
