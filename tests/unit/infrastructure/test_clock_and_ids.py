"""Clock and ids of the machine."""

from __future__ import annotations

import threading

from hypothesis import given
from hypothesis import strategies as st

from pos_app.infrastructure.clock import SystemClock
from pos_app.infrastructure.ids import SystemIds


def test_the_time_since_boot_never_runs_backwards() -> None:
    clock = SystemClock()
    moments = [clock.now() for _ in range(1000)]
    assert [m.boot_ms for m in moments] == sorted(m.boot_ms for m in moments)
    assert all(moment.wall_ms > 1_700_000_000_000 for moment in moments)


@given(st.lists(st.integers(-5_000, 5_000), min_size=1, max_size=200))
def test_ids_grow_whatever_the_wall_clock_does(steps: list[int]) -> None:
    now = 1_750_000_000_000
    times = []
    for step in steps:
        now += step
        times.append(now)
    source = iter(times)
    ids = SystemIds(lambda: next(source))
    made = [ids.new() for _ in steps]
    assert made == sorted(set(made))
    assert all((each.version, each.variant) == (7, "specified in RFC 4122") for each in made)


def test_a_burst_in_one_millisecond_stays_in_order() -> None:
    ids = SystemIds(lambda: 1_750_000_000_000)
    made = [ids.new() for _ in range(10_000)]
    assert made == sorted(set(made))


def test_threads_never_get_the_same_id() -> None:
    ids = SystemIds()
    made: list[list[object]] = [[] for _ in range(4)]
    threads = [threading.Thread(target=lambda mine=mine: mine.extend(ids.new() for _ in range(2_000))) for mine in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({each for mine in made for each in mine}) == 8_000
