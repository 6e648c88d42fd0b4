"""Garbage is collected by the clock, in the window's thread, and Python's own collector is itself again afterwards."""

import gc
import weakref

import pytest

from pos_app.runtime import tidying
from pos_app.runtime.tidying import Tidying

pytestmark = pytest.mark.gui


class Knot:
    def __init__(self) -> None:
        self.own = self


@pytest.fixture
def at_work(qtbot, monkeypatch):
    monkeypatch.setattr(tidying, "YOUNG_MS", 20)
    one = Tidying()
    one.begin()
    yield one
    one.end()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_it_collects_by_the_clock_and_only_then(qtbot, at_work):
    knot = weakref.ref(Knot())
    for _ in range(100_000):
        Knot()  # would set Python's own collector off many times over
    assert knot() is not None
    qtbot.waitUntil(lambda: knot() is None, timeout=2_000)


def test_what_the_start_made_is_not_looked_at_again(at_work):
    assert gc.get_freeze_count() > 1_000
    assert not gc.isenabled()
