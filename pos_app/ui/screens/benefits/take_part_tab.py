"""Taking part: checking in, surveys, what this bill gives, and points as a gesture of goodwill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.points import Points
from pos_app.errors import KnownError
from pos_app.ui import i18n, messages
from pos_app.ui.gift_words import gifts_words, parts_words
from pos_app.ui.screens.benefits import state as st
from pos_app.ui.screens.benefits.state import Ask, BenefitsState
from pos_app.ui.screens.benefits.tab import BenefitsTab
from pos_app.ui.state import Notice, Phase, Tone
from pos_app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from pos_app.application.rewards import CheckInOffer, GivenGift, RewardsView, SurveyOffer
    from pos_app.domain.pricing.gifts import GiftOutcome
    from pos_app.domain.staff import Operator

_CHECK_IN, _GOODWILL = "check_in", "goodwill"


class TakePartTab(BenefitsTab):
    """What the member is given today, in this sale and beside it."""

    _view: RewardsView | None = None
    _asking = ""
    _is_giving = False
    _points = Points(0)
    _reason = ""

    def load(self) -> None:
        """Ask the books what was given already."""
        customer, rewards = self.customer, self.desk.till.rewards
        if customer is not None:
            member_id = customer.member.member_id
            self.desk.reader(lambda: rewards.view(member_id), self._on_view, self.refuse)

    def _on_view(self, view: RewardsView) -> None:
        self._view = view
        self.loaded.emit()

    def count(self) -> int:
        """What can be done now."""
        view = self._view
        if view is None:
            return 0
        return int(bool(view.check_in) and not view.check_in_refused) + sum(not each.reason for each in view.surveys)

    def shown(self) -> BenefitsState:
        """Checking in first, then surveys, then what the bill gives."""
        language = i18n.current()
        if self.customer is None:
            return BenefitsState(
                tab=st.TAKE_PART,
                phase=Phase.EMPTY,
                empty=self.tr("No member yet"),
                hint=self.tr("Scan the card, or type the phone number first."),
            )
        rows: list[Row] = []
        view = self._view
        if view is not None:
            rows += [self._check_in_row(each, view.check_in_refused, language) for each in view.check_in]
            rows += [self._survey_row(each, language) for each in view.surveys]
        rows += [self._gift_row(each, language) for each in self.request.sale.quote.gifts]
        rows.append(
            Row(_GOODWILL, self.tr("Give points"), self.tr("A gesture of goodwill, with a manager's permission"))
        )
        return BenefitsState(
            tab=st.TAKE_PART,
            rows=tuple(rows),
            phase=Phase.READY if view is not None else Phase.LOADING,
            ask=self._ask(),
        )

    def _check_in_row(self, offer: CheckInOffer, refused: str, language: str) -> Row:
        notes = [messages.sentence(f"benefit.{refused}", {})] if refused else []
        if offer.streak:
            words = self.tr("{days} of {streak} days in a row, then {gift}")
            notes.append(words.format(days=offer.days, streak=offer.streak, gift=parts_words(offer.streak_parts)))
        return Row(
            _CHECK_IN,
            offer.name.in_language(language),
            "  ·  ".join(notes),
            parts_words(offer.parts),
            enabled=not refused,
        )

    def _survey_row(self, offer: SurveyOffer, language: str) -> Row:
        note = messages.sentence(f"benefit.{offer.reason}", {}) if offer.reason else ""
        name = offer.name.in_language(language)
        return Row(("survey", offer.survey), name, note, parts_words(offer.parts), enabled=not offer.reason)

    def _gift_row(self, gift: GiftOutcome, language: str) -> Row:
        note = ""
        if gift.missing is not None:
            note = self.tr("{amount} more to get it").format(amount=gift.missing.display())
        elif gift.reason:
            note = messages.sentence(f"benefit.{gift.reason}", {})
        chip = self.tr("With this sale") if gift.times else ""
        name = gift.name.in_language(language)
        return Row(
            ("gift", gift.rule_id), name, note, parts_words(gift.parts), chip=chip, chip_tone="success", enabled=False
        )

    def _ask(self) -> Ask | None:
        if self._asking == "points":
            return Ask(self.tr("How many points?"), is_amount=True)
        if self._asking == "reason":
            return Ask(self.tr("Why? It is kept in the books."))
        return None

    def on_row(self, key: object) -> None:
        """Check in, take part, or give."""
        customer, operator, rewards = self.customer, self.desk.require_operator(), self.desk.till.rewards
        if customer is None:
            return
        member_id = customer.member.member_id
        match key:
            case "check_in":
                self.desk.ledger(lambda: rewards.check_in(operator, member_id), self._on_given, self.refuse)
            case ("survey", survey):
                name = str(survey)
                self.desk.ledger(lambda: rewards.survey(operator, member_id, name), self._on_given, self.refuse)
            case "goodwill":
                self._asking = "points"
                self.changed.emit(None)

    def on_entry(self, text: str) -> None:
        """How many points, then why."""
        if self._asking == "points":
            if not text.strip().isdecimal() or len(text.strip()) > 9:
                self.refuse(KnownError("reward.points_wrong", limit=100_000))
                return
            self._points = Points(int(text))
            self._asking = "reason"
            self.changed.emit(None)
        elif self._asking == "reason" and not self._is_giving:
            self._reason = text
            self._give(None)

    def _give(self, approver: Operator | None) -> None:
        customer, operator, rewards = self.customer, self.desk.require_operator(), self.desk.till.rewards
        if customer is None:
            return
        self._is_giving = True  # a second Enter must not give a second time
        member_id, points, reason = customer.member.member_id, self._points, self._reason
        self.desk.ledger(
            lambda: rewards.goodwill(operator, approver, member_id, points, reason), self._on_given, self._on_not_given
        )

    def _on_not_given(self, error: KnownError) -> None:
        self._is_giving = False
        if not self.desk.approve_and_retry(error, self._give):
            self.refuse(error)

    def _on_given(self, gifts: tuple[GivenGift, ...]) -> None:
        self._asking, self._is_giving = "", False
        self.desk.shell.tell(good=True)
        self.request.read_member()
        self.load()
        self.changed.emit(Notice(Tone.SUCCESS, "reward.given", {"gifts": gifts_words(gifts)}))

    def on_back(self) -> bool:
        """From the question back to the list."""
        asked, self._asking = bool(self._asking), ""
        if asked:
            self.changed.emit(None)
        return asked
