"""Coupons of a bill: which are used, what each is worth, and which to use so that the bill is lowest.

Coupons that are alike are computed once, and from the amounts already priced; benefits are combined again only where
a coupon turns off a group of which a benefit was used. See ``pos_app/decisions/018-coupons-are-chosen.md``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from pos_app.domain.ids import LotId, MemberId
from pos_app.domain.member import MemberAccount, shared_of
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket, Used
from pos_app.domain.pricing.coupon_choice import Counts, best_counts
from pos_app.domain.pricing.coupon_layer import CouponLines, CouponUsed
from pos_app.domain.pricing.coupon_offers import CouponOffer, CouponUse
from pos_app.domain.pricing.coupon_wallet import Alike, Turn, sort_out
from pos_app.domain.pricing.lines import PricedLine
from pos_app.domain.pricing.quote import BenefitOutcome, ReductionKind, UseOffer
from pos_app.domain.programme.coupons import Coupon
from pos_app.domain.programme.document import Conditions, Programme
from pos_app.domain.text import LocalText


def goes_with(one: Coupon, other: Coupon) -> bool:
    """Whether two coupons can be used in one bill; a coupon goes with itself as often as its uses allow."""
    return not _clash(one, other)


def _clash(one: Coupon, other: Coupon) -> str:
    if one.coupon_id == other.coupon_id:
        return ""
    if one.alone or other.alone:
        return "coupon_alone"
    return "coupon_group" if one.group and one.group == other.group else ""


class Priced(NamedTuple):
    """Lines before any coupon, with what became of each benefit and of uses bought ahead."""

    lines: list[PricedLine]
    benefits: tuple[BenefitOutcome, ...]
    gap: int
    uses: tuple[UseOffer, ...]


class Outcome(NamedTuple):
    """A bill with coupons.

    Attributes:
        priced: Before them.
        lines: As the layer saw them.
        uses: What they take off.
        refused: Why what was chosen is not used, by coupon.
        payable: With them.
    """

    priced: Priced
    lines: CouponLines
    uses: tuple[CouponUsed, ...]
    refused: Mapping[str, str]
    payable: int

    def count(self, coupon_id: str) -> int:
        """How often a coupon is used."""
        return sum(each.coupon_id == coupon_id for each in self.uses)


class CouponBill:
    """The coupons of one bill."""

    def __init__(
        self,
        programme: Programme,
        basket: Basket,
        account: MemberAccount | None,
        bearers: Mapping[MemberId, MemberAccount],
        today: dt.date,
        refusal: Callable[[Conditions], str | None],
        before: Callable[[frozenset[str]], Priced],
        *,
        in_force: bool,
    ) -> None:
        """Take in what there is.

        Args:
            programme: The rules.
            basket: With what was chosen.
            account: The member's.
            bearers: Accounts of coupons that belong to whoever has their code, those the basket uses.
            today: Business date.
            refusal: Why conditions do not hold here and now.
            before: Prices the lines without coupons, benefits of the named groups off.
            in_force: Whether the programme is in force.
        """
        self._programme, self._account, self._today = programme, account, today
        self._refusal, self._before, self._in_force = refusal, before, in_force
        self._coupons = {coupon.coupon_id: coupon for coupon in programme.coupons}
        self._states: dict[frozenset[str], tuple[Priced, CouponLines]] = {}
        self._outcomes: dict[tuple[tuple[str, int], ...], Outcome] = {}
        self._worths: dict[str, tuple[int, str]] = {}
        self._alike = sort_out(basket.used, account, bearers, programme, today)
        self._reasons = {id(each): self._reason(each) for each in self._alike}
        self._chosen = self._wanted(lambda each: each.chosen_count)
        self.outcome = self.with_uses(self._chosen)

    def take_off(self) -> tuple[CouponUse, ...]:
        """Take the chosen coupons off the lines of :attr:`outcome`; what was used of which lot."""
        outcome = self.outcome
        turns = {coupon_id: iter(self._turns(coupon_id, is_chosen=True)) for coupon_id in self._chosen}
        result: list[CouponUse] = []
        for use in outcome.uses:
            coupon = self._coupons[use.coupon_id]
            for place, fen in use.parts:
                outcome.lines.lines[place].take_off(ReductionKind.COUPON, use.coupon_id, coupon.name, fen)
            turn = next(turns[use.coupon_id])
            numbers = (outcome.lines.lines[place].basket_line.line_no for place, _ in use.parts)
            result.append(
                CouponUse(
                    use.coupon_id, coupon.name, Money(use.off), tuple(sorted(numbers)), turn.holding, turn.account_id
                )
            )
        return tuple(result)

    def offers(self) -> tuple[CouponOffer, ...]:
        """Every coupon there is, with what it is worth: the best first, the first to end among equals."""
        found = [self._offer(each) for each in self._alike]
        return tuple(
            sorted(
                found,
                key=lambda each: (
                    -each.worth.minor,
                    each.expires_on or dt.date.max,
                    each.coupon_id,
                    each.account_id is not None,
                    each.lots,
                ),
            )
        )

    def best(self) -> tuple[Used, ...]:
        """The coupons to use so that the bill is lowest; of equals the fewest, then those that end first."""
        available = self._wanted(self._size)
        counts = best_counts(
            {
                coupon_id: min(count, self._coupons[coupon_id].per_bill)
                for coupon_id, count in sorted(available.items(), key=lambda each: self._ends(each[0]))
            },
            self._cost,
            self._replacing,
        )
        result: dict[tuple[str, LotId | None], Used] = {}
        for coupon_id, count in counts.items():
            for turn in self._turns(coupon_id, is_chosen=False)[:count]:
                key = (coupon_id, turn.holding.lot_id if turn.holding else None)
                uses = result[key].count + 1 if key in result else 1
                result[key] = Used(coupon_id, key[1], None if turn.is_own else turn.account_id, uses)
        return tuple(result.values())

    def with_uses(self, counts: Counts) -> Outcome:
        """The bill with so many uses of each coupon at most; what goes together follows the programme's order."""
        key = tuple(sorted((coupon_id, count) for coupon_id, count in counts.items() if count))
        known = self._outcomes.get(key)
        if known is None:
            known = self._outcomes[key] = self._settle(dict(key))
        return known

    def _settle(self, counts: dict[str, int]) -> Outcome:
        """Leave away what cannot be used together, then what takes nothing off, until all that is left is used."""
        refused: dict[str, str] = {}
        while True:
            admitted = self._admitted(counts, refused)
            groups = frozenset(self._coupons[coupon_id].group for coupon_id in admitted) - {""}
            priced, lines = self._state(groups)
            uses = lines.use(admitted, self._programme)
            used = {each.coupon_id for each in uses}
            idle = [coupon_id for coupon_id in admitted if coupon_id not in used]
            for coupon_id in idle:
                refused[coupon_id] = self._why_idle(coupon_id, lines)
                del counts[coupon_id]
            if not idle:
                payable = lines.payable - sum(each.off for each in uses)
                return Outcome(priced, lines, uses, refused, payable)
            for coupon_id in counts:
                refused.pop(coupon_id, None)  # what kept it away may be gone

    def _admitted(self, counts: Mapping[str, int], refused: dict[str, str]) -> dict[str, int]:
        admitted: dict[str, int] = {}
        for coupon in self._programme.coupons:
            count = counts.get(coupon.coupon_id, 0)
            if not count:
                continue
            clash = self._clash(coupon, admitted)
            if clash:
                refused[coupon.coupon_id] = clash
            else:
                admitted[coupon.coupon_id] = min(count, coupon.per_bill)
        return admitted

    def _clash(self, coupon: Coupon, others: Iterable[str]) -> str:
        for each in others:
            clash = _clash(coupon, self._coupons[each])
            if clash:
                return clash
        return ""

    def _replacing(self, counts: Counts, coupon_id: str) -> dict[str, int]:
        """One more use of a coupon, without those it does not go together with."""
        coupon = self._coupons[coupon_id]
        kept = {each: count for each, count in counts.items() if not self._clash(coupon, (each,))}
        return {**kept, coupon_id: min(kept.get(coupon_id, 0) + 1, coupon.per_bill)}

    def _state(self, groups: frozenset[str]) -> tuple[Priced, CouponLines]:
        """The lines before coupons with groups off; as without that where none of their benefits was used."""
        known = self._states.get(groups)
        if known is None:
            free = self._state(frozenset()) if groups else None
            if free is not None and not groups & self._groups_used(free[0]):
                known = free
            else:
                priced = self._before(groups)
                lines = [line for line in priced.lines if not line.is_covered]
                known = priced, CouponLines(lines, self._programme)
            self._states[groups] = known
        return known

    def _groups_used(self, priced: Priced) -> set[str]:
        return {
            benefit.group
            for benefit, outcome in zip(self._programme.benefits, priced.benefits, strict=True)
            if outcome.applied
        }

    def _cost(self, counts: Counts) -> tuple[int, int, tuple[int, ...]]:
        """What makes a choice better: what is to pay, how many are used, how soon they end."""
        outcome = self.with_uses(counts)
        return outcome.payable, len(outcome.uses), tuple(self._ends(each.coupon_id)[0] for each in outcome.uses)

    def _ends(self, coupon_id: str) -> tuple[int, str]:
        days = (each.ends.toordinal() for each in self._alike if each.coupon_id == coupon_id)
        return min(days, default=dt.date.max.toordinal()), coupon_id

    def _why_idle(self, coupon_id: str, lines: CouponLines) -> str:
        coupon = self._coupons[coupon_id]
        if not lines.covered(coupon):
            return "no_goods"
        if lines.missing(coupon, 0) is not None:
            return "not_enough"
        if lines.use({coupon_id: 1}, self._programme):
            return "coupon_nothing_left"
        return "not_enough" if sum(lines.rooms[place] for place in lines.covered(coupon)) else "coupon_nothing_left"

    def _reason(self, alike: Alike) -> str:
        """Why these coupons cannot be used whatever is in the basket, or empty."""
        coupon = self._coupons.get(alike.coupon_id)
        if not self._in_force:
            return "programme_not_in_force"
        if coupon is None:
            return "coupon_unknown"
        if alike.is_gone:
            return "coupon_gone"
        if alike.holdings:
            first, last = alike.holdings[0].made_on, alike.holdings[0].expires_on
            if last is not None and last < self._today:
                return "coupon_expired"
        else:
            first, last = coupon.validity.from_date or dt.date.min, coupon.validity.to_date
            if last is not None and last < self._today:
                return "over"
            if coupon.per_member is not None and self._account is None:
                return "members_only"
            if coupon.per_member is not None and self._had(coupon) >= coupon.per_member:
                return "coupon_used_up"
        if first > self._today:
            return "not_yet"
        return self._refusal(coupon.conditions) or ""

    def _had(self, coupon: Coupon) -> int:
        return self._account.used(shared_of(coupon.coupon_id), dt.date.min) if self._account is not None else 0

    def _size(self, alike: Alike) -> int:
        """How many uses there are of coupons that are alike."""
        if alike.holdings:
            return sum(each.amount for each in alike.holdings)
        coupon = self._coupons.get(alike.coupon_id)
        if coupon is None or alike.is_gone:
            return 0
        chosen = alike.chosen_count
        return chosen if coupon.per_member is None else min(chosen, coupon.per_member - self._had(coupon))

    def _wanted(self, count: Callable[[Alike], int]) -> dict[str, int]:
        """By coupon that can be used: a count summed over those that are alike."""
        counts: dict[str, int] = {}
        for each in self._alike:
            if not self._reasons[id(each)]:
                wanted = min(count(each), self._size(each))
                counts[each.coupon_id] = counts.get(each.coupon_id, 0) + wanted
        return {coupon_id: wanted for coupon_id, wanted in counts.items() if wanted > 0}

    def _turns(self, coupon_id: str, *, is_chosen: bool) -> list[Turn]:
        """From where uses of a coupon are taken, one entry for each use; what ends first comes first."""
        mine = [each for each in self._alike if each.coupon_id == coupon_id and not self._reasons[id(each)]]
        result: list[Turn] = []
        own = self._account.member_id if self._account is not None else None
        for each in sorted(mine, key=lambda each: each.ends):
            if each.holdings:
                is_own = each.account_id is None
                result += [
                    Turn(holding, own if is_own else each.account_id, is_own)
                    for holding in each.turns(is_chosen=is_chosen)
                ]
            else:
                result += [Turn()] * self._size(each)
        return result

    def _offer(self, alike: Alike) -> CouponOffer:
        coupon = self._coupons.get(alike.coupon_id)
        reason, outcome = self._reasons[id(alike)], self.outcome
        worth = used = off = 0
        missing: int | None = None
        ends = alike.holdings[0].expires_on if alike.holdings else coupon.validity.to_date if coupon else None
        if coupon is not None and not reason:
            used, off = self._used_of(alike)
            total = outcome.count(coupon.coupon_id)
            if used:
                less = {each: outcome.count(each) for each in self._chosen}
                less[coupon.coupon_id] -= 1
                worth = self.with_uses(less).payable - outcome.payable
            else:
                worth, reason = self._worth(coupon)
            missing = outcome.lines.missing(coupon, total) if total < coupon.per_bill else None
        return CouponOffer(
            coupon_id=alike.coupon_id,
            name=coupon.name if coupon is not None else LocalText(alike.coupon_id),
            worth=Money(worth),
            used=used,
            count=sum(each.amount for each in alike.holdings),
            off=Money(off),
            reason=reason,
            missing=None if missing is None else Money(missing),
            expires_on=ends,
            lots=tuple(each.lot_id for each in alike.holdings),
            account_id=alike.account_id,
            shared_code=coupon.shared_code if coupon is not None and not alike.holdings else "",
        )

    def _used_of(self, alike: Alike) -> tuple[int, int]:
        """How many uses of coupons that are alike are used, and what they take off."""
        mine = {each.lot_id for each in alike.holdings}
        uses = [each for each in self.outcome.uses if each.coupon_id == alike.coupon_id]
        turns = self._turns(alike.coupon_id, is_chosen=True)
        offs = [
            use.off
            for use, turn in zip(uses, turns, strict=False)
            if (turn.holding.lot_id in mine if turn.holding is not None else not mine)
        ]
        return len(offs), sum(offs)

    def _worth(self, coupon: Coupon) -> tuple[int, str]:
        """What one more use would save, and why it could not or should not be used; asked once for all of a kind."""
        known = self._worths.get(coupon.coupon_id)
        if known is None:
            known = self._worths[coupon.coupon_id] = self._find_worth(coupon)
        return known

    def _find_worth(self, coupon: Coupon) -> tuple[int, str]:
        outcome = self.outcome
        now = {each.coupon_id: outcome.count(each.coupon_id) for each in outcome.uses}
        clash = self._clash(coupon, now)
        full = now.get(coupon.coupon_id, 0) >= coupon.per_bill
        if full:
            return 0, "coupon_per_bill"
        more = self.with_uses(self._replacing(now, coupon.coupon_id))
        worth = outcome.payable - more.payable
        if more.count(coupon.coupon_id) <= now.get(coupon.coupon_id, 0):
            return 0, more.refused.get(coupon.coupon_id) or self._why_no_more(coupon, now)
        return worth, clash or ("better_offer" if worth <= 0 else "")

    def _why_no_more(self, coupon: Coupon, now: Mapping[str, int]) -> str:
        lacks = self.outcome.lines.missing(coupon, now.get(coupon.coupon_id, 0)) is not None
        return "not_enough" if lacks else "coupon_nothing_left"
