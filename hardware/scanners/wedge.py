"""Scanners that pretend to be keyboards: tell a burst of keys from a person typing.

Pure: no clock, no toolkit. The window feeds every key with its time and shows nothing until the recogniser gives the
characters back as typed; when it says that a code is complete, that is a scan. `poll` must be called when time passes
without keys (a timer of `idle_ms` after each key suffices).
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable


class WedgeConfig(msgspec.Struct, frozen=True, kw_only=True):
    """How the scanner types.

    Attributes:
        max_gap_ms: Longest pause between keys of one scan; Bluetooth scanners need 80 and more, people rarely type
            faster than 90 for long.
        min_length: Shortest code; a shorter burst was typing.
        max_length: Longer bursts are cut off and reported as overflow.
        prefix: Taught characters before each code; when given, only bursts that begin with them are scans.
        suffix: Taught characters after each code, besides the terminators.
        terminators: Keys that end a code and are swallowed with it.
    """

    max_gap_ms: int = 50
    min_length: int = 6
    max_length: int = 512
    prefix: str = ""
    suffix: str = ""
    terminators: str = "\r\n\t"

    def __post_init__(self) -> None:
        if self.max_gap_ms < 1 or self.min_length < 1 or self.max_length < self.min_length:
            raise ValueError("max_gap_ms and min_length are positive, max_length is at least min_length")


class Scanned(msgspec.Struct, frozen=True, tag="scanned"):
    """A complete code, without prefix, suffix and terminator.

    Attributes:
        text: The code.
        overflow: It was longer than allowed and is cut off.
    """

    text: str
    overflow: bool = False


class Typed(msgspec.Struct, frozen=True, tag="typed"):
    """Characters that a person typed, terminators included, to be given to whatever has the focus."""

    text: str


WedgeEvent = Scanned | Typed


class _Key:
    """One key that was pressed and is not decided yet.

    Attributes:
        char: What it types.
        key: Which key of the keyboard; 0 where that is not known.
        is_down: Nobody has let it go yet.
        outlived: It was still down when the next key was pressed.
        overtaken: A later key was pressed and let go while it was down.
    """

    __slots__ = ("char", "is_down", "key", "outlived", "overtaken")

    def __init__(self, char: str, key: int) -> None:
        self.char = char
        self.key = key
        self.is_down = key != 0
        self.outlived = False
        self.overtaken = False


class WedgeRecogniser:
    """Collects keys and says what they were.

    Without a taught prefix a code is a burst of at least `min_length` keys that ends with a terminator, or with a
    pause. With a prefix, everything from it to suffix or terminator is a code, however slowly it comes within
    `max_gap_ms`, and any other typing is given back at once.

    A person may press a key in the middle of a scan, on another keyboard. A scanner lets go of each key before the
    next, or at most in the order in which it pressed them; a finger stays down while many of a scanner's keys pass.
    Such a key is taken out of the code and given back as typed. A tap shorter than the scanner's own pauses, and an
    Enter in the middle of a scan, cannot be told from the scanner's; the code is then wrong, and is refused as such.
    """

    def __init__(self, config: WedgeConfig | None = None) -> None:
        self._config = config or WedgeConfig()
        self._held: list[_Key] = []
        self._saw_release = False
        self._last_ms = 0
        self._overflow = False
        self._swallow_terminator_until_ms = -1

    @property
    def holding(self) -> bool:
        """Whether characters are held back, so that `poll` must be called."""
        return bool(self._held)

    @property
    def idle_ms(self) -> int:
        """After how long without keys `poll` decides."""
        return self._config.max_gap_ms + 1

    def feed(self, char: str, at_ms: int, key: int = 0) -> tuple[WedgeEvent, ...]:
        r"""Return what is decided by this key.

        Args:
            char: One character; Enter is ``\\r``.
            at_ms: Time of the key on any steadily growing clock.
            key: Which key of the keyboard was pressed; 0 where `release` will not tell of it.
        """
        events = list(self.poll(at_ms))
        config = self._config
        for each in self._held:
            # No key goes down twice: it was let go in between, too quickly for the system to say so.
            each.is_down = each.is_down and each.key != key
            each.outlived = each.outlived or each.is_down
        if char in config.terminators:
            events += self._terminated(char, at_ms)
            self._last_ms = at_ms
            return tuple(events)
        self._last_ms = at_ms
        if len(self._held) >= config.max_length + len(config.prefix) + len(config.suffix):
            self._overflow = True
            return tuple(events)
        self._held.append(_Key(char, key))
        if config.prefix:
            events += self._follow_prefix()
        if config.suffix and self._held:
            text = _text(self._code_keys(ended=False))
            if text.endswith(config.suffix) and self._is_code(text):
                events += self._code(ended=False)
                # A scanner set to suffix and Enter sends both; the Enter must not press a button.
                self._swallow_terminator_until_ms = at_ms + config.max_gap_ms
        return tuple(events)

    def release(self, key: int) -> None:
        """A key was let go, as told to `feed` when it was pressed; decides nothing by itself."""
        for place in range(len(self._held) - 1, -1, -1):
            if self._held[place].key == key and self._held[place].is_down:
                self._held[place].is_down = False
                self._saw_release = True
                for earlier in self._held[:place]:
                    earlier.overtaken = earlier.overtaken or earlier.is_down
                return

    def poll(self, now_ms: int) -> tuple[WedgeEvent, ...]:
        """Return what the passing of time decides: a burst that has ended without a terminator, or typing."""
        if not self._held or now_ms - self._last_ms <= self._config.max_gap_ms:
            return ()
        if not self._config.suffix and self._is_code(_text(self._code_keys(ended=True))):
            return tuple(self._code(ended=True))
        return (self._typing(),)

    def flush(self) -> tuple[WedgeEvent, ...]:
        """Give everything held back as typed: the window loses the focus."""
        return (self._typing(),) if self._held else ()

    def _code_keys(self, *, ended: bool) -> list[_Key]:
        """Return those of the keys held that a scanner pressed.

        Args:
            ended: Nothing more belongs to the burst; else its last key was pressed just now and is still down.
        """
        judged = self._held if ended else self._held[:-1]
        # A scanner that holds several keys down at once does so throughout; then only what it overtook is a person's.
        one_by_one = self._saw_release and sum(each.outlived for each in judged) * 3 <= len(judged)
        still_down = {id(each) for each in judged if each.is_down} if one_by_one else set()
        return [each for each in self._held if not each.overtaken and id(each) not in still_down]

    def _terminated(self, char: str, at_ms: int) -> list[WedgeEvent]:
        if not self._held:
            if at_ms <= self._swallow_terminator_until_ms:
                return []
            return [Typed(char)]
        if self._is_code(_text(self._code_keys(ended=True))):
            self._swallow_terminator_until_ms = at_ms + self._config.max_gap_ms  # CR LF is one terminator
            return self._code(ended=True)
        typed = self._typing()
        return [Typed(typed.text + char)]

    def _follow_prefix(self) -> list[WedgeEvent]:
        """Return codes that a second prefix ends, and typing that cannot be the beginning of one."""
        prefix = self._config.prefix
        events: list[WedgeEvent] = []
        while self._held and not self._may_begin(_text(self._code_keys(ended=False))):
            if self._held[0].char == prefix[0] and any(each.is_down for each in self._held):
                return events  # a finger may be in between: it is known when it is lifted
            # Give back only as much as cannot be the start of the prefix.
            events.append(Typed(self._held.pop(0).char))
        keys = self._code_keys(ended=False)
        text = _text(keys)
        again = text.find(prefix, len(prefix))
        if again > 0 and len(text) == again + len(prefix):
            rest = keys[again:]
            self._held = [each for each in self._held if each not in rest]
            is_code = self._is_code(_text(self._code_keys(ended=True)))
            events += self._code(ended=True) if is_code else [self._typing()]
            self._held = rest
        return events

    def _may_begin(self, text: str) -> bool:
        return text.startswith(self._config.prefix) or self._config.prefix.startswith(text)

    def _is_code(self, text: str) -> bool:
        config = self._config
        if config.prefix and not text.startswith(config.prefix):
            return False
        body = self._body(text)
        if config.prefix:
            return bool(body)
        # One key held down repeats as fast as a scanner types.
        return len(body) >= config.min_length and len(set(body)) > 1

    def _body(self, text: str) -> str:
        return text.removeprefix(self._config.prefix).removesuffix(self._config.suffix)

    def _code(self, *, ended: bool) -> list[WedgeEvent]:
        """Return the code, after what a person typed in between."""
        keys = self._code_keys(ended=ended)
        typed = _text([each for each in self._held if each not in keys])
        text = self._body(_text(keys))
        overflow = self._overflow or len(text) > self._config.max_length
        self._forget()
        code = Scanned(text[: self._config.max_length], overflow)
        return [Typed(typed), code] if typed else [code]

    def _typing(self) -> Typed:
        text = _text(self._held)
        self._forget()
        return Typed(text)

    def _forget(self) -> None:
        self._held, self._overflow, self._saw_release = [], False, False


def _text(keys: Iterable[_Key]) -> str:
    return "".join(each.char for each in keys)


def suggested_gap_ms(key_times_ms: Iterable[Iterable[int]]) -> int:
    """Return a `max_gap_ms` learned from test scans: twice the longest pause seen, within 20 to 150.

    Args:
        key_times_ms: For each test scan the times of its keys.
    """
    gaps = (later - earlier for times in key_times_ms for earlier, later in itertools.pairwise(times))
    return min(150, max(20, 2 * max(gaps, default=0)))
