"""What members are given outside a sale: birthday gifts, check-ins, surveys, a manager's goodwill."""

from __future__ import annotations

from typing import Final

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.permissions import granted_by
from pos_app.application.ports import LedgerReader, LedgerTx
from pos_app.domain.ids import MemberId, RecordId
from pos_app.domain.ledger.giving import Giver
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.ledger.moves import move_postings
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.ledger.reward_bodies import Rewarded
from pos_app.domain.points import Points
from pos_app.domain.programme.giving import CheckInGift, SurveyGift
from pos_app.domain.programme.packs import GiftPart, PackLot, pack_parts
from pos_app.domain.rewards import (
    Visit,
    check_in,
    check_in_rules,
    days_in_a_row,
    due,
    parts_given,
    reward,
    survey_refusal,
)
from pos_app.domain.staff import Operator, Permission
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

#: More points than this are a slip of the hand.
MAX_GOODWILL: Final = 100_000
MAX_REASON: Final = 80
_GOODWILL_NAME: Final = LocalText("店长赠送积分", "Points as a goodwill gift")


class GivenGift(msgspec.Struct, frozen=True):
    """A gift as a screen says it: "Birthday gift: 2 coupons".

    Attributes:
        rule_id: By which rule; empty for a person's.
        name: In the shop's words.
        account_id: Whose it is now.
        parts: What it was.
    """

    rule_id: str
    name: LocalText
    account_id: MemberId
    parts: tuple[GiftPart, ...]


class CheckInOffer(msgspec.Struct, frozen=True):
    """What checking in now would give by one rule.

    Attributes:
        name: Of the rule.
        parts: For the day.
        days: Days in a row so far, without today, since the last gift for such a row.
        streak: After how many days in a row there is one; 0 where there is none.
        streak_parts: That one.
    """

    name: LocalText
    parts: tuple[GiftPart, ...]
    days: int
    streak: int
    streak_parts: tuple[GiftPart, ...]


class SurveyOffer(msgspec.Struct, frozen=True):
    """A survey, and why it gives nothing to this member now (a code), or an empty reason."""

    survey: str
    name: LocalText
    parts: tuple[GiftPart, ...]
    reason: str


class RewardsView(msgspec.Struct, frozen=True):
    """What a member can be given at the counter today.

    Attributes:
        due: Names of gifts that :meth:`RewardsService.give_due` would give.
        check_in: By rule; empty where the shop has no check-in.
        check_in_refused: Why checking in is not possible now, as a code (``check_in_done``, ...), or empty.
        surveys: Every survey of the programme.
    """

    due: tuple[LocalText, ...]
    check_in: tuple[CheckInOffer, ...]
    check_in_refused: str
    surveys: tuple[SurveyOffer, ...]


class RewardsService:
    """Gifts without a sale: each handler one transaction, and nothing is written where nothing is given."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    def view(self, member_id: MemberId) -> RewardsView:
        """What a member can be given today.

        Raises:
            KnownError: ``member.unknown``.
        """
        with self._context.ledger.read() as reader:
            visit = visit_of(self._context, reader, member_id)
        programme, today = visit.programme, visit.today

        def parts(pack_id: str) -> tuple[GiftPart, ...]:
            return pack_parts(programme.pack(pack_id), programme, today)

        _, refused = check_in_rules(visit)
        return RewardsView(
            tuple(rule.name for rule in due(visit)),
            tuple(
                CheckInOffer(
                    rule.name,
                    parts(rule.pack),
                    days_in_a_row(visit.customer.account.usage, today, rule),
                    rule.streak,
                    parts(rule.streak_pack),
                )
                for rule in programme.giving
                if isinstance(rule, CheckInGift)
            ),
            refused or "",
            tuple(
                SurveyOffer(rule.survey, rule.name, parts(rule.pack), survey_refusal(visit, rule) or "")
                for rule in programme.giving
                if isinstance(rule, SurveyGift)
            ),
        )

    def give_due(self, operator: Operator, member_id: MemberId) -> tuple[GivenGift, ...]:
        """Give what is due to a member who is recognised; asking again gives nothing more.

        Frozen and closed members get nothing, silently.

        Raises:
            KnownError: ``member.unknown``.
        """
        with self._context.ledger.read() as reader:
            if not due(visit_of(self._context, reader, member_id)):
                return ()  # most members on most days: no transaction
        with self._context.ledger.write(operator.staff_id) as tx:
            visit = visit_of(self._context, tx, member_id)
            rules = due(visit)
            if not rules:
                return ()
            record_id = RecordId(self._context.ids.new())
            return book_reward(tx, reward(visit, "birthday", rules, record_id), record_id, member_id)

    def check_in(self, operator: Operator, member_id: MemberId) -> tuple[GivenGift, ...]:
        """A member checks in for today.

        Raises:
            KnownError: ``member.unknown``, ``reward.check_in_done``, ``reward.not_now`` (with ``why``).
        """
        with self._context.ledger.write(operator.staff_id) as tx:
            visit = visit_of(self._context, tx, member_id)
            rules, refused = check_in_rules(visit)
            if refused == "check_in_done":
                raise KnownError("reward.check_in_done")
            if refused is not None:
                raise KnownError("reward.not_now", why=refused)
            record_id = RecordId(self._context.ids.new())
            return book_reward(tx, check_in(visit, rules, record_id), record_id, member_id)

    def survey(self, operator: Operator, member_id: MemberId, survey: str) -> tuple[GivenGift, ...]:
        """A member took part in a survey.

        Raises:
            KnownError: ``member.unknown``, ``reward.survey_unknown``, ``reward.survey_done``, ``reward.not_now`` (with
                ``why``).
        """
        with self._context.ledger.write(operator.staff_id) as tx:
            visit = visit_of(self._context, tx, member_id)
            asked = [each for each in visit.programme.giving if isinstance(each, SurveyGift) and each.survey == survey]
            if not asked:
                raise KnownError("reward.survey_unknown")
            reasons = [survey_refusal(visit, rule) for rule in asked]
            rules = [rule for rule, reason in zip(asked, reasons, strict=True) if reason is None]
            if not rules and reasons[0] == "survey_done":
                raise KnownError("reward.survey_done")
            if not rules:
                raise KnownError("reward.not_now", why=reasons[0])
            record_id = RecordId(self._context.ids.new())
            return book_reward(tx, reward(visit, "survey", rules, record_id), record_id, member_id)

    def goodwill(
        self, operator: Operator, approver: Operator | None, member_id: MemberId, points: Points, reason: str
    ) -> tuple[GivenGift, ...]:
        """Points that a person gives; what the member owes of points is repaid first.

        Raises:
            KnownError: ``permission.missing``, ``member.unknown``, ``reward.points_wrong`` (with ``limit``),
                ``reward.reason_needed`` (none, or too long a one), ``reward.not_now`` (with ``why``).
        """
        approved_by = granted_by(operator, approver, Permission.GIVE_POINTS)
        if not 1 <= points.count <= MAX_GOODWILL:
            raise KnownError("reward.points_wrong", limit=MAX_GOODWILL)
        why = " ".join(reason.split())
        if not why or len(why) > MAX_REASON:
            raise KnownError("reward.reason_needed", limit=MAX_REASON)
        with self._context.ledger.write(operator.staff_id) as tx:
            visit = visit_of(self._context, tx, member_id)
            refused = visit.refused()
            if refused not in (None, "programme_not_in_force"):
                raise KnownError("reward.not_now", why=refused)
            record_id = RecordId(self._context.ids.new())
            giver = Giver(visit.programme, record_id, visit.today)
            giver.open(visit.customer.account)
            who = visit.customer.member.member_id  # who they are by now
            place = giver.begin("", _GOODWILL_NAME, who, ())
            end = visit.programme.new_lot_expiry(visit.today)
            giver.give(PackLot(Asset.POINTS, points.count, "", LocalText(""), visit.today, end), who, place)
            given = giver.result()
            body = Rewarded("goodwill", given.gifts, given.moves, given.counts, approved_by, why)
            return book_reward(tx, body, record_id, member_id)


def visit_of(context: TillContext, reader: LedgerReader, member_id: MemberId) -> Visit:
    """A member at the counter now.

    Raises:
        KnownError: ``member.unknown``.
    """
    programme = context.programme()
    customer = context.customer(reader, member_id, programme)
    if customer is None:
        raise KnownError("member.unknown")
    return Visit(customer, programme, context.local_now(), context.today(), context.store)


def book_reward(tx: LedgerTx, body: Rewarded, record_id: RecordId, member_id: MemberId) -> tuple[GivenGift, ...]:
    """Write what was given, and say it."""
    if body.given or body.counted_for:
        tx.append(Entry(RecordKind.MEMBER_REWARDED, body, record_id, move_postings(body.moves), member_id))
    return tuple(
        GivenGift(gift.rule_id, gift.name, gift.account_id, parts_given(body.moves, place))
        for place, gift in enumerate(body.given)
    )
