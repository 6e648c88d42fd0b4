"""A serial scanner at a pseudo terminal, which knows at what speed it is read."""

from __future__ import annotations

import os
import sys

if sys.platform != "win32":
    import termios
    import tty

    class PtyScanner:
        """At another speed than its own it is garbage. A pseudo terminal always has eight bits: the eighth is parity.

        Attributes:
            port: Name of the port.
        """

        def __init__(self, speed: int, parity: str = "N") -> None:
            self._master, self._slave = os.openpty()
            tty.setraw(self._slave)
            os.set_blocking(self._master, False)
            self.port = os.ttyname(self._slave)
            self._parity = parity
            self._speed = getattr(termios, f"B{speed}")

        def scan(self, text: str) -> None:
            """Send a text as it is."""
            right = termios.tcgetattr(self._slave)[5] == self._speed
            sent = bytes(self._with_parity(each) for each in text.encode())
            os.write(self._master, sent if right else bytes(each ^ 0xE5 for each in sent))

        def _with_parity(self, byte: int) -> int:
            wanted = {"N": byte.bit_count() % 2, "E": 0, "O": 1}[self._parity]
            return byte if byte.bit_count() % 2 == wanted else byte | 0x80

        def close(self) -> None:
            """Pull it out."""
            os.close(self._master)
            os.close(self._slave)
