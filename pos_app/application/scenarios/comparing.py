"""Say where an outcome differs from what a scenario expects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from pos_app.application.scenarios.coupons import COUPON_FIGURES, back_figures, quote_figures
from pos_app.application.scenarios.document import Scenario
from pos_app.application.scenarios.expected import Expected, LotLeft, RefundExpected
from pos_app.application.scenarios.giving import Held, StepExpected, StepOutcome, gift_figures
from pos_app.application.scenarios.outcome import Outcome, RefundOutcome
from pos_app.domain.ledger.bodies import Refund
from pos_app.domain.ledger.moves import Move, Purpose
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import MemberAccount
from pos_app.domain.money import Money, total
from pos_app.domain.programme.tiers import NextTier
from pos_app.domain.stored_value import balance_of
from pos_app.domain.tender import TenderKind
from pos_app.domain.text import LocalText

#: Stands for a figure that there is none of: no quote, no member, no sale.
NONE: Final = "–"
#: What ``reasons`` says of a benefit that was given.
APPLIED: Final = "applied"
#: Figures of which a scenario names those it means.
_BY_KEY: Final = (
    "saved_by",
    "reasons",
    "missing",
    "line_refusals",
    "usable",
    "uses_left",
    "stock",
    "gifts",
    "gift_reasons",
    "gift_missing",
    *COUPON_FIGURES,
)


class Difference(msgspec.Struct, frozen=True):
    """One figure that is not as expected.

    Attributes:
        place: Which, as the scenario names it.
        expected: In words.
        got: In words.
    """

    place: str
    expected: str
    got: str

    @property
    def text(self) -> LocalText:
        """The difference as a sentence."""
        return LocalText(
            f"{self.place}：应为 {self.expected}，实为 {self.got}",
            f"{self.place}: expected {self.expected}, got {self.got}",
        )


def differences(scenario: Scenario, outcome: Outcome) -> tuple[Difference, ...]:
    """Everything that is not as expected, in the order of the file's keys."""
    found: list[Difference] = []
    for number, (step, did) in enumerate(zip(scenario.before, outcome.before, strict=True), 1):
        found += _compare(f"before[{number}].", step.expect, _step_figures(did))
    found += _compare("", scenario.expect, sale_figures(outcome))
    if len(outcome.refunds) == len(scenario.refunds):
        for number, (wanted, got) in enumerate(zip(scenario.refunds, outcome.refunds, strict=True), 1):
            found += _compare(f"refunds[{number}].", wanted.expect, refund_figures(got))
    return tuple(found)


def _compare(
    prefix: str, expected: Expected | RefundExpected | StepExpected, got: Mapping[str, Any]
) -> Iterator[Difference]:
    if expected.refused is None and got["refused"]:
        yield Difference(f"{prefix}refused", NONE, _words(got["refused"]))
    for name in expected.__struct_fields__:
        wanted, actual = getattr(expected, name), got[name]
        if wanted is None:
            continue
        if name == "lots":
            wanted = _in_order(wanted)
        if isinstance(wanted, dict) and name not in ("earned", "given"):
            for key, value in wanted.items():
                there = actual.get(key, NONE)
                if there != value:
                    yield Difference(f"{prefix}{name}.{key}", _words(value), _words(there))
        elif actual != wanted:
            yield Difference(f"{prefix}{name}", _words(wanted), _words(actual))


def sale_figures(outcome: Outcome) -> dict[str, Any]:
    """Every figure of a sale that a scenario may expect, by its name there."""
    figures: dict[str, Any] = dict.fromkeys(Expected.__struct_fields__, NONE)
    figures.update(refused=outcome.refused, cards=outcome.cards, **{name: {} for name in _BY_KEY})
    quote, sale, offer = outcome.quote, outcome.sale, outcome.offer
    if quote is not None:
        figures.update(
            lines=tuple(line.amount for line in quote.lines),
            line_points=tuple(line.points.count for line in quote.lines),
            regular=quote.regular_total,
            saved=quote.saved,
            payable=quote.payable,
            earned={each.rule_id: each.points.count for each in quote.earned},
            points_earned=quote.points_earned.count,
            capped={each.cap_id: each.cut.count for each in quote.capped},
            multiplied=tuple(each.rule_id for each in quote.multipliers),
            points_usable=offer.points.count if offer else 0,
            points_value=offer.value if offer else Money(0),
            points_why_not=offer.reason if offer else "",
            saved_by={each.benefit_id: each.saved for each in quote.benefits},
            reasons={each.benefit_id: each.reason or APPLIED for each in quote.benefits},
            **quote_figures(quote),
            missing={each.benefit_id: each.missing for each in quote.benefits if each.missing is not None},
            notice=quote.notice,
            recharged=tuple(each.bonus for each in quote.recharges),
            stored_usable=quote.stored.amount if quote.stored else Money(0),
            stored_why_not=quote.stored.reason if quote.stored else "",
            points_paid=quote.points_price.count,
            line_refusals={str(line.line_no): line.refused or "-" for line in quote.lines},
            usable=_summed((each.source_id, each.most) for each in quote.uses),
            **gift_figures(quote),
            tier=quote.tier.tier_id if quote.tier else "",
            tier_after=quote.tier_after.tier_id if quote.tier_after else "",
            next_tier=quote.next_tier.tier.tier_id if quote.next_tier else "",
            next_spend=quote.next_tier.spend_missing if quote.next_tier else NONE,
            next_visits=quote.next_tier.visits_missing if quote.next_tier else NONE,
            next_points=_points_of(quote.next_tier),
            tier_until=quote.tier_term.until if quote.tier_term else NONE,
        )
        keep = quote.tier_term.keep if quote.tier_term else None
        if keep is not None:
            figures.update(keep_spend=keep.spend_missing, keep_visits=keep.visits_missing, keep_points=_points_of(keep))
    if sale is not None:
        figures.update(change=sale.change, prepaid=sale.prepaid)
        figures["drawn"] = tuple(each.prizes[each.given] for each in sale.draws)
        if sale.member is not None:
            figures.update(repaid=sale.member.repaid.count, expiring=sale.member.expiring.count)
    figures.update(_account_figures(outcome.account, outcome.today))
    figures.update(uses_left=outcome.uses_left, stock=outcome.stock, coupons_left=outcome.coupons_left)
    figures.update(_held(outcome.held))
    return figures


def _step_figures(outcome: StepOutcome) -> dict[str, Any]:
    return {
        "refused": outcome.refused,
        "given": outcome.given,
        "balance": outcome.balance,
        "wallet": outcome.held.wallet,
        "referrer": outcome.held.referrer,
    }


def _held(held: Held) -> dict[str, Any]:
    return {"wallet": held.wallet, "owed": held.owed, "referrer": held.referrer}


def _points_of(way: NextTier | None) -> Any:
    if way is None:
        return NONE
    return None if way.points_missing is None else way.points_missing.count


def refund_figures(outcome: RefundOutcome) -> dict[str, Any]:
    """Every figure of a refund that a scenario may expect, by its name there."""
    figures: dict[str, Any] = dict.fromkeys(RefundExpected.__struct_fields__, NONE)
    figures.update(refused=outcome.refused, tier=outcome.tier, cards=outcome.cards)
    figures.update(uses_left=outcome.uses_left, stock=outcome.stock, coupons_left=outcome.coupons_left)
    figures.update(_held(outcome.held))
    refund = outcome.refund
    if refund is not None:
        paid = {kind: total(tender.amount for tender in refund.tenders if tender.kind is kind) for kind in TenderKind}
        figures.update(
            amount=refund.amount,
            coupons_back=back_figures(refund),
            cash=paid[TenderKind.CASH],
            card=paid[TenderKind.BANK_CARD],
            mobile=paid[TenderKind.MOBILE],
            stored_value=paid[TenderKind.STORED_VALUE],
            gift_card=paid[TenderKind.GIFT_CARD],
            spent=total(line.spent for line in refund.lines),
            bonus_spent=total(line.bonus_spent for line in refund.lines),
        )
        member = refund.member
        figures.update(
            points_back=points_back(refund),
            points_taken=member.taken_back.count if member else 0,
            points_owed=member.owed.count if member else 0,
            grace_points=_grace_points(refund),
        )
    account = _account_figures(outcome.account, outcome.today)
    figures.update({name: value for name, value in account.items() if name in figures})
    return figures


def points_back(refund: Refund) -> int:
    """Points given back, of those that paid and of those that lines cost."""
    paid = sum(part.points.count for part in refund.member.given_back) if refund.member else 0
    lines = sum(move.amount for move in _spent_by_lines(refund) if not move.makes_lot)
    return paid + lines + _grace_points(refund)


def _grace_points(refund: Refund) -> int:
    """Of those: what lies in lots that live a little longer."""
    member = refund.member
    paid = sum(lot.points.count for lot in member.grace_lots) if member else 0
    return paid + sum(move.amount for move in _spent_by_lines(refund) if move.makes_lot)


def _spent_by_lines(refund: Refund) -> list[Move]:
    return [move for move in refund.moves if move.asset is Asset.POINTS and move.purpose is Purpose.REDEEMED]


def _summed(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Several lots of one card are one figure."""
    sums: dict[str, int] = {}
    for key, value in pairs:
        sums[key] = sums.get(key, 0) + value
    return sums


def _in_order(lots: Iterable[LotLeft]) -> tuple[LotLeft, ...]:
    """Earliest end first; those that end together by what is in them, for their ids tell nothing."""
    return tuple(sorted(lots, key=lambda lot: (lot.expires_on or dt.date.max, lot.points)))


def _account_figures(account: MemberAccount | None, today: dt.date) -> dict[str, Any]:
    if account is None:
        return {}
    stored = balance_of(account, today)
    return {
        "principal": stored.principal,
        "bonus": stored.bonus,
        "balance": account.balance(today).count,
        "spendable": account.spendable(today).count,
        "receivable": account.receivable,
        "lots": _in_order(LotLeft(lot.available, lot.expires_on) for lot in account.lots if lot.is_spendable(today)),
    }


def _words(value: object) -> str:
    match value:
        case Money():
            return value.plain()
        case LotLeft():
            return f"{value.points} ({value.expires_on or '∞'})"
        case tuple():
            return f"[{', '.join(_words(each) for each in value)}]"
        case dict():
            return "{" + ", ".join(f"{key} = {_words(each)}" for key, each in value.items()) + "}"
        case "":
            return '""'
        case _:
            return str(value)
