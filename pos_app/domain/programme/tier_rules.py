"""Tiers as the programme's document writes them: what leads there, and what becomes of them when a period ends."""

from __future__ import annotations

import datetime as dt
import enum

from pos_app.domain.ids import TierId
from pos_app.domain.money import FULL_RATE_BP, Money
from pos_app.domain.points import Points
from pos_app.domain.programme.periods import Period, Span, span_of
from pos_app.domain.programme.rules import Rule
from pos_app.domain.text import LocalText


class TierCondition(Rule, frozen=True):
    """What must be reached within a period: any one of the given figures, or all of them.

    Attributes:
        spend: Paid for goods that were kept.
        visits: Days with a purchase of which something was kept.
        period: Over which time the figures count.
        points: Points earned, whether or not they were spent since.
        all_of: Whether all given figures are needed; else any one of them suffices.
        months: How many, for rolling months.
    """

    spend: Money | None = None
    visits: int | None = None
    period: Period = Period.ROLLING_12_MONTHS
    points: Points | None = None
    all_of: bool = False
    months: int = 12

    @property
    def span(self) -> Span:
        """The period's span."""
        return span_of(self.period, self.months)


class PaidTerm(Rule, frozen=True):
    """What a tier costs that is bought.

    Attributes:
        price: For one term.
        months: How long a term lasts; one bought while another runs begins when that ends.
        tax_rate_bp: VAT rate contained in the price.
    """

    price: Money
    months: int = 12
    tax_rate_bp: int = 600


class Tier(Rule, frozen=True):
    """A level of membership.

    Attributes:
        tier_id: Stable identifier.
        name: On screen and receipt.
        rank: Higher is better; the lowest needs no condition.
        reach: What must be reached to get here; None for the entry tier, for one that only head office gives, and for
            one that is only sold.
        multiplier_bp: Points multiplier in basis points (15,000 is one and a half).
        colour: Name of a colour of the theme (plain, silver, gold, platinum, black).
        paid: What it costs, where it can be bought for a term.
    """

    tier_id: TierId
    name: LocalText
    rank: int
    reach: TierCondition | None = None
    multiplier_bp: int = FULL_RATE_BP
    colour: str = "plain"
    paid: PaidTerm | None = None

    @property
    def is_only_sold(self) -> bool:
        """Whether nothing but a running term makes a member of this tier."""
        return self.paid is not None and self.reach is None


class AtEnd(enum.StrEnum):
    """What becomes of a tier at the end of a period that did not reach it again."""

    KEEP = "keep"
    LOWER_ONE = "lower_one"  # one tier lower, or to what the period reached where that is higher
    LOWER_TO_FIT = "lower_to_fit"  # to what the period reached
    RESET = "reset"  # to the entry tier, whatever the period reached


class TierRules(Rule, frozen=True):
    """What becomes of tiers when a period ends.

    The calendar's periods end for everybody on the same day. Rolling months end as long after a tier was reached, or
    was kept last. A tier that only head office gives stays until head office takes it.

    Attributes:
        at_end: What happens to a tier.
        judged_from: Ends of periods before this day change nothing: for a shop whose tiers were kept until then.
    """

    at_end: AtEnd = AtEnd.KEEP
    judged_from: dt.date | None = None
