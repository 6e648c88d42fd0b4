"""The stand-in prints after the printer was not ready for a while, and never what may be on the printer's paper."""

import pytest
from pos_testkit.print_contents import header

from pos_app.application.ports import JobKind, JobState
from pos_app.application.print_content import PrintContent
from pos_app.bootstrap.stand_in import StandInPrinter
from pos_app.runtime.printing import PrinterHealth, PrintResult

CONTENT = PrintContent(JobKind.SALE, header(), None, opens_drawer=True)
DONE, OFF = PrintResult(JobState.CONFIRMED), PrintResult(JobState.QUEUED, "offline")


class _Printer:
    def __init__(self):
        self.result = DONE
        self.printed = []
        self.opened_for = ""
        self.closed = False

    def print(self, job_id, content, on_bytes_leaving):
        if self.result.state is not JobState.QUEUED:
            on_bytes_leaving()
            self.printed.append((job_id, content.opens_drawer))
        return self.result

    def opened_drawer_for(self, job_id):
        return job_id == self.opened_for

    def missing(self):
        return self.result.reason if self.result is OFF else ""

    def health(self):
        return PrinterHealth(self.result.reason if self.result is OFF else "", drawer_high=True)

    def close(self):
        self.closed = True


class _Pair:
    def __init__(self):
        self.now = 100.0
        self.first, self.other = _Printer(), _Printer()
        self.both = StandInPrinter(self.first, self.other, 10, now=lambda: self.now)

    def print(self, job_id="a"):
        return self.both.print(job_id, CONTENT, lambda: None)


@pytest.fixture
def pair():
    return _Pair()


def test_it_is_waited_for_first(pair):
    pair.first.result = OFF
    assert pair.print() == OFF
    pair.now += 9.9
    assert pair.print() == OFF
    assert pair.both.health() == PrinterHealth("offline", drawer_high=True)
    pair.now += 0.1
    result = pair.print()
    assert (result.state, result.instead_of) == (JobState.CONFIRMED, "offline")
    assert pair.other.printed == [("a", True)]
    assert pair.both.health() == PrinterHealth("offline", stand_in=True, drawer_high=True)


def test_that_it_went_while_idle_counts_as_waiting(pair):
    pair.first.result = OFF
    assert pair.both.missing() == "offline"
    pair.now += 10
    assert pair.print().instead_of == "offline"


def test_it_prints_again_as_soon_as_it_is_known_to_be_back(pair):
    pair.first.result = OFF
    pair.both.health()
    pair.now += 60
    pair.print("a")
    pair.first.result = DONE
    assert pair.both.health() == PrinterHealth(drawer_high=True)
    assert pair.print("b") == DONE
    assert (pair.first.printed, pair.other.printed) == ([("b", True)], [("a", True)])


def test_it_has_to_be_gone_anew_before_the_other_prints_again(pair):
    pair.first.result = OFF
    pair.both.health()
    pair.now += 60
    pair.first.result = DONE
    pair.both.health()
    pair.first.result = OFF
    assert pair.print() == OFF
    assert pair.other.printed == []


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.SENT, JobState.CONFIRMED])
def test_what_has_left_for_the_printer_stays_there(pair, state):
    pair.both._after_s = 0
    pair.first.result = PrintResult(state, "broken_off")
    assert pair.print() == PrintResult(state, "broken_off")
    assert pair.other.printed == []


def test_where_neither_can_it_waits_for_the_one_it_is_for(pair):
    pair.both._after_s = 0
    pair.first.result = OFF
    pair.other.result = PrintResult(JobState.QUEUED, "paper_out")
    assert pair.print() == OFF
    assert pair.first.printed == pair.other.printed == []


def test_a_drawer_that_is_open_is_not_opened_again(pair):
    pair.both._after_s = 0
    pair.first.result = PrintResult(JobState.QUEUED, "paper_out")
    pair.first.opened_for = "a"
    pair.print("a")
    assert pair.other.printed == [("a", False)]


def test_both_ports_are_let_go(pair):
    pair.both.close()
    assert pair.first.closed
    assert pair.other.closed
