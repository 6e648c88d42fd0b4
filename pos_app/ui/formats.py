"""How figures, dates and secrets are written on screen, the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


def clock(moment: datetime) -> str:
    """Time of day: ``14:05``."""
    return f"{moment:%H:%M}"


def day_and_time(moment: datetime) -> str:
    """Day and time: ``2026-11-22 14:05``."""
    return f"{moment:%Y-%m-%d %H:%M}"


def short_day(day: date) -> str:
    """Day without the year: ``11-03``."""
    return f"{day:%m-%d}"


def day_from(day: date, today: date) -> str:
    """A day as seen from today: ``11-03`` in the same year, ``2026-11-03`` in another."""
    return short_day(day) if day.year == today.year else day.isoformat()


def mask_phone(phone: str) -> str:
    """A phone number that does not give its owner away: ``138****1234``."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else "****"


def mask_name(name: str) -> str:
    """A name that does not give its owner away: ``王*``."""
    return f"{name[:1]}{'*' * min(len(name) - 1, 2)}" if len(name) > 1 else name


def one_line(text: str, limit: int = 200) -> str:
    """Text from outside made safe to paint: no control characters, no line breaks, not endless."""
    if len(text) <= limit and text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " for c in text[: limit + 1])[:limit]
