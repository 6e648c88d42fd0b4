"""The end of a day at a whole window, over the real wire, with a line and without one; and joining by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from pos_testkit.desk import MANAGER
from pos_testkit.served_office import joined, new_home, served
from pos_testkit.window import TillWindow, make_home

from pos_app.application.head_office import Line
from pos_app.infrastructure.paths import paths_below
from pos_app.ui.requests import EndOfDayRequest
from pos_app.ui.screens.end_of_day.state import Mark, Page, Verdict
from pos_app.ui.screens.join.state import JoinAsked, JoinPhase
from pos_app.ui.screens.setup.state import SetupState

COUNT = ((100, 500),)


def _end_the_day(window: TillWindow) -> None:
    window.desk.go("end_of_day", EndOfDayRequest())
    window.settle()
    view = window.view("end_of_day")
    view.begin_requested.emit()
    for _ in range(2):
        view.close_requested.emit(COUNT)
    window.until(lambda: window.state("end_of_day").z_number == 1, "the day is closed")


@pytest.mark.usefixtures("qapp")
def test_a_day_is_equal_to_the_fen_and_the_point(tmp_path: Path) -> None:
    with served() as (office, server):
        paths = make_home(tmp_path, before=lambda till: joined(office, server, till))
        window = TillWindow(paths)
        try:
            window.open()
            window.sit_down(MANAGER)
            _end_the_day(window)
            window.until(lambda: window.state("end_of_day").page is Page.RESULT, "head office has said")
            state = window.state("end_of_day")
            assert (state.verdict, state.marks) == (Verdict.AGREED, (Mark.DONE,) * 4)
            assert all(row.is_equal for row in state.rows)
            assert window.desk.day_news.service().days()[0].kept is not None
        finally:
            window.close()


@pytest.mark.usefixtures("qapp")
def test_a_day_without_a_line_closes_all_the_same(tmp_path: Path) -> None:
    with served() as (office, server):
        paths = make_home(tmp_path, before=lambda till: joined(office, server, till))
    window = TillWindow(paths)
    try:
        window.open()
        window.sit_down(MANAGER)
        _end_the_day(window)
        window.until(lambda: window.state("end_of_day").page is Page.RESULT, "nobody waits", 30)
        state = window.state("end_of_day")
        assert state.verdict is Verdict.WAITING
        assert state.waiting > 0
        assert window.desk.head_office.status().line is Line.OFFLINE
    finally:
        window.close()


@pytest.mark.usefixtures("qapp")
def test_a_new_till_is_joined_by_hand_at_its_first_start(tmp_path: Path) -> None:
    new_home(tmp_path)
    with served() as (office, server):
        window = TillWindow(paths_below(tmp_path))
        try:
            window._opening.begin()
            window.until(lambda: window.idle and window.screen == "setup", "the first start")
            setup = window.view("setup")
            assert isinstance(setup.state, SetupState)
            assert setup.state.language == "en", "the one in use, whatever the settings of a new till say"
            setup.join_requested.emit()
            assert window.screen == "join"
            window.view("join").join_requested.emit(JoinAsked(server.address, office.code))
            window.until(lambda: window.state("join").phase is not JoinPhase.CALLING, "head office answers")
            assert window.state("join").notice is None
            assert (window.state("join").phase, window.state("join").store) == (JoinPhase.JOINED, "江边店")
            window.view("join").done_requested.emit()
            window.until(lambda: window.screen == "login", "somebody can log in")
            assert window.state("login").store == "江边店"
        finally:
            window.close()
