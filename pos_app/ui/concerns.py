"""What head office has for a manager, as screens show it: no Qt, no I/O."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pos_app.ui.formats import clock, day_and_time

if TYPE_CHECKING:
    from pos_app.application.head_office import Notice, SetAsideRecord


@dataclass(frozen=True, slots=True)
class Concern:
    """A record that was set aside, or something else a manager should know; the words are found when it is drawn.

    Attributes:
        code: Why.
        details: Values for the words.
        kind: What record it is, as the journal names it; empty for none.
        number: Of its receipt; empty where it has none.
        when: When head office said so.
        is_settled_by_itself: It waits for something and needs nobody.
    """

    code: str
    details: Mapping[str, object] = field(default_factory=dict)
    kind: str = ""
    number: str = ""
    when: str = ""
    is_settled_by_itself: bool = False


def concerns_of(
    set_aside: Iterable[SetAsideRecord], notices: Iterable[Notice] = (), *, now: dt.datetime
) -> tuple[Concern, ...]:
    """Notices first, then records; each with the latest first."""
    said = [
        Concern(each.code, each.params, when=moment(each.raised_ms, now))
        for each in sorted(notices, key=lambda one: -one.raised_ms)
    ]
    aside = [
        Concern(
            "record.dismissed" if each.state == "dismissed" else each.reason or f"record.{each.state}",
            each.params,
            each.kind,
            each.receipt_no,
            moment(each.decided_ms, now),
            is_settled_by_itself=each.state != "quarantined",
        )
        for each in sorted(set_aside, key=lambda one: -one.seq)
    ]
    # What waits for somebody comes before what settles by itself.
    aside.sort(key=lambda one: one.is_settled_by_itself)
    return (*said, *aside)


def moment(wall_ms: int | None, now: dt.datetime) -> str:
    """A moment as seen from now: ``14:05`` today, else with its day; empty for none."""
    if not wall_ms:
        return ""
    then = dt.datetime.fromtimestamp(wall_ms / 1000, tz=now.tzinfo)
    return clock(then) if then.date() == now.date() else day_and_time(then)
