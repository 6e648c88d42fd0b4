"""What can be wrong with stored value and gift cards, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pos_app.domain.gift_card_numbers import is_prefix
from pos_app.domain.money import FULL_RATE_BP, Money
from pos_app.domain.programme.prepaid import (
    ANONYMOUS_LIMIT,
    LEAST_MONTHS,
    NAMED_LIMIT,
    FreeAmounts,
    GiftCardKind,
    StoredValue,
)
from pos_app.domain.programme.rules import Conditions, What
from pos_app.domain.text import LocalText

_MAX_MONTHS: Final = 1_200


def check_prepaid(stored: StoredValue | None, cards: tuple[GiftCardKind, ...]) -> Iterator[str]:
    """Yield what is wrong with what the programme says of money paid in advance."""
    if stored is not None:
        for problem in _check_stored(stored):
            yield f"stored_value.{problem}"
    yield from _check_cards(cards)


def prepaid_conditions(stored: StoredValue | None) -> Iterator[tuple[str, Conditions]]:
    """Steps of the recharge ladder with their place and conditions."""
    for ladder in stored.ladders if stored is not None else ():
        yield f"stored_value.ladders.{ladder.ladder_id}", ladder.conditions


def prepaid_names(stored: StoredValue | None, cards: tuple[GiftCardKind, ...]) -> Iterator[tuple[str, LocalText]]:
    """Everything of money paid in advance that has a name, with its place."""
    if stored is not None:
        yield "stored_value", stored.name
        for ladder in stored.ladders:
            yield f"stored_value.ladders.{ladder.ladder_id}", ladder.name
    for card in cards:
        yield f"gift_cards.{card.kind_id}", card.name


def _check_stored(stored: StoredValue) -> Iterator[str]:
    if not 0 < stored.max_balance.minor <= NAMED_LIMIT.minor:
        yield f"max_balance: 1 to {NAMED_LIMIT.minor} fen; the law allows no more in a name"
    if not 0 <= stored.max_bonus_share_bp <= FULL_RATE_BP:
        yield "max_bonus_share_bp: 0 to 10000"
    if stored.bonus_months is not None and not 1 <= stored.bonus_months <= _MAX_MONTHS:
        yield f"bonus_months: 1 to {_MAX_MONTHS}"
    if stored.change_max is not None and not 0 < stored.change_max.minor <= stored.max_balance.minor:
        yield "change_max: more than zero, no more than max_balance"
    if not stored.ladders and stored.free is None and stored.change_max is None:
        yield "ladders: nothing can be paid in: name steps, free amounts or change_max"
    seen: set[str] = set()
    amount = 0
    for ladder in stored.ladders:
        place = f"ladders.{ladder.ladder_id}"
        if not ladder.ladder_id or ":" in ladder.ladder_id:
            yield "ladders: ladder_id must not be empty and holds no colon"
        if ladder.ladder_id in seen:
            yield f"{place}: this id is used twice"
        seen.add(ladder.ladder_id)
        if ladder.amount.minor < max(1, amount):
            yield f"{place}.amount: more than zero, and no less than for the step before"
        amount = max(amount, ladder.amount.minor)
        if ladder.bonus.minor < 0:
            yield f"{place}.bonus: must not be negative"
        if ladder.conditions.what != What():
            yield f"{place}.conditions.what: a recharge is no goods"
        if ladder.amount + ladder.bonus > stored.max_balance:
            yield f"{place}: with its bonus it is more than max_balance"
    if stored.free is not None:
        yield from _check_free(stored.free, stored.max_balance)


def _check_free(free: FreeAmounts, limit: Money) -> Iterator[str]:
    if not 0 < free.least.minor <= free.most.minor <= limit.minor:
        yield "free: least must be more than zero, most no less than it and no more than max_balance"


def _check_cards(cards: tuple[GiftCardKind, ...]) -> Iterator[str]:
    seen: set[str] = set()
    prefixes: dict[str, str] = {}
    for card in cards:
        place = f"gift_cards.{card.kind_id}"
        if not card.kind_id:
            yield "gift_cards: kind_id must not be empty"
        if card.kind_id in seen:
            yield f"{place}: this id is used twice"
        seen.add(card.kind_id)
        if not is_prefix(card.prefix):
            yield f"{place}.prefix: 2 to 8 digits"
        for prefix, other in prefixes.items():
            if prefix.startswith(card.prefix) or card.prefix.startswith(prefix):
                yield f"{place}.prefix: cannot be told from that of {other!r}"
        prefixes[card.prefix] = card.kind_id
        if any(not 0 < face.minor <= ANONYMOUS_LIMIT.minor for face in card.faces):
            yield f"{place}.faces: 1 to {ANONYMOUS_LIMIT.minor} fen; the law allows no more without a name"
        if len(set(card.faces)) != len(card.faces):
            yield f"{place}.faces: an amount is named twice"
        if not card.faces and not 0 < card.least.minor <= card.most.minor <= ANONYMOUS_LIMIT.minor:
            yield f"{place}: least must be more than zero, most no less than it and {ANONYMOUS_LIMIT.minor} fen at most"
        if not LEAST_MONTHS <= card.months <= _MAX_MONTHS:
            yield f"{place}.months: {LEAST_MONTHS} to {_MAX_MONTHS}; the law allows no fewer without a name"
