"""Everything around the till: a display, a cashier's hands, a scanner on a wire, paper at the other end of a socket."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

PROCESS = Path(__file__).with_name("watched_till.py")
NPOS = Path(__file__).parents[1] / "golden" / "npos"
#: A person's typing. xdotool waits half of it between two characters; less than 50 ms there would look like a scanner.
KEY_DELAY_MS = 130
DLE_EOT, COMPLETION = b"\x10\x04", b"\x1dr\x01"


@contextlib.contextmanager
def display(width: int = 1280, height: int = 900) -> Iterator[str]:
    """An X server of its own on a free display."""
    read_end, write_end = os.pipe()
    with os.fdopen(read_end) as answer:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
            pass_fds=(write_end,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write_end)
        try:
            number = answer.readline().strip()
            assert number, "Xvfb did not start"
            yield f":{number}"
        finally:
            server.terminate()
            server.wait(10)


class PaperSink:
    """A network printer that keeps every job's bytes and answers as a healthy one does."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.port: int = self._listener.getsockname()[1]
        self._stop = threading.Event()
        self._jobs: list[bytes] = []
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="paper-sink")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._stop.set()
        self._thread.join(10)
        self._listener.close()

    def _run(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = self._listener.accept()
                with connection:
                    self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(0.05)
        data = b""
        answered = 0
        while not self._stop.is_set():
            try:
                part = connection.recv(65_536)
            except TimeoutError:
                continue  # nothing came yet: look whether to stop, then read again
            except OSError:
                break
            if not part:
                break
            data += part
            with contextlib.suppress(OSError):
                connection.sendall(b"\x12" * (data.count(DLE_EOT) - answered))
                answered = data.count(DLE_EOT)
                if part.endswith(COMPLETION):
                    connection.sendall(b"\x00")
        for number in (1, 2, 3, 4):
            data = data.replace(DLE_EOT + bytes((number,)), b"")
        data = data.removesuffix(COMPLETION)
        if data:
            with self._changed:
                self._jobs.append(data)
                self._changed.notify_all()

    @property
    def jobs(self) -> tuple[bytes, ...]:
        """Everything printed so far."""
        with self._changed:
            return tuple(self._jobs)

    def wait_for(self, count: int, seconds: float = 20) -> tuple[bytes, ...]:
        """All jobs, as soon as there are so many."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._jobs) >= count, seconds), f"{len(self._jobs)} of {count}"
            return tuple(self._jobs)


def npos(data: bytes, folder: Path) -> dict[str, Any] | None:
    """What the independent decoder reads; None where Node is missing."""
    node = shutil.which("node")
    if node is None or not (NPOS / "node_modules" / "npos").is_dir():
        return None
    job = folder / "job.bin"
    job.write_bytes(data)
    run = subprocess.run([node, str(NPOS / "decode.js"), str(job)], capture_output=True, check=True, timeout=60)
    result: dict[str, Any] = json.loads(run.stdout)
    return result


class Till:
    """A till in a process of its own, and the cashier's eyes and hands.

    Attributes:
        keys: How many keys were pressed.
        touches: How many times a finger came down.
    """

    def __init__(self, display: str, home: Path, *options: str) -> None:
        self._display = display
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(
            [sys.executable, str(PROCESS), "--home", str(home), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment,
        )
        self._seen: queue.Queue[dict[str, Any]] = queue.Queue()
        self._reader = threading.Thread(target=self._read, name="till-reader")
        self._reader.start()
        self.now: dict[str, Any] = {"screen": "", "pending": -1, "state": {}}
        self.keys = 0
        self.touches = 0

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("{"):
                self._seen.put(json.loads(line))

    # Eyes

    @property
    def screen(self) -> str:
        """What is in front."""
        return str(self.now["screen"])

    @property
    def state(self) -> dict[str, Any]:
        """What it shows."""
        found: dict[str, Any] = self.now["state"]
        return found

    def until(self, condition: Callable[[], object], what: str, seconds: float = 25) -> None:
        """Look until something is so."""
        deadline = time.monotonic() + seconds
        while True:
            with contextlib.suppress(queue.Empty):
                while True:
                    seen = self._seen.get_nowait()
                    if "screen" in seen:
                        self.now = seen
            if condition():
                return
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise AssertionError(f"waited in vain: {what}; {self.now}")
            with contextlib.suppress(queue.Empty):
                seen = self._seen.get(timeout=0.2)
                if "screen" in seen:
                    self.now = seen

    def see(self, screen: str, what: str = "", **fields: object) -> None:
        """Wait for a screen at rest that shows these fields."""
        self.until(
            lambda: (
                self.screen == screen
                and self.now["pending"] == 0
                and all(self.state.get(name) == value for name, value in fields.items())
            ),
            f"{what or 'the screen'} {screen} {fields}",
        )

    # Hands

    def _xdotool(self, *words: str) -> None:
        environment = {**os.environ, "DISPLAY": self._display}
        subprocess.run(["xdotool", *words], env=environment, check=True, timeout=30)

    def focus(self) -> None:
        """Bring the window to the front: there is no window manager to do it."""
        self._xdotool("windowraise", str(self.now["window"]), "windowfocus", "--sync", str(self.now["window"]))

    def press(self, *names: str) -> None:
        """Press keys one after another."""
        self.keys += len(names)
        self._xdotool("key", "--delay", str(KEY_DELAY_MS), *names)

    def type(self, text: str) -> None:
        """Type as a person does."""
        self.keys += len(text)
        self._xdotool("type", "--delay", str(KEY_DELAY_MS), text)

    def targets(self) -> list[dict[str, Any]]:
        """What a finger could press now."""
        assert self._process.stdin is not None
        self._process.stdin.write("targets\n")
        self._process.stdin.flush()
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            seen = self._seen.get(timeout=10)
            if "targets" in seen:
                found: list[dict[str, Any]] = seen["targets"]
                return found
            self.now = seen
        raise AssertionError("the till does not say what can be touched")

    def touch(self, **wanted: str) -> None:
        """Touch the middle of what has that ``text`` or ``key``; every target must be large enough for a finger."""
        found = self.targets()
        small = [each for each in found if min(each["box"][2:]) < 44]
        assert not small, f"too small for a finger on {self.screen}: {small}"
        ((name, value),) = wanted.items()
        fitting = [each for each in found if each[name] == value] or [
            each for each in found if name == "text" and value in each["text"]
        ]
        assert fitting, f"nothing to touch with {wanted} on {self.screen}: {[(e['text'], e['key']) for e in found]}"
        x, y, width, height = fitting[0]["box"]
        self.touches += 1
        self._xdotool("mousemove", str(x + width // 2), str(y + height // 2), "click", "1")

    # The end

    def kill(self) -> None:
        """As a power cut does."""
        self._process.kill()
        self._gone()

    def _gone(self) -> None:
        self._process.wait(20)
        self._reader.join(10)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def close(self) -> None:
        """End it, however it stands."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._gone()


@contextlib.contextmanager
def till(display_name: str, home: Path, *options: str) -> Iterator[Till]:
    """A till that shows its log-in."""
    one = Till(display_name, home, *options)
    try:
        one.until(lambda: one.screen == "login" and one.now["open"] and one.now["pending"] == 0, "the log-in", 60)
        one.until(lambda: one.state["selected"], "somebody to log in")
        one.focus()
        yield one
    finally:
        one.close()
