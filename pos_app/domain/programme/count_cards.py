"""Count cards (次卡): so many uses of something, paid for ahead."""

from __future__ import annotations

from pos_app.domain.money import Money
from pos_app.domain.programme.rules import Conditions, Rule
from pos_app.domain.text import LocalText


class CountCard(Rule, frozen=True):
    """Uses of goods or services that are bought ahead and then take a piece to nothing, one by one.

    Attributes:
        card_id: Named in the journal.
        name: On screen and receipt.
        price: What the card costs: sold as goods, with its tax, and earning points.
        uses: How many pieces it pays for.
        tax_rate_bp: VAT rate contained in the price.
        valid_months: It can be used until the day before the same day so many months later.
        valid_days: Or: until so many days after the day of the sale. Without either it does not expire.
        per_bill: How many uses one bill can take; None for as many as it has pieces.
        per_day: How many uses a business day can take.
        conditions: When and where it can be used, by whom, and for which goods (``what``).
    """

    card_id: str
    name: LocalText
    price: Money
    uses: int
    tax_rate_bp: int = 600
    valid_months: int | None = None
    valid_days: int | None = None
    per_bill: int | None = None
    per_day: int | None = None
    conditions: Conditions = Conditions()
