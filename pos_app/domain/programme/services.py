"""Service benefits: something that a tier gives so many times (free delivery three times a year)."""

from __future__ import annotations

import enum

from pos_app.domain.programme.rules import Conditions, Rule
from pos_app.domain.text import LocalText


class ServicePeriod(enum.StrEnum):
    """Over which time uses of a service are counted."""

    YEAR = "year"  # the calendar year
    MONTH = "month"  # the calendar month
    LIFE = "life"


class Service(Rule, frozen=True):
    """Something that members have so many times without paying.

    Attributes:
        service_id: Named in the journal.
        name: On screen and receipt.
        count: How many times ...
        per: ... in each of these.
        conditions: Who has it, when and where; ``what`` names the goods (a delivery fee, an installation) that it
            takes to nothing in a basket. A service that names none is not in the basket: its use is noted by itself.
    """

    service_id: str
    name: LocalText
    count: int
    per: ServicePeriod = ServicePeriod.YEAR
    conditions: Conditions = Conditions()

    @property
    def is_of_goods(self) -> bool:
        """Whether it takes goods of the basket to nothing."""
        what = self.conditions.what
        return bool(what.categories or what.products or what.brands)
