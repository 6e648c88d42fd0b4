"""The benefits of a basket: which are open, which combination costs least, what became of each.

How benefits go together is said in ``programme.benefits``. Here lines are sorted by what they are, so that nothing
depends on the order of scanning, and fall into parts that no item benefit connects; ``packing`` finds the sets of
pieces in a part, ``choosing`` weighs outcomes of parts where a threshold depends on them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from pos_app.domain.member import Member
from pos_app.domain.money import Money
from pos_app.domain.pricing.bill import reductions
from pos_app.domain.pricing.combining import Basis, Solution, solve
from pos_app.domain.pricing.lines import PricedLine
from pos_app.domain.pricing.quote import BenefitOutcome, ReductionKind
from pos_app.domain.pricing.rule_index import index_of
from pos_app.domain.programme.benefits import Benefit
from pos_app.domain.programme.document import Conditions, Programme

#: Combinations of groups tried, times lines: beyond it, of each group the benefit that saves most alone is taken.
_GROUP_STEPS: Final = 200
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


def apply_benefits(
    lines: Sequence[PricedLine],
    programme: Programme,
    member: Member | None,
    refusal: Callable[[Conditions], str | None],
    *,
    in_force: bool,
) -> tuple[tuple[BenefitOutcome, ...], int]:
    """Take off the lines what the best allowed combination of benefits gives.

    Args:
        lines: Of the basket, nothing taken off yet.
        programme: The rules.
        member: Whose basket it is.
        refusal: Why conditions do not hold here and now.
        in_force: Whether the programme is in force.

    Returns:
        Of each benefit what it saved or why it did not, and by how much a lower price could not be ruled out.
    """
    reasons: dict[int, str] = {}
    for index, benefit in enumerate(programme.benefits):
        reason = _refusal(benefit, member, refusal) if in_force else "programme_not_in_force"
        if reason is not None:
            reasons[index] = reason
    takers = sorted(
        (line for line in lines if line.basket_line.override is None and line.basket_line.product.is_discountable),
        key=lambda line: line.sort_key,
    )
    basis = Basis(index_of(programme), takers, reasons.keys())
    solution, bound = _best(basis, programme.benefits)
    saved = _take_off(basis, solution, programme.benefits)
    outcomes = tuple(
        _outcome(n, benefit, basis, solution, saved, reasons.get(n)) for n, benefit in enumerate(programme.benefits)
    )
    return outcomes, max(0, solution.payable - bound)


def _refusal(benefit: Benefit, member: Member | None, refusal: Callable[[Conditions], str | None]) -> str | None:
    if benefit.for_members and member is None:
        return "members_only"
    return refusal(benefit.conditions)


def _best(basis: Basis, benefits: Sequence[Benefit]) -> tuple[Solution, int]:
    """The best solution that leaves one benefit of each group at most, and a bound that none is below."""
    groups: dict[str, list[int]] = {}
    for n in sorted(basis.relevant):
        if benefits[n].group:
            groups.setdefault(benefits[n].group, []).append(n)
    contested = [members for members in groups.values() if len(members) > 1]
    free = solve(basis, basis.relevant)
    if not contested:
        return free, free.bound
    others = basis.relevant.difference(*contested)
    combinations = 1
    for members in contested:
        combinations *= len(members)
    if combinations * max(1, len(basis.lines)) <= _GROUP_STEPS:
        solutions = [solve(basis, others.union(chosen)) for chosen in itertools.product(*contested)]
        return min(solutions, key=lambda each: each.payable), min(each.bound for each in solutions)
    chosen = [min(members, key=lambda n: -_alone(basis, n)) for members in contested]
    return solve(basis, others.union(chosen)), free.bound


def _alone(basis: Basis, n: int) -> int:
    """What a benefit saves alone."""
    part = basis.only(n)
    return sum(part.regular) - solve(part, frozenset((n,))).payable


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
    for n, parts in reductions(solution.bill_rules, solution.amounts, basis.floors, basis.bill_cap):
        for place, fen in parts:
            yield n, place, fen


def _outcome(
    n: int, benefit: Benefit, basis: Basis, solution: Solution, saved: Mapping[int, int], reason: str | None
) -> BenefitOutcome:
    off, missing = saved.get(n, 0), None
    rule = basis.bill_rules.get(n)
    if rule is not None:
        base = rule.base(solution.amounts)
        reach = rule.next_reach(base) if off or not rule.off(base) else None
        missing = None if reach is None or rule not in solution.bill_rules else Money(reach - base)
    if off:
        reason = ""
    elif reason is None:
        if n not in basis.relevant:
            reason = "no_goods"
        elif rule is not None:
            reached = rule.off(rule.base(solution.amounts)) or rule.off(rule.base(basis.regular))
            reason = "better_offer" if reached else "not_enough"
        else:
            reason = basis.why_not(n)
    return BenefitOutcome(benefit.benefit_id, benefit.name, Money(off), reason or "", missing)
