"""Design tokens, and the palette and style sheet made from them: the only module that knows a colour.

Everything a widget paints by hand asks :func:`tokens` while painting, so a change of theme needs no second path.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

SPACE_1: Final = 4
SPACE_2: Final = 8
SPACE_3: Final = 12
SPACE_4: Final = 16
SPACE_6: Final = 24
RADIUS: Final = 8
ROW_HEIGHT: Final = 44
#: Smallest side of anything a finger aims at.
TARGET: Final = 44

#: How text from outside is shortened.
ELIDE: Final = Qt.TextElideMode.ElideRight

SIZE_SMALL: Final = 14
SIZE_BODY: Final = 16
SIZE_TITLE: Final = 20
SIZE_FIGURE: Final = 20
SIZE_LARGE: Final = 28
SIZE_PAYABLE: Final = 40


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as ``#rrggbb``.

    Attributes:
        name: ``light`` or ``dark``.
        window: Behind everything.
        surface: Cards, tables, sheets.
        sunken: Header of a table, quiet areas inside a card.
        line: Dividers; decoration only, so no contrast is promised.
        control: Outline of what can be operated; 3:1 against what it stands on.
        text: Words and figures.
        muted: Secondary words; still AA.
        accent: The one thing to do next, focus, selection.
        accent_hover: The same under the pointer.
        on_accent: Words on ``accent``.
        accent_soft: Ground of the selected row.
        success: Something went well.
        success_soft: Ground for it.
        warning: Something wants attention.
        warning_soft: Ground for it.
        danger: Something is wrong or cannot be undone.
        danger_hover: The same under the pointer.
        on_danger: Words on ``danger``.
        danger_soft: Ground for it.
        neutral_soft: Ground of neutral chips and of keys on a pad.
        hover: Ground of a quiet control under the pointer.
        tier_0: Words of the entry tier.
        tier_1: Words of the second tier (silver).
        tier_2: Words of the third tier (gold).
        tier_3: Words of the top tier (platinum).
        training: Ground of the training band.
        on_training: Words on it.
        scrim: What lies over the screen under a sheet; with :attr:`scrim_alpha`.
        scrim_alpha: Opacity of the scrim, 0 to 255.
    """

    name: str
    window: str
    surface: str
    sunken: str
    line: str
    control: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_hover: str
    on_danger: str
    danger_soft: str
    neutral_soft: str
    hover: str
    tier_0: str
    tier_1: str
    tier_2: str
    tier_3: str
    training: str
    on_training: str
    scrim: str
    scrim_alpha: int

    def tier(self, rank: int) -> str:
        """Colour of the words of a tier; ``rank`` counts from the entry tier, and beyond the top is the top."""
        return (self.tier_0, self.tier_1, self.tier_2, self.tier_3)[max(0, min(rank, 3))]


LIGHT: Final = Tokens(
    name="light",
    window="#eef0f3",
    surface="#ffffff",
    sunken="#f6f7f9",
    line="#dde1e7",
    control="#808a98",
    text="#12161c",
    muted="#545e6d",
    accent="#1a56c4",
    accent_hover="#1549a8",
    on_accent="#ffffff",
    accent_soft="#e4edfc",
    success="#146c3a",
    success_soft="#e2f3e8",
    warning="#855000",
    warning_soft="#fcefd6",
    danger="#b3261e",
    danger_hover="#96201a",
    on_danger="#ffffff",
    danger_soft="#fce8e6",
    neutral_soft="#eaedf1",
    hover="#e3e7ed",
    tier_0="#545e6d",
    tier_1="#4a6076",
    tier_2="#7d5700",
    tier_3="#5b3fa8",
    training="#7a4a00",
    on_training="#ffffff",
    scrim="#12161c",
    scrim_alpha=120,
)

DARK: Final = Tokens(
    name="dark",
    window="#0d1014",
    surface="#171b21",
    sunken="#1d222a",
    line="#2b323c",
    control="#6f7a89",
    text="#e9ecf1",
    muted="#a3acb9",
    accent="#86adff",
    accent_hover="#a3c1ff",
    on_accent="#0a1530",
    accent_soft="#1d2c4a",
    success="#63cd92",
    success_soft="#16301f",
    warning="#ecb863",
    warning_soft="#352811",
    danger="#ff948b",
    danger_hover="#ffb0a9",
    on_danger="#370805",
    danger_soft="#3b1917",
    neutral_soft="#252b34",
    hover="#303743",
    tier_0="#a3acb9",
    tier_1="#b3c3d6",
    tier_2="#ecc26a",
    tier_3="#c3b0ff",
    training="#f0b652",
    on_training="#201300",
    scrim="#000000",
    scrim_alpha=160,
)

#: Codes are read by machines: dark on white in every theme.
CODE_GROUND: Final = "#ffffff"
CODE_MODULES: Final = "#000000"

THEMES: Final = {LIGHT.name: LIGHT, DARK.name: DARK}


class _Current:
    """Holds the tokens in use, so that painting code has one place to ask."""

    tokens: Tokens = LIGHT


def tokens() -> Tokens:
    """The tokens of the theme in use."""
    return _Current.tokens


@functools.cache
def color(value: str, alpha: int = 255) -> QColor:
    """A token as a QColor; shared, so not to be changed."""
    result = QColor(value)
    result.setAlpha(alpha)
    return result


def palette(t: Tokens) -> QPalette:
    """The palette for what the style sheet does not reach."""
    p = QPalette()
    role = QPalette.ColorRole
    for target, value in (
        (role.Window, t.window),
        (role.WindowText, t.text),
        (role.Base, t.surface),
        (role.AlternateBase, t.sunken),
        (role.Text, t.text),
        (role.PlaceholderText, t.muted),
        (role.Button, t.surface),
        (role.ButtonText, t.text),
        (role.BrightText, t.on_accent),
        (role.Highlight, t.accent),
        (role.HighlightedText, t.on_accent),
        (role.ToolTipBase, t.surface),
        (role.ToolTipText, t.text),
        (role.Link, t.accent),
        (role.Mid, t.line),
        (role.Dark, t.control),
    ):
        p.setColor(target, QColor(value))
    for target in (role.WindowText, role.Text, role.ButtonText):
        p.setColor(QPalette.ColorGroup.Disabled, target, QColor(t.control))
    return p


def apply(app: QApplication, name: str) -> None:
    """Switch the whole application to a theme; unknown names mean light."""
    from pos_app.ui.stylesheet import stylesheet

    chosen = THEMES.get(name, LIGHT)
    _Current.tokens = chosen
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette(chosen))
    app.setStyleSheet(stylesheet(chosen))


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its part in the style sheet and restyle it when the part changed."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at the widget's properties again."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def _channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours as WCAG 2 defines it, 1 to 21."""
    luminances = []
    for value in (one, other):
        red, green, blue = (_channel(int(value[i : i + 2], 16)) for i in (1, 3, 5))
        luminances.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(luminances) + 0.05) / (min(luminances) + 0.05)
