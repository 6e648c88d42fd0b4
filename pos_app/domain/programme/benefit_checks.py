"""What can be wrong with a benefit, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pos_app.domain.money import FULL_RATE_BP, MAX_ENTRY_MINOR
from pos_app.domain.programme.benefits import (
    Benefit,
    Bundle,
    BuyGet,
    CheapestFree,
    Discount,
    Layers,
    MemberPrice,
    NthItem,
    SpecialPrice,
    Step,
    Threshold,
)

#: A set of more pieces than this is taken for a slip.
_MAX_SET: Final = 100


def check_benefits(benefits: tuple[Benefit, ...], layers: Layers) -> Iterator[str]:
    """Yield what is wrong with the benefits and with how they go together."""
    yield from _check_layers(layers)
    for benefit in benefits:
        place = f"benefits.{benefit.benefit_id}"
        for problem in _check(benefit):
            yield f"{place}{problem}"
        if benefit.group and benefit.group not in layers.groups:
            yield f"{place}.group: unknown group {benefit.group!r}, layers.groups does not name it"
        limit = None if isinstance(benefit, MemberPrice | Discount | Threshold) else benefit.limit
        if limit is not None and limit < 1:
            yield f"{place}.limit: 1 or more"


def _check_layers(layers: Layers) -> Iterator[str]:
    if not 0 <= layers.floor_bp <= FULL_RATE_BP:
        yield "layers.floor_bp: 0 to 10000"
    if layers.bill_max_off is not None and layers.bill_max_off.minor < 0:
        yield "layers.bill_max_off: must not be negative"
    if "" in layers.groups:
        yield "layers.groups: a group needs a name"
    for name in sorted({each for each in layers.groups if layers.groups.count(each) > 1}):
        yield f"layers.groups: {name!r} is named twice"


def _check(benefit: Benefit) -> Iterator[str]:
    match benefit:
        case Discount():
            if not 0 <= benefit.off_bp <= FULL_RATE_BP:
                yield ": off_bp must be 0 to 10000"
        case SpecialPrice():
            if not 0 <= benefit.unit_price.minor <= MAX_ENTRY_MINOR:
                yield ".unit_price: must not be negative or beyond any price"
        case NthItem():
            if not 2 <= benefit.n <= _MAX_SET:
                yield f".n: 2 to {_MAX_SET}"
            if not 0 <= benefit.off_bp <= FULL_RATE_BP:
                yield ".off_bp: 0 to 10000"
        case BuyGet():
            if benefit.buy < 1 or benefit.get < 1 or benefit.buy + benefit.get > _MAX_SET:
                yield f": buy and get must be 1 or more, together {_MAX_SET} at most"
        case CheapestFree():
            if not 2 <= benefit.n <= _MAX_SET:
                yield f".n: 2 to {_MAX_SET}"
        case Bundle():
            yield from _check_bundle(benefit)
        case Threshold():
            yield from _check_threshold(benefit)
        case MemberPrice():
            pass


def _check_bundle(bundle: Bundle) -> Iterator[str]:
    if not bundle.items:
        yield ".items: a bundle needs items"
    if not 0 <= bundle.price.minor <= MAX_ENTRY_MINOR:
        yield ".price: must not be negative or beyond any price"
    seen: set[str] = set()
    for index, item in enumerate(bundle.items):
        if not item.products:
            yield f".items[{index}].products: must not be empty"
        if not 1 <= item.count <= _MAX_SET:
            yield f".items[{index}].count: 1 to {_MAX_SET}"
        for product_id in item.products:
            if product_id in seen:
                yield f".items[{index}].products: {product_id!r} is named twice"
            seen.add(product_id)
    if len(bundle.items) == 1 and bundle.items[0].count == 1:
        yield ".items: a single piece is no bundle, use special_price"


def _check_threshold(threshold: Threshold) -> Iterator[str]:
    if threshold.each and len(threshold.steps) > 1:
        yield ".steps: one step where each time counts"
    if threshold.max_off is not None and threshold.max_off.minor < 1:
        yield ".max_off: must be more than zero"
    yield from check_steps(threshold.steps)


def check_steps(steps: Sequence[Step]) -> Iterator[str]:
    """Yield what is wrong with the steps of a reduction for reaching an amount."""
    if not steps:
        yield ".steps: at least one step is needed"
    reach = off = 0
    for index, step in enumerate(steps):
        if step.reach.minor <= reach:
            yield f".steps[{index}].reach: must be more than zero and more than for the step before"
        if step.off.minor <= off:
            yield f".steps[{index}].off: must be more than zero and more than for the step before"
        if step.off > step.reach:
            yield f".steps[{index}].off: more than what is to be reached"
        reach, off = max(reach, step.reach.minor), max(off, step.off.minor)
