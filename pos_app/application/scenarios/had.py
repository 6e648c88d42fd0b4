"""What somebody of a scenario had before."""

from __future__ import annotations

import datetime as dt

from pos_app.application.scenarios.part import Part


class Had(Part, frozen=True):
    """What the member had before, for limits by day and month.

    Attributes:
        what: ``points`` for all points earned, ``points:<rule>`` for those of one rule.
        amount: How much.
        on: Business date.
    """

    what: str
    amount: int
    on: dt.date
