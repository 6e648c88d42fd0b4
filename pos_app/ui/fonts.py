"""The fonts the till brings along, so that Chinese shows on a machine without any."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from pos_app.resources import resources_dir

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

FAMILY: Final = "Noto Sans CJK SC"
_PATTERN: Final = "NotoSansCJKsc-*.otf"


def install(app: QApplication) -> bool:
    """Load the bundled fonts and make them the application's font.

    Returns:
        Whether a bundled font was found; without one the system's fonts are used.
    """
    found = False
    for path in sorted((resources_dir() / "fonts").glob(_PATTERN)):
        found = QFontDatabase.addApplicationFont(str(path)) >= 0 or found
    font = QFont(FAMILY) if found else app.font()
    font.setPixelSize(16)
    # Hinting moves CJK strokes onto the pixel grid unevenly at these sizes; without it the strokes keep one weight.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)
    return found


@functools.cache
def sized(pixels: int, *, bold: bool = False) -> QFont:
    """The application's font at a size, with digits of one width, for what is painted by hand. Not to be changed."""
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@functools.cache
def metrics(pixels: int, *, bold: bool = False) -> QFontMetrics:
    """The measures of :func:`sized`."""
    return QFontMetrics(sized(pixels, bold=bold))
