"""What a review of a programme finds, and its words."""

from __future__ import annotations

import enum
from collections.abc import Mapping

import msgspec

from pos_app.domain.text import LocalText


class Severity(enum.StrEnum):
    """Whether a programme with a finding may be used."""

    ERROR = "error"
    WARNING = "warning"


class Finding(msgspec.Struct, frozen=True):
    """Something an owner should know before the programme is used.

    Attributes:
        code: Names the kind of finding.
        place: Which rule, as a path into the document.
        severity: Errors forbid the use.
        text: What happens, in a sentence.
    """

    code: str
    place: str
    severity: Severity
    text: LocalText


#: By code: severity, and the sentence in Chinese and English with named places for details.
Texts = Mapping[str, tuple[Severity, str, str]]


def found(texts: Texts, code: str, place: str, **details: object) -> Finding:
    """Put a finding into words."""
    severity, zh, en = texts[code]
    words = {name: value if isinstance(value, LocalText) else LocalText(str(value)) for name, value in details.items()}
    return Finding(
        code,
        place,
        severity,
        LocalText(
            zh.format(**{name: word.zh for name, word in words.items()}),
            en.format(**{name: word.in_language("en") for name, word in words.items()}),
        ),
    )
