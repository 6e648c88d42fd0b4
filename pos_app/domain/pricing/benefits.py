"""The benefits of a basket: which are open, which combination costs least, what became of each.

How benefits go together is said in ``programme.benefits``. Here lines are sorted by what they are, so that nothing
depends on the order of scanning, and fall into parts that no item benefit connects; ``packing`` finds the sets of
pieces in a part, ``choosing`` weighs outcomes of parts where a threshold depends on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from pos_app.domain.member import Member
from pos_app.domain.money import Money
from pos_app.domain.pricing.bill import BillRule, reductions
from pos_app.domain.pricing.combining import Basis, Solution, solve
from pos_app.domain.pricing.lines import PricedLine
from pos_app.domain.pricing.quote import BenefitOutcome, ReductionKind
from pos_app.domain.pricing.rule_index import index_of
from pos_app.domain.programme.benefits import Benefit
from pos_app.domain.programme.document import Conditions, Programme

_KINDS: Final[Mapping[str, ReductionKind]] = {
    "MemberPrice": ReductionKind.MEMBER_PRICE,
    "Discount": ReductionKind.DISCOUNT,
    "SpecialPrice": ReductionKind.SPECIAL_PRICE,
    "NthItem": ReductionKind.NTH_ITEM,
    "BuyGet": ReductionKind.BUY_GET,
    "Bundle": ReductionKind.BUNDLE,
    "CheapestFree": ReductionKind.CHEAPEST_FREE,
    "Threshold": ReductionKind.THRESHOLD,
}


_NONE: Final[frozenset[int]] = frozenset()


def apply_benefits(
    lines: Sequence[PricedLine],
    programme: Programme,
    member: Member | None,
    refusal: Callable[[Conditions], str | None],
    *,
    in_force: bool,
    without: frozenset[str] = frozenset(),
) -> tuple[tuple[BenefitOutcome, ...], int]:
    """Take off the lines what the best allowed combination of benefits gives.

    Args:
        lines: Of the basket, nothing taken off yet.
        programme: The rules.
        member: Whose basket it is.
        refusal: Why conditions do not hold here and now.
        in_force: Whether the programme is in force.
        without: Groups of which no benefit is used, because a coupon of them is.

    Returns:
        Of each benefit what it saved or why it did not, and by how much a lower price could not be ruled out.
    """
    reasons = tuple(
        [_refusal(each, member, refusal) if in_force else "programme_not_in_force" for each in programme.benefits]
    )
    excluded = frozenset(n for n, each in enumerate(programme.benefits) if each.group in without) if without else _NONE
    takers = [line for line in lines if line.basket_line.override is None and line.basket_line.product.is_discountable]
    basis = Basis(index_of(programme).situation(reasons), takers, excluded)
    solution = solve(basis)
    saved = _take_off(basis, solution, programme.benefits)
    outcomes = list(basis.situation.outcomes)
    for n in excluded:
        if reasons[n] is None:
            benefit = programme.benefits[n]
            outcomes[n] = BenefitOutcome(benefit.benefit_id, benefit.name, Money(0), "coupon_instead")
    for n in basis.relevant:
        outcomes[n] = _outcome(n, programme.benefits, basis, solution, saved)
    return tuple(outcomes), solution.payable - solution.bound


def _refusal(benefit: Benefit, member: Member | None, refusal: Callable[[Conditions], str | None]) -> str | None:
    if benefit.for_members and member is None:
        return "members_only"
    return refusal(benefit.conditions)


def _take_off(basis: Basis, solution: Solution, benefits: Sequence[Benefit]) -> dict[int, int]:
    """Take the solution off the lines; what each benefit took off in all."""
    saved: dict[int, int] = {}
    for n, place, fen in _all_parts(basis, solution):
        benefit = benefits[n]
        basis.lines[place].take_off(_KINDS[type(benefit).__name__], benefit.benefit_id, benefit.name, fen)
        saved[n] = saved.get(n, 0) + fen
    return saved


def _all_parts(basis: Basis, solution: Solution) -> Iterator[tuple[int, int, int]]:
    """What is taken off, layer by layer: benefit, line, fen."""
    yield from solution.price
    yield from sorted(solution.items)
    for n, parts in reductions(solution.bill_rules, solution.amounts, basis.bill.floors, basis.bill.cap):
        for place, fen in parts:
            yield n, place, fen


def _outcome(
    n: int, benefits: Sequence[Benefit], basis: Basis, solution: Solution, saved: Mapping[int, int]
) -> BenefitOutcome:
    """What became of an open benefit that speaks of some line."""
    benefit, off = benefits[n], saved.get(n, 0)
    missing, reason = None, ""
    rule = basis.bill_rules.get(n)
    if rule is not None:
        # What its group takes off already it would take the place of.
        replaced = sum(fen for m, fen in saved.items() if benefit.group and benefits[m].group == benefit.group)
        missing = _missing(rule, rule.base(solution.amounts), off, replaced)
    if not off:
        if rule is None:
            reason = basis.why_not(n)
        else:
            reached = rule.off(rule.base(solution.amounts)) or rule.off(rule.base(basis.regular()))
            reason = "better_offer" if reached else "not_enough"
    return BenefitOutcome(benefit.benefit_id, benefit.name, Money(off), reason, missing)


def _missing(rule: BillRule, base: int, off: int, replaced: int) -> Money | None:
    """What is still to be bought until a threshold takes more off than now; None where nothing leads there."""
    if rule.off(base) and not off and not replaced:
        return None  # it is reached, and something else is in its way
    reach = rule.next_reach(base)
    while reach is not None and rule.off(reach) <= replaced:
        reach = rule.next_reach(reach)
    return None if reach is None else Money(reach - base)
