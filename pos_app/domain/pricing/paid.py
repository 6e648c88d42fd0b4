"""What of a bill is paid how, as far as is known: rules of earning look at it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from pos_app.domain.money import Money
from pos_app.domain.tender import Tender, TenderKind


class Paid(msgspec.Struct, frozen=True):
    """How a bill is paid, as far as the caller knows.

    What is in neither is still to be paid by something that may earn points, but is no tender that a rule names.

    Attributes:
        by_kind: Amounts by tender, each kind once; more than zero each.
        without_points: What is paid beside ``by_kind`` with what never earns points, such as a bonus.
    """

    by_kind: tuple[tuple[TenderKind, Money], ...] = ()
    without_points: Money = Money(0)

    def of(self, kinds: Collection[TenderKind]) -> Money:
        """What is paid with any of some tenders."""
        return Money(sum(amount.minor for kind, amount in self.by_kind if kind in kinds))


NOTHING_PAID = Paid()


def paid_with(tenders: Iterable[Tender]) -> Paid:
    """How tenders pay a bill."""
    sums: dict[TenderKind, int] = {}
    for tender in tenders:
        sums[tender.kind] = sums.get(tender.kind, 0) + tender.amount.minor
    return Paid(tuple((kind, Money(sums[kind])) for kind in TenderKind if sums.get(kind)))
