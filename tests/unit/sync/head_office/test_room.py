"""Tills that send go before the books, but not for ever."""

from __future__ import annotations

from sync.head_office.room import IDLE_S, QUIET_S, ROOM_S, Room


class Line:
    """Word of new records at given times, in a time that only moves by waiting."""

    def __init__(self, *at_s: float) -> None:
        self.now_s = 0.0
        self.at_s = list(at_s)
        self.room = Room(self.is_told, lambda: self.now_s)

    def is_told(self, within_s: float) -> bool:
        if self.at_s and self.at_s[0] <= self.now_s + within_s:
            self.now_s = max(self.now_s, self.at_s.pop(0))
            return True
        self.now_s += within_s
        return False

    def given(self) -> float:
        """How long it waits before the next chunk."""
        begin = self.now_s
        self.room.give()
        return round(self.now_s - begin, 6)


def test_where_nothing_comes_in_nothing_is_waited_for() -> None:
    assert Line().given() == 0


def test_it_waits_until_batches_come_no_more() -> None:
    line = Line(0.0, 0.05, 0.12, 0.5)
    assert line.given() == 0.12 + QUIET_S


def test_what_never_stops_coming_is_applied_all_the_same() -> None:
    line = Line(*(number * 0.03 for number in range(10_000)))
    assert line.given() <= ROOM_S
    assert line.given() == 0, "until everything is applied"


def test_after_everything_was_applied_tills_go_first_again() -> None:
    line = Line(*(number * 0.03 for number in range(10_000)))
    line.given()
    line.room.rest()
    assert line.given() > ROOM_S / 2


def test_at_rest_it_is_woken_by_the_first_batch_and_waits_for_those_that_follow() -> None:
    line = Line(0.4, 0.45)
    line.room.rest()
    assert line.now_s == 0.4
    assert line.given() == round(0.05 + QUIET_S, 6)
    line.room.rest()
    assert round(line.now_s, 6) == round(0.45 + QUIET_S + IDLE_S, 6)
    assert line.given() == 0
