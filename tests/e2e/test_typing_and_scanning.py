"""A person types while a scanner types: every key lands where it belongs, in the field or in the scan.

Real keys of an X server, from two programs at once, into the till's real window. The person holds each key for some
80 ms, as fingers do; the scanner presses and lets go as fast as it can.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pos_testkit.scanner_inputs import mod10

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("e2e")]
PROCESS = Path(__file__).with_name("window_for_typing.py")
EAN = "6901234567892"
WORDS = "thequickbrownfoxjumpsoverthelazydogandnothingofitislost"
#: On a machine with much to do a scanner made of software stops in the middle of a code; then the round is run again.
ROUNDS = 6


class Window:
    """The till's window in a process of its own, and keys from outside."""

    def __init__(self, display: str, gap_ms: int = 50, prefix: str = "", suffix: str = "") -> None:
        self._environment = {**os.environ, "DISPLAY": display}
        self.gap_ms = gap_ms
        self._process = subprocess.Popen(
            [sys.executable, str(PROCESS), str(gap_ms), prefix, suffix],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**self._environment, "QT_QPA_PLATFORM": "xcb", "PYTHONUTF8": "1"},
        )
        self._seen: queue.Queue[dict[str, Any]] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.now: dict[str, Any] = {}
        self.until(lambda: self.now.get("window"), "the window")
        self.focus()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._seen.put(json.loads(line))

    def focus(self) -> None:
        window = str(self.now["window"])
        self.xdotool("windowraise", window, "windowfocus", "--sync", window)
        self.until(lambda: self.now["focus"], "the focus")

    def xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True, timeout=60)

    def scan(self, text: str, delay_ms: int = 4) -> None:
        """As a scanner types."""
        self.xdotool("type", "--delay", str(delay_ms), text)

    def fingers(self, text: str, down_s: float = 0.08, pause_s: float = 0.05) -> None:
        """As a person types."""
        words: list[str] = []
        for char in text:
            key = {"\n": "Return", " ": "space"}.get(char, char)
            words += ["keydown", key, "sleep", str(down_s), "keyup", key, "sleep", str(pause_s)]
        self.xdotool(*words)

    def tell(self, what: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(what + "\n")
        self._process.stdin.flush()

    def clear(self) -> None:
        """Forget what was until now."""
        before = self.now["cleared"]
        self.tell("clear")
        self.until(lambda: self.now["cleared"] > before, "a fresh start")

    def until(self, condition: Callable[[], object], what: str, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while True:
            while not self._seen.empty():
                self.now = self._seen.get_nowait()
            if self.now and condition():
                return
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise AssertionError(f"waited in vain: {what}; {self.now}")
            with contextlib.suppress(queue.Empty):  # nothing changed: look at the time, and again
                self.now = self._seen.get(timeout=0.1)

    def stalled(self, scanned: str) -> bool:
        """Whether the scanner stopped within a code for longer than one pause may be: then this was no scanner."""
        left, last_ms = list(scanned), None
        for char, at_ms in self.now["keys"]:
            if not left:
                break
            if char == left[0]:
                if last_ms is not None and at_ms - last_ms > self.gap_ms * 0.8:
                    return True
                last_ms = None if left[0] == "\n" else at_ms
                left.pop(0)
        return False

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._reader.join(10)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


@pytest.fixture
def open_window(screen: str) -> Iterator[Callable[..., Window]]:
    opened: list[Window] = []

    def open_one(*arguments: Any, **more: Any) -> Window:
        opened.append(Window(screen, *arguments, **more))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


def codes(count: int) -> list[str]:
    bodies = [f"69{number:010d}" for number in range(11, 11 + 12_345 * count, 12_345)]
    return [body + mod10(body) for body in bodies]


def both_at_once(window: Window, sent: list[str], around: str = "{}\n") -> None:
    """A person types all the time while codes are scanned; nothing may be missing, and nothing be elsewhere."""
    scanned = "".join(around.format(code) for code in sent)
    for _ in range(ROUNDS):
        window.clear()
        typist = threading.Thread(target=window.fingers, args=(WORDS,))
        typist.start()
        for code in sent:
            time.sleep(0.31)
            window.scan(around.format(code))
        typist.join()
        window.until(lambda: len(window.now["keys"]) >= len(WORDS) + len(scanned), "all keys")
        if not window.stalled(scanned):
            break
    window.until(lambda: len(window.now["box"]) == len(WORDS), "the words in the field")
    assert window.now["scans"] == sent
    assert window.now["box"] == WORDS
    assert window.now["fields"] == [WORDS]
    assert window.now["entered"] == window.now["pressed"] == []


def test_typing_and_scanning_at_once(open_window: Callable[..., Window]) -> None:
    both_at_once(open_window(), codes(12))


def test_typing_and_scanning_at_once_with_prefix_and_suffix(open_window: Callable[..., Window]) -> None:
    both_at_once(open_window(prefix="`;", suffix="\\"), codes(12), "`;{}\\\n")


def test_typing_and_scanning_at_once_with_a_prefix_alone(open_window: Callable[..., Window]) -> None:
    both_at_once(open_window(prefix="`"), codes(12), "`{}\n")


def one_scan(window: Window, sent: str, wanted: str, delay_ms: int = 4, box: str = "scans") -> None:
    """A code, nobody types."""
    for _ in range(ROUNDS):
        window.clear()
        window.scan(sent, delay_ms)
        window.until(lambda: len(window.now["keys"]) >= len(sent), "all keys")
        if not window.stalled(sent):
            break
    window.until(lambda: window.now[box], "the scan")
    assert window.now[box] == [wanted]
    assert window.now["fields"] == window.now["entered"] == window.now["pressed"] == []


@pytest.mark.parametrize(
    "code", ["VIP00017", "GTM:Az_09.~-", "https://id.example/01/06901234567892/21/A1B2", "QAB12CD"]
)
def test_capitals_and_signs(open_window: Callable[..., Window], code: str) -> None:
    one_scan(open_window(), code + "\n", code, delay_ms=2)


def test_a_tab_ends_a_code_and_moves_no_focus(open_window: Callable[..., Window]) -> None:
    window = open_window()
    before = window.now["focus"]
    one_scan(window, EAN + "\t", EAN)
    assert window.now["focus"] == before


def test_no_end_at_all(open_window: Callable[..., Window]) -> None:
    one_scan(open_window(), EAN, EAN)


def test_a_slow_wireless_scanner(open_window: Callable[..., Window]) -> None:
    """Pauses up to the one that is set; people type slower still."""
    window = open_window(gap_ms=150)
    one_scan(window, EAN + "\n", EAN, delay_ms=90)
    window.clear()
    window.fingers("abc", down_s=0.1, pause_s=0.1)
    window.until(lambda: window.now["box"] == "abc", "what was typed")


def test_during_a_sheet_the_sheet_hears_it(open_window: Callable[..., Window]) -> None:
    window = open_window()
    window.tell("sheet")
    window.until(lambda: window.now["sheet"], "the sheet")
    one_scan(window, EAN + "\n", EAN, box="sheet_scans")
    assert window.now["scans"] == []
    assert window.now["sheet"], "its Enter closed nothing"


def test_two_codes_with_no_pause_between(open_window: Callable[..., Window]) -> None:
    window = open_window()
    sent = codes(6)
    text = "".join(f"{code}\n" for code in sent)
    for _ in range(ROUNDS):
        window.clear()
        window.scan(text)
        window.until(lambda: len(window.now["keys"]) >= len(text), "all keys")
        if not window.stalled(text):
            break
    window.until(lambda: len(window.now["scans"]) == len(sent), "all codes")
    assert window.now["scans"] == sent
    assert window.now["fields"] == []
