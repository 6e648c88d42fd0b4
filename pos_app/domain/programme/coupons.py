"""The kinds of coupon (优惠券): what each takes off a bill, when it can be used, and what it goes together with.

Coupons work in a layer of their own, after the benefits and after what a person took off: first those on a piece
(:class:`ExchangeCoupon`, :class:`SecondItemCoupon`), then percentages and amounts in the order that ``Layers.coupons``
says. Each takes its part off what those before it left. What a coupon needs to be reached counts what the goods cost
before any coupon, and a further one of the same kind needs it again.

A coupon is used because somebody chose it. Of those that name the same ``group`` (benefits too) at most one is used
in a bill; a group's benefits are off when a coupon of it is used.
"""

from __future__ import annotations

import datetime as dt

from pos_app.domain.money import Money
from pos_app.domain.programme.benefits import Step
from pos_app.domain.programme.rules import Conditions, Rule
from pos_app.domain.text import LocalText


class Validity(Rule, frozen=True):
    """From when until when a coupon can be used; of several ends the earliest counts, without any it has no end.

    Attributes:
        starts_after_days: Can be used so many days after it was given; 0 on the same day.
        days: For so many days, the first included.
        from_date: Not before this day.
        to_date: Not after this day.
        month_end: Until the last day of the month in which it can first be used.
    """

    starts_after_days: int = 0
    days: int | None = None
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    month_end: bool = False

    def first_day(self, given_on: dt.date) -> dt.date:
        """First day on which a coupon that was given on a day can be used."""
        start = given_on + dt.timedelta(days=self.starts_after_days)
        return start if self.from_date is None else max(start, self.from_date)

    def last_day(self, given_on: dt.date) -> dt.date | None:
        """Last day on which a coupon that was given on a day can be used; None without end.

        Before :meth:`first_day` where it comes too late to be used at all.
        """
        first = self.first_day(given_on)
        ends = [] if self.to_date is None else [self.to_date]
        if self.days is not None:
            ends.append(first + dt.timedelta(days=self.days - 1))
        if self.month_end:
            following = (first.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
            ends.append(following - dt.timedelta(days=1))
        return min(ends, default=None)


class _Common(Rule, frozen=True, kw_only=True):
    """What all kinds of coupon have.

    Attributes:
        coupon_id: Named in the journal, on codes and on refunds; stable.
        name: On screen and receipt.
        terms: What the shop prints beside it.
        conditions: Who may use it, when, and which goods count and are reduced.
        validity: When it can be used once it was given; of a shared code, its dates alone.
        uses: How often one coupon can be used.
        per_bill: How many uses of it a bill takes.
        group: At most one benefit or coupon of a group is used in a bill; empty goes with everything.
        alone: Not together with any other coupon.
        for_holder: Only the member it was given to may use it; else whoever has its code.
        shared_code: A published code such as ``SPRING20`` that anybody may use; such a coupon is not given.
        per_member: How often a member may use a shared code in all; None without end, and then without a member too.
        on_reduced: Whether it also reduces goods whose own price is reduced already, by a benefit or by a person.
    """

    coupon_id: str
    name: LocalText
    terms: LocalText = LocalText("")
    conditions: Conditions = Conditions()
    validity: Validity = Validity()
    uses: int = 1
    per_bill: int = 1
    group: str = ""
    alone: bool = False
    for_holder: bool = True
    shared_code: str = ""
    per_member: int | None = None
    on_reduced: bool = True


class AmountCoupon(_Common, frozen=True, kw_only=True, tag_field="kind", tag="amount"):
    """An amount off (代金券).

    Attributes:
        off: Taken off.
        reach: Only from this amount of covered goods on; zero for any.
    """

    off: Money
    reach: Money = Money(0)


class PercentCoupon(_Common, frozen=True, kw_only=True, tag_field="kind", tag="percent"):
    """A percentage off (折扣券).

    Attributes:
        off_bp: Taken off, in basis points (1,000 is 10 %, 九折).
        max_off: The most that one use takes off.
        reach: Only from this amount of covered goods on; zero for any.
    """

    off_bp: int
    max_off: Money | None = None
    reach: Money = Money(0)


class ExchangeCoupon(_Common, frozen=True, kw_only=True, tag_field="kind", tag="exchange"):
    """One piece for nothing, or for a price (兑换券): the one that saves most of the goods it covers.

    Attributes:
        price: What the piece then costs.
        max_value: Only for pieces of which the regular price is not above this.
    """

    price: Money = Money(0)
    max_value: Money | None = None


class ThresholdCoupon(_Common, frozen=True, kw_only=True, tag_field="kind", tag="threshold"):
    """A reduction for reaching an amount (满减券); of several steps the highest that is reached counts.

    Attributes:
        steps: Lowest first.
    """

    steps: tuple[Step, ...]


class SecondItemCoupon(_Common, frozen=True, kw_only=True, tag_field="kind", tag="second_item"):
    """Of two pieces the cheaper is reduced (第二件半价券): of the two dearest there are of the goods it covers.

    Attributes:
        off_bp: Taken off the cheaper piece, in basis points.
    """

    off_bp: int


Coupon = AmountCoupon | PercentCoupon | ExchangeCoupon | ThresholdCoupon | SecondItemCoupon
