"""What the benefits of a basket show."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos_app.domain.money import Money


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One benefit of the programme.

    Attributes:
        name: In the shop's words.
        saved: What it took off; zero when it did not apply.
        reason: Code of why it did not apply; empty when it did.
    """

    name: str
    saved: Money
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BenefitsState:
    """State of the sheet.

    Attributes:
        benefits: Applied ones first.
        saved: In all, discounts by hand too.
        points_name: Name of the rule by which points can be used; empty where there is none.
        points_words: How many points pay how much, or why none can.
        points_usable: Whether points can be used now.
    """

    benefits: tuple[BenefitLine, ...] = ()
    saved: Money = field(default_factory=lambda: Money(0))
    points_name: str = ""
    points_words: str = ""
    points_usable: bool = False
