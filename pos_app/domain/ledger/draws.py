"""A turn of a lucky draw: decided by what nobody can choose, and what everybody can check afterwards.

The seed is a hash over the head of the journal before the sale, the sale's id and the turn. The head is signed and was
fixed before the sale; the id was made when payment began. Both stand in the journal, so that anybody who has it can
draw again; ``guitai verify`` does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

from pos_app.domain.ids import SaleId
from pos_app.domain.ledger.bodies_shop import Drawn
from pos_app.domain.offering import OfferingKind
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.burning import Draw, Prize, stock_of
from pos_app.domain.programme.document import Programme
from pos_app.errors import BugError

#: Keeps the seeds of draws apart from every other hash in the product.
DRAW_TAG: Final = b"guitai/draw/1\x00"
_RANGE: Final = 1 << 256


def draw(head: bytes, sale_id: SaleId, turn: int, weights: Sequence[int]) -> int:
    """The place that a turn gives: each with its weight out of the sum of all, without bias.

    Args:
        head: Hash of the last record before the sale.
        sale_id: Of the sale.
        turn: Which turn of the sale, from 0.
        weights: More than zero each.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) <= 0:
        raise BugError("a draw needs weights")
    attempt = 0
    while True:
        text = f"/{turn}/{attempt}".encode()
        number = int.from_bytes(hashlib.sha256(DRAW_TAG + head + sale_id.bytes + text).digest(), "big")
        if number < _RANGE - _RANGE % whole:  # what is left over would favour the first places
            break
        attempt += 1
    number %= whole
    for place, weight in enumerate(weights):
        if number < weight:
            return place
        number -= weight
    raise BugError("the weights do not sum to their sum")


def decide_draws(
    basket: Basket, programme: Programme, head: bytes, sale_id: SaleId, stock: Mapping[str, int]
) -> tuple[Drawn, ...]:
    """Decide every turn of a basket, in the order of its lines.

    Args:
        basket: What is sold.
        programme: The rules.
        head: Hash of the last record before the sale.
        sale_id: Of the sale.
        stock: What came and went of the prizes since their rules began, by :func:`stock_of`.
    """
    rules = {rule.rule_id: rule for rule in programme.burning if isinstance(rule, Draw)}
    gone: dict[str, int] = {}
    result: list[Drawn] = []
    for line in basket.lines:
        if line.offering is None or line.offering.kind is not OfferingKind.DRAW:
            continue
        rule = rules.get(line.offering.offer_id)
        if rule is None:
            raise BugError("a turn of a draw that the programme does not have was not refused")
        weights = tuple(prize.weight for prize in rule.prizes)
        drawn = draw(head, sale_id, len(result), weights)
        fallback = next(place for place, prize in enumerate(rule.prizes) if prize.prize_id == rule.fallback)
        prize = rule.prizes[drawn]
        what = stock_of(rule.rule_id, prize.prize_id)
        left = prize_left(rule, prize, stock)
        given = drawn if left is None or left > gone.get(what, 0) else fallback
        prize = rule.prizes[given]
        taken = stock_of(rule.rule_id, prize.prize_id)
        gone[taken] = gone.get(taken, 0) + 1
        result.append(
            Drawn(
                line_no=line.line_no,
                rule_id=rule.rule_id,
                name=rule.name,
                turn=len(result),
                weights=weights,
                prizes=tuple(each.prize_id for each in rule.prizes),
                drawn=drawn,
                given=given,
                fallback=fallback,
                prize=prize.name,
                stock=rule.prizes[drawn].stock,
                points=prize.points,
                bonus=prize.bonus,
                coupon=prize.coupon,
                product=prize.product,
            )
        )
    return tuple(result)


def prize_left(rule: Draw, prize: Prize, stock: Mapping[str, int]) -> int | None:
    """How many of a prize there are; None where nobody counts."""
    if prize.stock is None:
        return None
    return max(0, prize.stock + stock.get(stock_of(rule.rule_id, prize.prize_id), 0))
