"""How points are got: rules of earning, what multiplies them, and caps."""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from fractions import Fraction

from pos_app.domain.money import FULL_RATE_BP, Money
from pos_app.domain.points import Points
from pos_app.domain.programme.benefits import Base
from pos_app.domain.programme.rules import Conditions, Rule
from pos_app.domain.tender import TenderKind
from pos_app.domain.text import LocalText


class RatioEarning(Rule, frozen=True, tag_field="kind", tag="ratio"):
    """Points for money: ``points`` for every ``per`` of the base.

    Attributes:
        rule_id: Named in the journal and in refunds.
        name: On the receipt, beside the points it gave.
        points: Points given ...
        per: ... for each of this amount, exactly in proportion; the bill is rounded once.
        times_tier: Whether the tier's multiplier applies.
        conditions: When the rule speaks, and of which goods.
        base: What counts of the goods: what the reductions left, or the regular prices.
        tenders: Only the share of the bill that is paid with these counts; all that may earn, where none is named.
    """

    rule_id: str
    name: LocalText
    points: Points
    per: Money
    times_tier: bool = True
    conditions: Conditions = Conditions()
    base: Base = Base.REDUCED
    tenders: tuple[TenderKind, ...] = ()


class Per(enum.StrEnum):
    """What fixed points are given for."""

    BILL = "bill"
    PIECE = "piece"  # or unit of weight, in proportion


class FixedEarning(Rule, frozen=True, tag_field="kind", tag="fixed"):
    """A number of points, whatever the amount.

    Attributes:
        rule_id: Named in the journal and in refunds.
        name: On the receipt, beside the points it gave.
        points: Points given ...
        per: ... once for a bill on which covered goods are paid for, or for each piece of them (kilogram, litre: in
            proportion). Of goods paid in part with what earns nothing, that part of the pieces counts.
        times_tier: Whether the tier's multiplier applies.
        conditions: When the rule speaks, and of which goods.
        base: Goods whose base is nothing give nothing.
        tenders: Only the share of the bill that is paid with these counts; all that may earn, where none is named.
    """

    rule_id: str
    name: LocalText
    points: Points
    per: Per = Per.BILL
    times_tier: bool = True
    conditions: Conditions = Conditions()
    base: Base = Base.REDUCED
    tenders: tuple[TenderKind, ...] = ()


class FixedStep(Rule, frozen=True):
    """Points from an amount on.

    Attributes:
        reach: From this amount of the base on.
        points: In all, not beside those of the step before.
    """

    reach: Money
    points: Points


class SteppedFixedEarning(Rule, frozen=True, tag_field="kind", tag="stepped_fixed"):
    """A number of points by the amount reached.

    Attributes:
        rule_id: Named in the journal and in refunds.
        name: On the receipt, beside the points it gave.
        steps: Lowest first; the highest that is reached counts.
        times_tier: Whether the tier's multiplier applies.
        conditions: When the rule speaks, and of which goods.
        base: What counts of the goods: what the reductions left, or the regular prices.
        tenders: Only the share of the bill that is paid with these counts; all that may earn, where none is named.
    """

    rule_id: str
    name: LocalText
    steps: tuple[FixedStep, ...]
    times_tier: bool = True
    conditions: Conditions = Conditions()
    base: Base = Base.REDUCED
    tenders: tuple[TenderKind, ...] = ()


class RatioStep(Rule, frozen=True):
    """A ratio from an amount on.

    Attributes:
        reach: From this amount of the base on.
        points: Points given ...
        per: ... for each of this amount, exactly in proportion.
    """

    reach: Money
    points: Points
    per: Money


class SteppedRatioEarning(Rule, frozen=True, tag_field="kind", tag="stepped_ratio"):
    """Points for money, at a ratio that changes with the amount.

    Attributes:
        rule_id: Named in the journal and in refunds.
        name: On the receipt, beside the points it gave.
        steps: Lowest first; below the first there are no points.
        whole_amount: Whether the ratio of the highest step reached is that of the whole amount; else each ratio is
            that of the slice from its step to the next.
        times_tier: Whether the tier's multiplier applies.
        conditions: When the rule speaks, and of which goods.
        base: What counts of the goods: what the reductions left, or the regular prices.
        tenders: Only the share of the bill that is paid with these counts; all that may earn, where none is named.
    """

    rule_id: str
    name: LocalText
    steps: tuple[RatioStep, ...]
    whole_amount: bool = True
    times_tier: bool = True
    conditions: Conditions = Conditions()
    base: Base = Base.REDUCED
    tenders: tuple[TenderKind, ...] = ()


class Multiplier(Rule, frozen=True, tag_field="kind", tag="multiplier"):
    """More (or fewer) points from other rules: birthday double, member day, a campaign.

    Attributes:
        rule_id: Names the rule.
        name: On screen, where it speaks.
        multiplier_bp: In basis points (20,000 is double); zero takes the points away however multipliers combine.
        conditions: When the rule speaks; where it names goods, only points of those goods are multiplied.
        rules: Ids of the rules that it multiplies: of earning, or of points that codes of items carry; all rules of
            earning, where none is named.
    """

    rule_id: str
    name: LocalText
    multiplier_bp: int
    conditions: Conditions = Conditions()
    rules: tuple[str, ...] = ()


#: Rules that give points of their own.
PointsRule = RatioEarning | FixedEarning | SteppedFixedEarning | SteppedRatioEarning
Earning = PointsRule | Multiplier


class Multipliers(enum.StrEnum):
    """How the tier's multiplier and those of rules go together."""

    PRODUCT = "product"  # 1.5 and 2 give 3
    ADD = "add"  # 1.5 and 2 give 2.5: 1 and a half more and 1 more
    BEST = "best"  # 1.5 and 2 give 2

    def together(self, several_bp: Sequence[int]) -> Fraction:
        """Several multipliers as one, exactly; a zero among them takes everything away."""
        if not all(several_bp):
            return Fraction(0)
        match self:
            case Multipliers.PRODUCT:
                return Fraction(math.prod(several_bp), FULL_RATE_BP ** len(several_bp))
            case Multipliers.ADD:
                return Fraction(max(0, FULL_RATE_BP + sum(each - FULL_RATE_BP for each in several_bp)), FULL_RATE_BP)
            case Multipliers.BEST:
                return Fraction(max(several_bp, default=FULL_RATE_BP), FULL_RATE_BP)


class CapPeriod(enum.StrEnum):
    """How long a cap counts."""

    BILL = "bill"
    DAY = "day"  # a business date
    MONTH = "month"  # of the calendar, by business dates


class EarningCap(Rule, frozen=True):
    """The most points that rules give.

    Attributes:
        cap_id: Names the cap.
        name: On screen and receipt, where it cuts points.
        per: For a bill, or for all bills of a member's day or month; points that came back do not count.
        points: The most.
        rules: Ids of the rules that it holds together: of earning, or of points that codes of items carry; all
            points of a bill, where none is named.
    """

    cap_id: str
    name: LocalText
    per: CapPeriod
    points: Points
    rules: tuple[str, ...] = ()
