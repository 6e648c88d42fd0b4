"""From a sale and a refund that is not yet booked to what the refund screen shows: no Qt, no I/O."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pos_app.domain.ledger.postings import Asset
from pos_app.domain.money import Money
from pos_app.domain.tender import EXTERNAL, TenderKind
from pos_app.domain.text import mask_name, mask_phone
from pos_app.domain.unit_codes import tail
from pos_app.ui.formats import day_and_time
from pos_app.ui.screens.refund.state import Fate, HoldingBack, RefundPreview, ReturnTo, SoldLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pos_app.application.refunding import RefundableSale
    from pos_app.domain.ledger.bodies import Refund
    from pos_app.domain.programme.document import Programme

_STORED = frozenset({Asset.PRINCIPAL, Asset.BONUS})


def sold(found: RefundableSale, zone: dt.tzinfo, cashier: str) -> str:
    """When and by whom."""
    return f"{day_and_time(dt.datetime.fromtimestamp(found.stored.wall_ms / 1000, tz=zone))}  ·  {cashier}"


def member(found: RefundableSale) -> str:
    """The buyer, masked; empty for none."""
    if found.member is None:
        return ""
    return "  ".join(part for part in (mask_name(found.member.name), mask_phone(found.member.phone)) if part)


def lines(found: RefundableSale, chosen: Mapping[int, int]) -> tuple[SoldLine, ...]:
    """The lines of the sale with what comes back now."""
    return tuple(
        SoldLine(
            key=line.line_no,
            name=f"{line.name}  …{tail(line.unit_code)}" if line.unit_code else line.name,
            bought_milli=line.quantity.milli,
            left_milli=found.left.get(line.line_no, 0),
            amount=line.amount,
            chosen_milli=chosen.get(line.line_no, 0),
            unit=line.unit if line.is_weighed else "",
        )
        for line in found.stored.sale.lines
    )


def has_external(found: RefundableSale) -> bool:
    """Whether something was paid that a payment company has to give back."""
    return any(tender.kind in EXTERNAL for tender in found.stored.sale.tenders)


def preview(refund: Refund, programme: Programme, language: str) -> RefundPreview:
    """Exactly what will happen."""
    returns = tuple(
        ReturnTo(
            kind=tender.kind.value,
            amount=tender.amount,
            points=tender.points if tender.kind is TenderKind.POINTS else None,
            reference=tender.reference,
        )
        for tender in refund.tenders
    )
    who = refund.member
    back = holdings(refund, language)
    if who is None:
        return RefundPreview(refund.amount, returns, holdings=back)
    change = ""
    if who.tier_before != who.tier_after:
        before, after = (programme.tier(tier).name.in_language(language) for tier in (who.tier_before, who.tier_after))
        change = f"{before} → {after}"
    return RefundPreview(
        amount=refund.amount,
        returns=returns,
        points_taken=who.taken_back,
        points_owed=who.owed or None,
        points_after=who.points_after,
        tier_change=change,
        holdings=back,
    )


def holdings(refund: Refund, language: str) -> tuple[HoldingBack, ...]:
    """What becomes of coupons, uses and gifts; stored value that paid is among the ways back already."""
    sums: dict[tuple[Fate, Asset, str], int] = {}
    for move in refund.moves:
        if move.asset in _STORED and move.amount > 0:
            continue
        fate = Fate.OWED if move.is_owed else Fate.GIVEN_BACK if move.amount > 0 else Fate.TAKEN_BACK
        key = (fate, move.asset, move.name.in_language(language))
        sums[key] = sums.get(key, 0) + abs(move.amount)
    return tuple(
        HoldingBack(fate, name, Money(amount).display() if asset in _STORED else f"{amount:,}", asset is Asset.POINTS)
        for (fate, asset, name), amount in sums.items()
    )
