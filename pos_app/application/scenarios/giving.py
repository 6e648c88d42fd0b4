"""What scenarios have of gifts: what is done before the sale, who brought the member, and what everybody then holds."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from uuid import UUID

import msgspec

from pos_app.application.scenarios.had import Had
from pos_app.application.scenarios.part import Part
from pos_app.domain.ledger.lots import Base
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.ledger.reward_bodies import Rewarded
from pos_app.domain.member import Lot, MemberAccount, MemberStatus, Usage
from pos_app.domain.money import Money
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.giving import SurveyGift
from pos_app.domain.rewards import Visit, check_in, check_in_rules, due, reward, survey_refusal, welcome
from pos_app.errors import KnownError

#: What ``gift_reasons`` says of a gift that is given.
GIVEN = "given"


class Done(enum.StrEnum):
    """What a member can do at the counter without buying."""

    SIGN_UP = "sign_up"
    RECOGNISED = "recognised"
    CHECK_IN = "check_in"
    SURVEY = "survey"


class StepExpected(Part, frozen=True):
    """What something done before the sale must do; what is not named is not checked.

    Attributes:
        refused: The code of the refusal.
        given: How often each rule gives; an empty table: nothing is given.
        balance: Points afterwards.
        wallet: As for the sale.
        referrer: As for the sale.
    """

    refused: str | None = None
    given: dict[str, int] | None = None
    balance: int | None = None
    wallet: Mapping[str, int] = {}
    referrer: Mapping[str, int] = {}


class Step(Part, frozen=True):
    """Something the member does before the sale.

    Attributes:
        do: ``sign_up``, ``recognised`` (at the counter: what is due is given), ``check_in`` or ``survey``.
        moment: Local date and time; the sale's, where it is not given.
        survey: Which survey.
        expect: What it must do.
    """

    do: Done
    moment: dt.datetime | None = None
    survey: str = ""
    expect: StepExpected = StepExpected()


class BroughtBy(Part, frozen=True):
    """The member who brought the one who buys.

    Attributes:
        status: active, temporary, frozen or closed.
        joined_on: Day of sign-up.
        points: Points in a lot without end.
        receivable: Points owed.
        had: What the referrer had by day.
        same_phone: Whether both have the same phone number.
        brought_by_member: Whether the member brought the referrer, too.
    """

    status: MemberStatus = MemberStatus.ACTIVE
    joined_on: dt.date = dt.date(2000, 1, 1)
    points: int = 0
    receivable: int = 0
    had: tuple[Had, ...] = ()
    same_phone: bool = False
    brought_by_member: bool = False


class Held(msgspec.Struct, frozen=True):
    """What everybody has and owes at a moment.

    Attributes:
        wallet: Of the member: ``bonus`` in fen, ``coupon:<id>`` and ``use:<id>`` in uses, usable yet or not.
        owed: What the member owes, under the same names.
        referrer: Of the referrer: ``points``, ``receivable``, and as for the member.
    """

    wallet: Mapping[str, int] = {}
    owed: Mapping[str, int] = {}
    referrer: Mapping[str, int] = {}


class StepOutcome(msgspec.Struct, frozen=True):
    """What something done before the sale did.

    Attributes:
        refused: The code of the refusal, or empty.
        given: How often each rule gave.
        balance: Points afterwards.
        held: What everybody has afterwards.
    """

    refused: str
    given: dict[str, int]
    balance: int
    held: Held


def what_step_gives(step: Step, visit: Visit, record: UUID) -> Rewarded:
    """What the till would write.

    Raises:
        KnownError: As the till: ``reward.check_in_done``, ``reward.not_now``, ``reward.survey_unknown``,
            ``reward.survey_done``.
    """
    match step.do:
        case Done.SIGN_UP:
            return welcome(visit, record)
        case Done.RECOGNISED:
            return reward(visit, "birthday", due(visit), record)
        case Done.CHECK_IN:
            rules, refused = check_in_rules(visit)
            if refused is not None:
                raise KnownError("reward.check_in_done" if refused == "check_in_done" else "reward.not_now")
            return check_in(visit, rules, record)
        case Done.SURVEY:
            asked = [
                rule for rule in visit.programme.giving if isinstance(rule, SurveyGift) and rule.survey == step.survey
            ]
            if not asked:
                raise KnownError("reward.survey_unknown")
            reasons = [survey_refusal(visit, rule) for rule in asked]
            speaking = [rule for rule, reason in zip(asked, reasons, strict=True) if reason is None]
            if not speaking:
                raise KnownError("reward.survey_done" if reasons[0] == "survey_done" else "reward.not_now")
            return reward(visit, "survey", speaking, record)


def base_of_referrer(told: BroughtBy, lots: tuple[Lot, ...]) -> Base:
    """What head office says of a referrer."""
    return Base(
        lots=lots, receivable=told.receivable, usage=tuple(Usage(each.what, each.on, each.amount) for each in told.had)
    )


def held_by(
    account: MemberAccount | None, referrer: MemberAccount | None, programme: Programme, today: dt.date
) -> Held:
    """What a member and a referrer have; zero where it is nothing. What has ended is of nobody, booked or not."""
    wallet, owed = _holdings(account, programme, today)
    theirs, debts = _holdings(referrer, programme, today)
    if referrer is not None:
        theirs |= {"points": referrer.balance(today).count, "receivable": referrer.receivable}
        theirs |= {f"owed {name}": amount for name, amount in debts.items() if amount}
    return Held(wallet, owed, theirs)


def _holdings(
    account: MemberAccount | None, programme: Programme, today: dt.date
) -> tuple[dict[str, int], dict[str, int]]:
    names = ["bonus", *(f"coupon:{each.coupon_id}" for each in programme.coupons)]
    names += [f"use:{each.card_id}" for each in programme.count_cards]
    held, owed = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    if account is None:
        return {}, {}
    alive = (each for each in account.wallet if each.expires_on is None or each.expires_on >= today)
    for sums, holdings in ((held, alive), (owed, account.owed)):
        for each in holdings:
            name = (
                f"{each.asset.value}:{each.source_id}" if each.asset in (Asset.COUPON, Asset.USE) else each.asset.value
            )
            sums[name] = sums.get(name, 0) + each.amount
    return held, owed


def gift_figures(quote: Quote) -> dict[str, dict[str, int] | dict[str, str] | dict[str, Money]]:
    """What a quote says of gifts; of both sides of a referral together under its one name."""
    times: dict[str, int] = {}
    reasons: dict[str, str] = {}
    missing: dict[str, Money] = {}
    for each in quote.gifts:
        times[each.rule_id] = times.get(each.rule_id, 0) + each.times
        reasons.setdefault(each.rule_id, each.reason or GIVEN)
        if each.missing is not None:
            missing.setdefault(each.rule_id, each.missing)
    return {"gifts": times, "gift_reasons": reasons, "gift_missing": missing}
