"""A person types while a scanner types: fingers are slow to let go, and that tells whose key it was."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from hardware.scanners.wedge import Scanned, Typed, WedgeConfig, WedgeRecogniser

CODES = st.text(alphabet="0123456789", min_size=8, max_size=24).filter(lambda text: len(set(text)) > 2)
#: When a key is pressed, how long after the one before it, and how long it stays down.
TYPING = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(90, 200), st.integers(70, 89)), max_size=12)
GAPS = st.lists(st.integers(2, 16), min_size=40, max_size=40)
TAUGHT = [
    (WedgeConfig(), "", "\r"),
    (WedgeConfig(), "", "\t"),
    (WedgeConfig(), "", ""),
    (WedgeConfig(prefix="~"), "~", "\r"),
    (WedgeConfig(prefix="~;"), "~;", "\r"),
    (WedgeConfig(prefix="~;", suffix="#"), "~;", "#\r"),
    (WedgeConfig(suffix="#!"), "", "#!"),
]


def _played(config, strokes):
    """What comes of keys: (char, when, how long), in whatever order they were written."""
    moves = []
    for number, (char, at_ms, down_ms) in enumerate(strokes, 1):
        moves.append((at_ms, 1, number, char))
        moves.append((at_ms + down_ms, 0, number, char))
    recogniser, events, last = WedgeRecogniser(config), [], 0
    for at_ms, is_press, number, char in sorted(moves):
        # The window asks when time has passed without keys.
        if recogniser.holding and at_ms - last > recogniser.idle_ms:
            events += recogniser.poll(last + recogniser.idle_ms)
        if is_press:
            events += recogniser.feed(char, at_ms, number)
            last = at_ms
        else:
            recogniser.release(number)
    return [*events, *recogniser.poll(last + 10_000)]


def _burst(text, start_ms, gaps):
    """A scanner lets go of each key before it presses the next."""
    times = itertools.accumulate(gaps[: len(text) - 1], initial=start_ms)
    return [(char, at_ms, 1) for char, at_ms in zip(text, times, strict=True)]


def _fingers(typing, start_ms=0):
    times = itertools.accumulate((pause for _, pause, _ in typing), initial=start_ms)
    return [
        (char, at_ms, down) for (char, _, down), at_ms in zip(typing, itertools.islice(times, 1, None), strict=True)
    ]


@given(CODES, st.sampled_from(TAUGHT), TYPING, st.integers(0, 1500), GAPS)
def test_every_key_lands_where_it_belongs(code, taught, typing, start_ms, gaps):
    config, before, after = taught
    strokes = _burst(before + code + after, start_ms, gaps) + _fingers(typing)
    events = _played(config, strokes)
    assert [event.text for event in events if isinstance(event, Scanned)] == [code]
    assert "".join(event.text for event in events if isinstance(event, Typed)) == "".join(char for char, _, _ in typing)


@given(st.lists(CODES, min_size=2, max_size=4), TYPING, GAPS)
def test_several_scans_while_somebody_types(codes, typing, gaps):
    strokes = _fingers(typing)
    for number, code in enumerate(codes):
        strokes += _burst(code + "\r", 200 + 600 * number, gaps)
    events = _played(WedgeConfig(), strokes)
    assert [event.text for event in events if isinstance(event, Scanned)] == codes
    assert "".join(event.text for event in events if isinstance(event, Typed)) == "".join(char for char, _, _ in typing)


@given(CODES, GAPS)
def test_a_scanner_that_holds_several_keys_down_is_one_scanner(code, gaps):
    times = list(itertools.accumulate(gaps[: len(code)], initial=100))
    strokes = [
        (char, at_ms, (times[number + 1] - at_ms) + 1 if number < len(code) else 1)
        for number, (char, at_ms) in enumerate(zip(code + "\r", times, strict=True))
    ]
    assert _played(WedgeConfig(), strokes) == [Scanned(code)]


def test_a_finger_among_the_keys_of_such_a_scanner_is_found_when_it_is_overtaken():
    code = "6901234567892"
    strokes = [(char, 100 + 5 * number, 6) for number, char in enumerate(code + "\r")]
    assert _played(WedgeConfig(), [*strokes, ("h", 112, 80)]) == [Typed("h"), Scanned(code)]


def test_what_was_typed_comes_before_the_scan():
    """The scan may bring another screen to the front: what was typed belongs to the one before."""
    code = "6901234567892"
    strokes = _burst(code + "\r", 100, [5] * 40)
    assert _played(WedgeConfig(), [*strokes, ("h", 128, 80), ("i", 300, 80)]) == [Typed("h"), Scanned(code), Typed("i")]


@given(TYPING, st.sampled_from(TAUGHT))
def test_typing_alone_stays_typing(typing, taught):
    events = _played(taught[0], _fingers(typing))
    assert all(isinstance(event, Typed) for event in events)
    assert "".join(event.text for event in events) == "".join(char for char, _, _ in typing)


def test_a_double_character_too_quick_for_the_system_to_say_that_it_was_let_go():
    """Two keys in one millisecond: some systems take the second for a repeat and leave the release out."""
    recogniser, events = WedgeRecogniser(), []
    for number, char in enumerate("6900004567892"):
        place = ord(char)
        events += recogniser.feed(char, number, place)
        if char != "0" or number == 5:
            recogniser.release(place)
    assert [*events, *recogniser.feed("\r", 14, 13)] == [Scanned("6900004567892")]


def test_a_release_nobody_knows_of_changes_nothing():
    recogniser = WedgeRecogniser()
    recogniser.release(7)
    recogniser.feed("6", 0, 3)
    recogniser.release(7)
    assert recogniser.flush() == (Typed("6"),)
