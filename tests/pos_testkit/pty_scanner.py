"""A serial scanner at a pseudo terminal, which knows at what speed it is read."""

from __future__ import annotations

import os
import sys

if sys.platform != "win32":
    import termios
    import tty

    class PtyScanner:
        """At another speed than its own it is garbage.

        Attributes:
            port: Name of the port.
        """

        def __init__(self, speed: int) -> None:
            self._master, self._slave = os.openpty()
            tty.setraw(self._slave)
            os.set_blocking(self._master, False)
            self.port = os.ttyname(self._slave)
            self._speed = getattr(termios, f"B{speed}")

        def scan(self, text: str) -> None:
            """Send a text as it is."""
            right = termios.tcgetattr(self._slave)[5] == self._speed
            os.write(self._master, text.encode() if right else bytes(each ^ 0xE5 for each in text.encode()))

        def close(self) -> None:
            """Pull it out."""
            os.close(self._master)
            os.close(self._slave)
