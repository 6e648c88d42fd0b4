"""Terms of tiers that are sold: when one begins, and what a basket's lines add to those that run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec

from pos_app.domain.catalog import Product
from pos_app.domain.ids import CategoryId, LotId, ProductId, SaleId, TierId, derived_id
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import MemberAccount
from pos_app.domain.offering import Offering, OfferingKind
from pos_app.domain.pricing.basket import Basket, BasketLine
from pos_app.domain.programme.document import Programme, Tier, add_months
from pos_app.domain.wallet import Holding
from pos_app.errors import KnownError

#: Under which terms stand among the goods of a receipt.
TERMS_CATEGORY = CategoryId("terms")
#: Of a price that is asked before there is a sale.
_NO_SALE = SaleId(UUID(int=0))


class Term(msgspec.Struct, frozen=True):
    """A term of a tier that a line sells.

    Attributes:
        line_no: The basket's line.
        tier: Of which tier.
        begins: First day.
        until: Last day.
    """

    line_no: int
    tier: Tier
    begins: dt.date
    until: dt.date

    def holding(self, sale_id: SaleId) -> Holding:
        """The lot it becomes in a sale."""
        lot_id = LotId(derived_id(sale_id, "term", self.line_no))
        return Holding(Asset.TERM, lot_id, 1, self.tier.tier_id, self.begins, self.until)


def add_term(basket: Basket, programme: Programme, tier_id: TierId) -> Basket:
    """Put a term of a tier into a basket, at the programme's price.

    Raises:
        KnownError: ``term.not_sold`` for a tier that cannot be bought; ``basket.full``.
    """
    tier = programme.tier(tier_id)
    if tier.tier_id != tier_id or tier.paid is None:
        raise KnownError("term.not_sold")
    product = Product(
        product_id=ProductId(f"term:{tier_id}"),
        name=tier.name.zh,
        price=tier.paid.price,
        category_id=TERMS_CATEGORY,
        tax_rate_bp=tier.paid.tax_rate_bp,
        is_discountable=False,
    )
    return basket.add_offering(product, Offering(OfferingKind.TIER_TERM, tier_id))


def terms_of(
    lines: Iterable[BasketLine], account: MemberAccount, programme: Programme, today: dt.date
) -> Iterator[Term]:
    """The terms that a basket's lines sell: each begins when the last of its tier ends, or today.

    Raises:
        KnownError: ``term.not_sold`` where today's programme does not sell that tier at that price.
    """
    last = {each.source_id: each.expires_on for each in _by_end(account.wallet) if each.expires_on is not None}
    for line in lines:
        if line.offering is None or line.offering.kind is not OfferingKind.TIER_TERM:
            continue
        tier = programme.tier(TierId(line.offering.offer_id))
        if tier.tier_id != line.offering.offer_id or tier.paid is None or line.product.price != tier.paid.price:
            raise KnownError("term.not_sold")
        ends = last.get(tier.tier_id)
        begins = today if ends is None or ends < today else ends + dt.timedelta(days=1)
        until = add_months(begins, tier.paid.months) - dt.timedelta(days=1)
        last[tier.tier_id] = until
        yield Term(line.line_no, tier, begins, until)


def with_terms(
    account: MemberAccount, lines: Iterable[BasketLine], programme: Programme, today: dt.date
) -> MemberAccount:
    """An account as it would be with the terms that lines sell; those that cannot be sold count nothing."""
    try:
        terms = tuple(terms_of(lines, account, programme, today))
    except KnownError:
        return account
    if not terms:
        return account
    return msgspec.structs.replace(account, wallet=(*account.wallet, *(term.holding(_NO_SALE) for term in terms)))


def _by_end(wallet: Iterable[Holding]) -> list[Holding]:
    terms = (each for each in wallet if each.asset is Asset.TERM and each.amount > 0)
    return sorted(terms, key=lambda each: each.expires_on or dt.date.max)
