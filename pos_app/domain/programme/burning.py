"""How points are spent: as cash, on things, on coupons, on turns of a lucky draw.

Everything but points as cash is a line of the basket that costs points, and cash where the rule says so (换购). What
there is of a thing is kept by the till: ``stock`` here is how many there were when the rule began, the books know how
many have gone and come since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pos_app.domain.ids import ProductId
from pos_app.domain.money import FULL_RATE_BP, Money
from pos_app.domain.points import Points
from pos_app.domain.programme.rules import Conditions, Rule
from pos_app.domain.text import LocalText


class PointsAsCash(Rule, frozen=True, tag_field="kind", tag="points_as_cash"):
    """Points taken as a tender. Of several such rules the one that pays most here and now is used.

    Attributes:
        rule_id: Named in the journal.
        name: On screen and receipt.
        points: This many points ...
        value: ... pay for this amount.
        step: Points are taken in multiples of this.
        minimum: The least that can be taken.
        max_share_bp: The largest share that points may pay, in basis points, of what the goods cost that are named.
        conditions: When the rule speaks, and which goods points may pay for.
        max_points_per_day: The most points that a member can pay with on a business day, by this rule.
        max_points_per_month: The most points that a member can pay with in a calendar month, by this rule.
    """

    rule_id: str
    name: LocalText
    points: Points
    value: Money
    step: Points = Points(1)
    minimum: Points = Points(0)
    max_share_bp: int = FULL_RATE_BP
    conditions: Conditions = Conditions()
    max_points_per_day: Points | None = None
    max_points_per_month: Points | None = None


class Limits(Rule, frozen=True):
    """How often one member can have something; what is not given does not limit.

    Attributes:
        per_bill: On one bill.
        per_day: On a business day.
        per_month: In a calendar month.
        per_member: Ever.
    """

    per_bill: int | None = None
    per_day: int | None = None
    per_month: int | None = None
    per_member: int | None = None


class PointsItem(Rule, frozen=True, tag_field="kind", tag="points_item"):
    """A thing for points, or for points and cash.

    Attributes:
        rule_id: Named in the journal.
        name: On screen and receipt.
        points: What one costs in points.
        price: What one costs in cash besides.
        product: Item number of the goods that are given; empty for a gift that is not in the catalogue. Where it is
            empty and ``conditions.what`` names goods, any of those is given, whichever is scanned.
        tax_rate_bp: VAT rate contained in ``price``, for a gift that is not in the catalogue.
        stock: How many there are to begin with; None where nobody counts.
        limits: How often a member can have it.
        conditions: When the rule speaks, and of what.
    """

    rule_id: str
    name: LocalText
    points: Points
    price: Money = Money(0)
    product: ProductId = ProductId("")
    tax_rate_bp: int = 1_300
    stock: int | None = None
    limits: Limits = Limits()
    conditions: Conditions = Conditions()


class PointsCoupon(Rule, frozen=True, tag_field="kind", tag="points_coupon"):
    """A coupon for points.

    Attributes:
        rule_id: Named in the journal.
        name: On screen and receipt.
        points: What one costs.
        coupon: Which coupon of the programme.
        stock: How many there are to begin with; None where nobody counts.
        limits: How often a member can have it.
        conditions: When the rule speaks.
    """

    rule_id: str
    name: LocalText
    points: Points
    coupon: str
    stock: int | None = None
    limits: Limits = Limits()
    conditions: Conditions = Conditions()


class Prize(Rule, frozen=True):
    """What a turn of a lucky draw can give: one of points, coupon, product and bonus, or nothing of them.

    Attributes:
        prize_id: Names it within its draw.
        name: On screen and receipt.
        weight: Its share of the chances, in whole numbers.
        points: Points that are given.
        coupon: A coupon of the programme that is given.
        product: Item number of goods that are given.
        bonus: Stored value that is given, as a bonus.
        valid_days: How long a bonus lives: to the end of that many days after today; without end where it is not given.
        stock: How many there are to begin with; None where nobody counts.
    """

    prize_id: str
    name: LocalText
    weight: int
    points: Points = Points(0)
    coupon: str = ""
    product: ProductId = ProductId("")
    bonus: Money = Money(0)
    valid_days: int | None = None
    stock: int | None = None

    @property
    def gives(self) -> tuple[str, ...]:
        """What it gives, by the names of the fields; one at most in a programme that is right."""
        given = {"points": self.points, "coupon": self.coupon, "product": self.product, "bonus": self.bonus.minor}
        return tuple(name for name, value in given.items() if value)


class Draw(Rule, frozen=True, tag_field="kind", tag="draw"):
    """A lucky draw: points for a turn, prizes by chances that are published.

    Attributes:
        rule_id: Named in the journal.
        name: On screen and receipt.
        points: What a turn costs.
        prizes: By their chances; a prize has ``weight`` out of the sum of all weights.
        fallback: The prize that is given where the one drawn has run out; it has no stock of its own to run out.
        limits: How many turns a member can take.
        conditions: When the rule speaks.
    """

    rule_id: str
    name: LocalText
    points: Points
    prizes: tuple[Prize, ...]
    fallback: str
    limits: Limits = Limits()
    conditions: Conditions = Conditions()

    @property
    def weight(self) -> int:
        """The sum of all weights."""
        return sum(prize.weight for prize in self.prizes)

    def prize(self, prize_id: str) -> Prize | None:
        """A prize by its id."""
        return next((prize for prize in self.prizes if prize.prize_id == prize_id), None)


#: What the points shop sells: lines of the basket.
ShopRule = PointsItem | PointsCoupon | Draw
Burning = PointsAsCash | ShopRule


def as_cash(burning: Iterable[Burning]) -> Iterator[PointsAsCash]:
    """The rules of points as cash, in the programme's order."""
    return (rule for rule in burning if isinstance(rule, PointsAsCash))


def stock_of(rule_id: str, prize_id: str = "") -> str:
    """How the books name the stock of a thing: of a rule, or of a prize of a draw."""
    return f"{rule_id}/{prize_id}" if prize_id else rule_id
