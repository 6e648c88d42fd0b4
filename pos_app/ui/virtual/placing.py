"""Where windows stand beside the till's: in columns to its right, one under the other where they are many."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize

#: Between windows, and the height of what the system puts around one.
GAP: Final = 8
FRAME: Final = 36


class Wish(NamedTuple):
    """What a window needs.

    Attributes:
        least: The smallest it can be.
        wanted: As it would like to be.
    """

    least: QSize
    wanted: QSize


def place(room: QRect, till: QRect, wishes: Sequence[Wish]) -> tuple[QRect, ...] | None:
    """Places for windows, in their order, that cover neither the till nor one another.

    Args:
        room: What the system leaves of the monitor.
        till: The till's window with its frame.
        wishes: Of each window.

    Returns:
        One place for each; None where there is no room for all.
    """
    strip = QRect(QPoint(till.right() + 1 + GAP, max(room.top(), till.top())), room.bottomRight())
    for columns in range(len(wishes), 0, -1):
        for cuts in _cuts(len(wishes), columns):
            found = _in_columns(strip, [wishes[first:last] for first, last in pairwise(cuts)])
            if found is not None:
                return found
    return None


def place_most(room: QRect, till: QRect, wishes: Sequence[Wish]) -> tuple[QRect, ...]:
    """As `place`; where there is not room for all, the last ones lie in the lower right corner, one over the other."""
    for count in range(len(wishes), 0, -1):
        found = place(room, till, wishes[:count])
        if found is not None:
            return found + _corner(room, wishes[count:])
    return _corner(room, wishes)


def _corner(room: QRect, wishes: Sequence[Wish]) -> tuple[QRect, ...]:
    found = []
    for number, wish in enumerate(wishes):
        size = wish.wanted.boundedTo(QSize(room.width(), room.height() - FRAME)).expandedTo(wish.least)
        one = QRect(QPoint(0, 0), size)
        one.moveBottomRight(room.bottomRight() - QPoint(number * FRAME, number * FRAME))
        one.moveTop(max(one.top(), room.top() + FRAME))
        found.append(one)
    return tuple(found)


def _cuts(count: int, columns: int) -> list[tuple[int, ...]]:
    """All ways to share windows among columns, in their order, none of them empty."""
    if columns == 1:
        return [(0, count)]
    return [(*head, count) for last in range(columns - 1, count) for head in _cuts(last, columns - 1)]


def _in_columns(strip: QRect, columns: Sequence[Sequence[Wish]]) -> tuple[QRect, ...] | None:
    wide = (strip.width() - GAP * (len(columns) - 1)) // len(columns)
    found = []
    for number, column in enumerate(columns):
        heights = _heights(strip.height() - FRAME * len(column), column)
        if heights is None or wide < max(each.least.width() for each in column):
            return None
        left, top = strip.left() + number * (wide + GAP), strip.top()
        for wish, high in zip(column, heights, strict=True):
            found.append(QRect(left, top + FRAME, min(wide, wish.wanted.width()), high))
            top += FRAME + high
    return tuple(found)


def _heights(room: int, column: Sequence[Wish]) -> list[int] | None:
    """How high each is: the least that it can be, and of what is left as much as it wants, from the top."""
    left = room - sum(each.least.height() for each in column)
    if left < 0:
        return None
    heights = []
    for each in column:
        more = min(left, max(0, each.wanted.height() - each.least.height()))
        heights.append(each.least.height() + more)
        left -= more
    return heights
