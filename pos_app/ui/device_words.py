"""Why a device does not do its work, as notices; the same words in a toast as on the devices screen."""

from __future__ import annotations

from pos_app.ui import messages
from pos_app.ui.state import Notice, Tone


def printer_notice(reason: str, tone: Tone = Tone.WARNING) -> Notice:
    """The words for why a printer did not print; a reason nobody knows is told in general."""
    code = reason if "." in reason else f"printer.{reason}"
    return Notice(tone, code if code in messages.WORDS else "printer.unknown")


def trial_notice(reason: str) -> Notice:
    """The words for why something that was tried did not work, and what to do; to the wizard a sale is no concern."""
    code = reason if "." in reason else f"trial.{reason}"
    return Notice(Tone.WARNING, code if code in messages.WORDS else "trial.unknown")
