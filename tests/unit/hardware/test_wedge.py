"""Keystroke bursts: scans are caught whole, typing is given back, whatever is mixed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.scanners.wedge import Scanned, Typed, WedgeConfig, WedgeRecogniser, suggested_gap_ms

EAN = "6901234567892"


def _run(recogniser, keys):
    """Feed (char, gap before it) pairs; return events, those of the final silence included."""
    events, now = [], 0
    for char, gap in keys:
        now += gap
        events += recogniser.feed(char, now)
    return events + list(recogniser.poll(now + 10_000))


def _burst(text, gap=5, first=500):
    return [(char, gap if index else first) for index, char in enumerate(text)]


def test_a_scan_is_one_code_and_its_enter_is_swallowed():
    assert _run(WedgeRecogniser(), _burst(EAN + "\r")) == [Scanned(EAN)]
    assert _run(WedgeRecogniser(), _burst(EAN + "\r\n")) == [Scanned(EAN)]


def test_a_scan_without_enter_ends_by_silence():
    recogniser = WedgeRecogniser()
    events = []
    for index, char in enumerate(EAN):
        events += recogniser.feed(char, index * 5)
    assert events == []
    assert recogniser.holding
    assert recogniser.poll(60 + recogniser.idle_ms) == (Scanned(EAN),)
    assert not recogniser.holding


def test_typing_is_given_back():
    events = _run(WedgeRecogniser(), [*_burst("hello", gap=140), ("\r", 140)])
    assert "".join(event.text for event in events) == "hello\r"
    assert all(isinstance(event, Typed) for event in events)


def test_two_scans_in_one_burst_are_two_codes():
    assert _run(WedgeRecogniser(), _burst(EAN + "\r" + "96385074" + "\r")) == [Scanned(EAN), Scanned("96385074")]


def test_half_a_scan_is_not_glued_to_the_next():
    keys = _burst("690123") + _burst(EAN + "\r", first=800)
    assert _run(WedgeRecogniser(), keys) == [Scanned("690123"), Scanned(EAN)]


def test_a_short_burst_is_typing():
    assert _run(WedgeRecogniser(), _burst("123\r")) == [Typed("123\r")]


def test_a_key_held_down_is_typing():
    assert _run(WedgeRecogniser(), _burst("1" * 30, gap=30)) == [Typed("1" * 30)]


def test_enter_alone_is_enter():
    assert _run(WedgeRecogniser(), [("\r", 500), ("\r", 500)]) == [Typed("\r"), Typed("\r")]


def test_typing_then_a_scan():
    keys = _burst("ab", gap=200) + _burst(EAN + "\r", first=300)
    assert _run(WedgeRecogniser(), keys) == [Typed("a"), Typed("b"), Scanned(EAN)]


def test_too_long_is_cut_off_and_said():
    config = WedgeConfig(max_length=20)
    [event] = _run(WedgeRecogniser(config), _burst("ab" * 5000 + "\r"))
    assert event == Scanned("ab" * 10, overflow=True)


TAUGHT = WedgeConfig(prefix="~~", suffix="#")


def test_a_taught_prefix_allows_short_codes_and_gives_typing_back_at_once():
    recogniser = WedgeRecogniser(TAUGHT)
    assert recogniser.feed("7", 0) == (Typed("7"),)
    assert _run(recogniser, _burst("~~12#\r")) == [Scanned("12")]
    assert _run(WedgeRecogniser(TAUGHT), _burst("a~~34#" + "~~56#\r")) == [Typed("a"), Scanned("34"), Scanned("56")]


def test_a_prefix_begun_and_not_finished_is_typing():
    assert _run(WedgeRecogniser(TAUGHT), _burst("~x")) == [Typed("~"), Typed("x")]


def test_a_second_prefix_ends_the_code_before_it():
    config = WedgeConfig(prefix="~~")
    assert _run(WedgeRecogniser(config), _burst("~~123~~456\r")) == [Scanned("123"), Scanned("456")]


def test_losing_the_focus_gives_characters_back():
    recogniser = WedgeRecogniser()
    recogniser.feed("6", 0)
    recogniser.feed("9", 5)
    assert recogniser.flush() == (Typed("69"),)
    assert recogniser.flush() == ()


def test_bluetooth_needs_a_longer_gap():
    keys = _burst(EAN + "\r", gap=70)
    assert all(isinstance(event, Typed) for event in _run(WedgeRecogniser(), keys))
    assert _run(WedgeRecogniser(WedgeConfig(max_gap_ms=90)), keys) == [Scanned(EAN)]


def test_the_gap_can_be_learned():
    assert suggested_gap_ms([]) == 20
    assert suggested_gap_ms([[0, 5, 12], [100, 135]]) == 70
    assert suggested_gap_ms([[0, 1000]]) == 150


@pytest.mark.parametrize("kwargs", [{"max_gap_ms": 0}, {"min_length": 0}, {"max_length": 2}])
def test_impossible_settings_are_refused(kwargs):
    with pytest.raises(ValueError, match="positive"):
        WedgeConfig(**kwargs)


KEYS = st.lists(st.tuples(st.sampled_from("0123456789ab~#\r\n"), st.integers(0, 200)), max_size=60)


@given(KEYS, st.sampled_from([WedgeConfig(), TAUGHT, WedgeConfig(prefix="~"), WedgeConfig(suffix="#")]))
def test_no_character_is_lost(keys, config):
    events = _run(WedgeRecogniser(config), keys)
    wanted = [char for char, _gap in keys if char not in "\r\n~#"]
    assert [char for event in events for char in event.text if char not in "\r\n~#"] == wanted
