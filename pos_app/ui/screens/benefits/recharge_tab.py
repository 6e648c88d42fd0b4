"""Money in advance: recharges by the ladder or of any amount, and gift cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.gift_card_numbers import normal_gift_card
from pos_app.domain.money import Money
from pos_app.errors import KnownError
from pos_app.ui import formats, i18n, messages
from pos_app.ui.screens.benefits import state as st
from pos_app.ui.screens.benefits.state import Ask, BenefitsState
from pos_app.ui.screens.benefits.tab import BenefitsTab
from pos_app.ui.spending_flow import SpendingFlow
from pos_app.ui.state import Notice, Tone
from pos_app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.application.gift_cards import CardMoved, GiftCardView, MoveCard
    from pos_app.application.stored_value import RechargeMenu

_FREE = "free"
_CARD = "card"
_MOVE = "move"


class RechargeTab(BenefitsTab):
    """Puts recharges and gift cards into the basket; they are paid with everything else."""

    _asking = ""
    _card: GiftCardView | None = None
    _was_shown = False
    _flow: SpendingFlow | None = None
    _command: MoveCard | None = None

    def load(self) -> None:
        """A new card that was scanned at the counter is asked about at once."""
        if self.request.card is not None and not self._was_shown:
            self._was_shown = True
            self._asking = _CARD
            self._on_card(self.request.card)

    def _menu(self) -> RechargeMenu:
        request = self.request
        return self.desk.till.stored.menu(request.sale.basket, self.customer, request.programme)

    def shown(self) -> BenefitsState:
        """Steps of the ladder, then any amount, then gift cards."""
        menu, language = self._menu(), i18n.current()
        rows = [
            Row(
                step.ladder_id,
                step.name.in_language(language),
                self._why_not(step.reason)
                or self.tr("Balance then {amount}").format(
                    amount=(menu.balance.total + step.amount + step.bonus).display()
                ),
                step.amount.display(),
                self.tr("{amount} on top").format(amount=step.bonus.display()) if step.bonus else "",
                enabled=not step.reason,
            )
            for step in menu.steps
        ]
        if menu.free is not None:
            words = self.tr("From {least} to {most}").format(
                least=menu.free.least.display(), most=min(menu.free.most, menu.possible).display()
            )
            can = not menu.reason and menu.possible >= menu.free.least
            rows.append(Row(_FREE, self.tr("Another amount"), words, enabled=can))
        if self.request.programme.gift_cards:
            rows.append(Row(_CARD, self.tr("Sell a gift card"), self.tr("Scan or type the number of a new card")))
            if self.customer is not None:
                note = self.tr("What is left on a card goes into the member's stored value")
                rows.append(Row(_MOVE, self.tr("Move a gift card into the balance"), note))
        return BenefitsState(
            tab=st.RECHARGE,
            rows=tuple(rows),
            empty=self.tr("The shop has no stored value and no gift cards."),
            foot="" if self._asking in (_CARD, "face") else self._balance(menu),
            ask=self._ask(),
        )

    def _why_not(self, reason: str) -> str:
        if not reason:
            return ""
        if reason == "over_limit":
            return self.tr("More than may be stored")
        code = f"stored.{reason}"
        return messages.sentence(code if code in messages.WORDS else f"benefit.{reason}", {})

    def _balance(self, menu: RechargeMenu) -> str:
        if self.customer is None:
            return self.tr("Stored value needs a member: scan the card or type the phone number first.")
        if not menu.limit and not menu.balance.total:
            return ""
        text = self.tr("Stored value {total}: {principal} paid in, {bonus} on top. Up to {possible} more.").format(
            total=menu.balance.total.display(),
            principal=menu.balance.principal.display(),
            bonus=menu.balance.bonus.display(),
            possible=menu.possible.display(),
        )
        if menu.ending:
            first = menu.ending[0]
            ends = self.tr("{amount} of it ends on {day}.")
            text += " " + ends.format(amount=first.amount.display(), day=formats.day_from(first.expires_on, self.today))
        return text

    def _ask(self) -> Ask | None:
        match self._asking:
            case "free":
                return Ask(self.tr("How much is to be paid in?"), is_amount=True)
            case "card" | "move":
                return Ask(self.tr("Scan the gift card, or type its number."))
            case "face":
                return Ask(self.tr("How much is to be put on the card?"), is_amount=True, initial=self._first_face())
            case _:
                return None

    def _first_face(self) -> str:
        kind = self._card.kind if self._card is not None else None
        return kind.faces[0].plain() if kind is not None and kind.faces else ""

    def on_row(self, key: object) -> None:
        """A step goes into the basket at once; everything else asks first."""
        if key in (_FREE, _CARD, _MOVE):
            self._asking = str(key)
            self.changed.emit(None)
            return
        stored, customer, programme = self.desk.till.stored, self.customer, self.request.programme
        if self.change(lambda basket: stored.recharge(basket, customer, programme, str(key))):
            self.desk.close()

    def on_entry(self, text: str) -> None:
        """An amount, or the number of a card."""
        try:
            self._take(text)
        except KnownError as error:
            self.refuse(error)

    def _take(self, text: str) -> None:
        stored, customer, programme = self.desk.till.stored, self.customer, self.request.programme
        match self._asking:
            case "free":
                amount = Money.parse(text)
                if self.change(lambda basket: stored.recharge_free(basket, customer, programme, amount)):
                    self._asking = ""
                    self.desk.close()
            case "face":
                self._sell(Money.parse(text))
            case "card" | "move":
                cards = self.desk.till.gift_cards
                self.desk.reader(lambda: cards.find(text), self._on_card, self.refuse)

    def _on_card(self, card: GiftCardView) -> None:
        if self._asking == _MOVE:
            self._move(card)
            return
        self._card = card
        kind = card.kind
        if kind is not None and not card.is_sold and len(kind.faces) != 1:
            self._asking = "face"
            self.changed.emit(None)
        else:
            self._sell(None)

    def _sell(self, amount: Money | None) -> None:
        cards, card = self.desk.till.gift_cards, self._card
        if card is not None and self.change(lambda basket: cards.sell(basket, card, amount)):
            self._asking, self._card = "", None
            self.desk.close()

    def _move(self, card: GiftCardView) -> None:
        customer, operator = self.customer, self.desk.require_operator()
        if customer is None:
            return
        cards = self.desk.till.gift_cards
        command = cards.new_move(card, customer.member.member_id)
        self._flow = SpendingFlow(self.desk, self)
        self._command = command
        self._flow.begin(
            lambda heard: cards.attempt_move(operator, command, heard),
            self._on_moved,
            self._on_not_moved,
            self._on_wait,
        )

    def _on_wait(self) -> None:
        self.changed.emit(Notice(Tone.INFO, "spend.asking"))

    def _on_not_moved(self, error: KnownError) -> None:
        if self._flow is not None and self._flow.has_asked:  # another try is another wish
            self.desk.ledger(self._give_up())
        self.refuse(error)

    def _give_up(self) -> Callable[[], None]:
        """What releases a grant of this move, for the ledger's lane."""
        cards, operator, command = self.desk.till.gift_cards, self.desk.require_operator(), self._command
        return lambda: cards.give_up(operator, command) if command is not None else None

    def _on_moved(self, moved: CardMoved) -> None:
        self._asking = ""
        self.request.read_member()
        self.changed.emit(Notice(Tone.SUCCESS, "gift_card.moved", {"amount": moved.amount}))

    def on_scan(self, text: str) -> bool:
        """A gift card may be scanned without choosing first: it is sold, where it is new."""
        if not normal_gift_card(text):
            return False
        if self._asking not in (_CARD, _MOVE):
            self._asking = _CARD
        self.on_entry(text)
        return True

    def on_back(self) -> bool:
        """From the question back to the list; what head office is asked for is called off."""
        if self._flow is not None and self._flow.is_asking and self._flow.cancel(self._give_up()):
            self.changed.emit(Notice(Tone.INFO, "spend.called_off"))
            return True
        asked, self._asking, self._card = bool(self._asking), "", None
        if asked:
            self.changed.emit(None)
        return asked
