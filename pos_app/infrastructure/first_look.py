"""What the first picture needs of the settings, read without their library: importing that takes longer than drawing.

The settings proper are read by ``settings.load_settings`` right after the first picture, with everything that can be
wrong with them; here anything wrong means the default.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class FirstLook(NamedTuple):
    """How the window looks before the settings are read.

    Attributes:
        language: ``zh_CN`` or ``en``.
        theme: ``light`` or ``dark``.
        shop: The shop's name.
    """

    language: str = "zh_CN"
    theme: str = "light"
    shop: str = ""


def first_look(path: Path) -> FirstLook:
    """Look into the settings file; never fails."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return FirstLook()
    default = FirstLook()
    return FirstLook(
        language=_text(found, "language") or default.language,
        theme=_text(found, "theme") or default.theme,
        shop=_text(found.get("shop") if isinstance(found, dict) else None, "name"),
    )


def _text(found: Any, name: str) -> str:
    value = found.get(name) if isinstance(found, dict) else None
    return value if isinstance(value, str) else ""
