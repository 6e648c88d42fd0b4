"""What can be wrong with the rules of one item, one code, each with its place; and what owners hardly mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pos_app.domain.programme.rules import Conditions, What
from pos_app.domain.programme.unit_codes import UnitCodes
from pos_app.domain.unit_codes import PUBLIC_KEY_BYTES, from_base64, is_key_id

#: More points for one item are taken for a slip.
_MAX_POINTS: Final = 1_000_000
PLACE: Final = "unit_codes"


def check_unit_codes(rules: UnitCodes) -> Iterator[str]:
    """Yield what is wrong with the rules."""
    seen: set[str] = set()
    for number, key in enumerate(rules.keys):
        place = f"{PLACE}.keys[{number}]"
        if not is_key_id(key.key_id):
            yield f"{place}.key_id: 1 to 16 letters, digits, '_' and '-'"
        elif key.key_id in seen:
            yield f"{place}.key_id: {key.key_id!r} is used twice"
        seen.add(key.key_id)
        public = from_base64(key.public_key)
        if public is None or len(public) != PUBLIC_KEY_BYTES:
            yield f"{place}.public_key: an Ed25519 public key in base64url, 43 characters"
        if key.from_date is not None and key.to_date is not None and key.to_date < key.from_date:
            yield f"{place}.to_date: before from_date"
    if rules.required is not None and not rules.keys and rules.serials is None:
        yield f"{PLACE}.required: neither keys nor serials say which codes are taken, nothing of it could be sold"
    for rule in rules.points:
        place = f"{PLACE}.points.{rule.rule_id}"
        if not 0 < rule.points.count <= _MAX_POINTS:
            yield f"{place}.points: 1 to {_MAX_POINTS}"
        if not rules.keys and rules.serials is None:
            yield f"{place}: neither keys nor serials say which codes are taken, it would never give anything"


def places_of(rules: UnitCodes) -> Iterator[tuple[str, What]]:
    """Every list of goods that the rules name beside their conditions, with its place."""
    for number, key in enumerate(rules.keys):
        yield f"{PLACE}.keys[{number}].what", key.what
    if rules.serials is not None:
        yield f"{PLACE}.serials", rules.serials
    if rules.required is not None:
        yield f"{PLACE}.required", rules.required


def conditions_of_points(rules: UnitCodes) -> Iterator[tuple[str, Conditions]]:
    """Every rule of points with its place and conditions."""
    for rule in rules.points:
        yield f"{PLACE}.points.{rule.rule_id}", rule.conditions


def unsigned_places(rules: UnitCodes) -> Iterator[str]:
    """Places of keys whose goods are sold by a serial number that nobody signed, too: anyone can make one up."""
    if rules.serials is None:
        return
    for number, key in enumerate(rules.keys):
        if _may_share(key.what, rules.serials):
            yield f"{PLACE}.keys[{number}].what"


def _may_share(signed: What, serials: What) -> bool:
    """Whether goods named in the one are surely or possibly in the other."""
    anything = not (serials.categories or serials.products or serials.brands)
    if not (signed.categories or signed.products or signed.brands):
        return True
    left_products = set(signed.products) - {*serials.except_products}
    left_categories = set(signed.categories) - {*serials.except_categories}
    if anything:
        return bool(left_products or left_categories or signed.brands)
    return bool(
        left_products & {*serials.products}
        or left_categories & {*serials.categories}
        or set(signed.brands) & {*serials.brands}
    )
