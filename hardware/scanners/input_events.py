"""What a scanner types, read from the kernel's event structs: keys of a US keyboard to characters (pure).

Scanners type as a US keyboard unless somebody has set them otherwise. Control characters come as Ctrl with a key, or
as Alt with their number on the keypad, which is how GS1 codes send their separators.
"""

from __future__ import annotations

import struct

_EVENT = struct.Struct("llHHi")
EVENT_BYTES = _EVENT.size
_EV_SYN, _EV_KEY, _SYN_DROPPED = 0, 1, 3
_RELEASED, _PRESSED = 0, 1
_SHIFT, _CTRL, _ALT = {42, 54}, {29, 97}, {56, 100}
_ENDS = {28: "\r", 96: "\r", 15: "\t"}
_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
    (55, "*", "*"),
    (98, "/", "/"),
    (71, "789-456+1230.", "789-456+1230."),
)
_PLAIN = {first + place: char for first, plain, _ in _ROWS for place, char in enumerate(plain)}
_SHIFTED = {first + place: char for first, _, shifted in _ROWS for place, char in enumerate(shifted)}
_KEYPAD = {code: _PLAIN[code] for code in range(71, 83) if _PLAIN[code].isdigit()}
_LAST_CHARACTER = 0x10FFFF


class KeyDecoder:
    """Event structs in, whole codes out; Enter or Tab ends a code.

    Args:
        max_length: Longer codes are cut off, so that they are refused later and not taken for shorter ones.
    """

    def __init__(self, max_length: int) -> None:
        self._max_length = max_length
        self._bytes = bytearray()
        self.forget()

    @property
    def holding(self) -> bool:
        """Whether part of a code has arrived."""
        return bool(self._held) or self._spoiled

    def feed(self, data: bytes) -> list[str]:
        """Return the codes that `data` completes."""
        self._bytes += data
        whole = len(self._bytes) - len(self._bytes) % EVENT_BYTES
        codes: list[str] = []
        for _s, _us, kind, code, value in _EVENT.iter_unpack(bytes(self._bytes[:whole])):
            if kind == _EV_KEY:
                codes += self._key(code, value)
            elif kind == _EV_SYN and code == _SYN_DROPPED:
                # The kernel lost events: what is held has holes and must not pass for a code.
                self._spoiled = True
                self._down.clear()
        del self._bytes[:whole]
        return codes

    def end(self) -> list[str]:
        """Return what is held as a code, if anything."""
        code, spoiled = "".join(self._held), self._spoiled
        self._held.clear()
        self._spoiled = False
        return [code] if code and not spoiled else []

    def forget(self) -> None:
        """Drop what is held."""
        self._bytes.clear()
        self._held: list[str] = []
        self._down: set[int] = set()
        self._number = ""
        self._spoiled = False

    def _key(self, code: int, value: int) -> list[str]:
        if value == _RELEASED:
            self._down.discard(code)
            if code in _ALT and self._number:
                number, self._number = int(self._number), ""
                self._hold(chr(number) if number <= _LAST_CHARACTER else "")
            return []
        if value != _PRESSED:
            return []  # a key held down: no scanner does that
        self._down.add(code)
        if code in _ENDS:
            return self.end()
        if self._down & _ALT:
            self._number = (self._number + _KEYPAD.get(code, ""))[-7:]
            return []
        char = (_SHIFTED if self._down & _SHIFT else _PLAIN).get(code, "")
        if self._down & _CTRL:
            char = chr(ord(char.upper()) & 0x1F) if "@" <= char.upper() <= "_" else ""
        self._hold(char)
        return []

    def _hold(self, char: str) -> None:
        if char and len(self._held) < self._max_length:
            self._held.append(char)


def events_for(text: str) -> bytes:
    """Return the events of a scanner that types `text`; what a US keyboard has no key for goes as Alt and a number.

    Args:
        text: What is typed, its end (Enter or Tab) included.
    """
    keys = {char: code for code, char in reversed(_PLAIN.items())}
    shifted = {char: code for code, char in reversed(_SHIFTED.items())}
    pad = {char: code for code, char in _KEYPAD.items()}
    ends = {"\r": 28, "\n": 28, "\t": 15}
    sent = bytearray()

    def tap(code: int, *around: int) -> None:
        for each in around:
            sent.extend(_EVENT.pack(0, 0, _EV_KEY, each, _PRESSED))
        for value in (_PRESSED, _RELEASED):
            sent.extend(_EVENT.pack(0, 0, _EV_KEY, code, value))
            sent.extend(_EVENT.pack(0, 0, _EV_SYN, 0, 0))
        for each in around:
            sent.extend(_EVENT.pack(0, 0, _EV_KEY, each, _RELEASED))

    for char in text:
        if char in ends:
            tap(ends[char])
        elif char in keys:
            tap(keys[char])
        elif char in shifted:
            tap(shifted[char], 42)
        else:
            sent += _EVENT.pack(0, 0, _EV_KEY, 56, _PRESSED)
            for digit in f"{ord(char):03d}":
                tap(pad[digit])
            sent += _EVENT.pack(0, 0, _EV_KEY, 56, _RELEASED)
    return bytes(sent)
