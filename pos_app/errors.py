"""The error tree: what the world did, what we did wrong, and what a person called off.

Core code carries codes and arguments; the words are in the user interface (``pos_app.ui.messages``), so the same
error is said in Chinese and in English and never shows a stack trace at the counter.
"""

from __future__ import annotations

from typing import Final


class GuitaiError(Exception):
    """Base of every error the project raises on purpose."""


class KnownError(GuitaiError):
    """Something the world did and a person can act on.

    Attributes:
        code: Stable identifier, ``area.what`` in lower case; the user interface has the words for it.
        details: Values for the words. They never hold a phone number, card number, PIN or key.
    """

    def __init__(self, code: str, /, **details: object) -> None:
        super().__init__(code if not details else f"{code} {details}")
        self.code: Final = code
        self.details: Final = details


class BugError(GuitaiError):
    """An invariant did not hold: a fault of ours, answered with a crash report and a till that stops that action."""


class CancelledError(GuitaiError):
    """A person called the work off. Nobody is told, nothing is logged as a failure."""
