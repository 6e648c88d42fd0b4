"""What the member search shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.ui.state import Notice, Phase

if TYPE_CHECKING:
    from pos_app.domain.points import Points


@dataclass(frozen=True, slots=True)
class FoundMember:
    """A member found.

    Attributes:
        key: Carried by the signals.
        name: Masked.
        phone: Masked.
        tier: Name of the tier.
        tier_rank: From the entry tier, 0.
        points: Balance.
        last_visit: ``MM-DD``; empty for never.
        usable: False for frozen or closed members.
        status: Word for the status where it is not the usual one.
    """

    key: object
    name: str
    phone: str
    tier: str
    tier_rank: int
    points: Points
    last_visit: str = ""
    usable: bool = True
    status: str = ""


@dataclass(frozen=True, slots=True)
class MemberSearchState:
    """State of the search.

    Attributes:
        query: What was searched for.
        found: Members, best first.
        more: There are more than shown.
        phase: EMPTY when nothing was found, LOADING, FAILED.
        notice: What went wrong.
    """

    query: str = ""
    found: tuple[FoundMember, ...] = ()
    more: bool = False
    phase: Phase = Phase.READY
    notice: Notice | None = None
