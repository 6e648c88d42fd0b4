"""What the wizard needs done, as whoever shows it sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec

from pos_app.application.device_wizard.state import Answer, News, Stream, Trial


class Samples(msgspec.Struct, frozen=True):
    """What right papers look like, to be compared with what came out.

    Attributes:
        lines: The numbered lines of the trial page, without their numbers.
        qr: The modules of its QR code; true is dark.
        bars: The modules of the known code, ``1`` is dark.
    """

    lines: dict[int, str]
    qr: tuple[tuple[bool, ...], ...]
    bars: str


class DeviceActs(Protocol):
    """The devices, for the wizard alone: those of the till let go of their ports meanwhile."""

    def samples(self) -> Samples:
        """What right papers look like."""

    def hold(self, act: Trial) -> None:
        """Have what is set up let go of the ports that are tried. In the window's thread."""

    def do(self, act: Trial) -> Answer:
        """Do it and say how it went; waits, so never in the window's thread."""

    def listen(self, stream: Stream, tell: Callable[[News], None]) -> None:
        """Hear scanners that type and those at ports, or a scale, until stopped.

        While scanners are heard nothing that is typed goes anywhere else. In the window's thread, where ``do`` is not
        at work. ``tell`` is called in any thread.

        Raises:
            KnownError: As the settings of a scale.
        """

    def stop_listening(self) -> None:
        """Hear no more, and let typing go where it belongs. In the window's thread."""

    def give_back(self) -> None:
        """Use the devices of the settings again. In the window's thread, where ``do`` is not at work.

        Raises:
            KnownError: ``device.not_configured``.
        """
