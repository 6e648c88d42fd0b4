"""The theme keeps its promises of contrast, and nobody else knows a colour."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from pos_app.ui import theme

UI = Path(theme.__file__).parent
#: A barcode is black on white paper in every theme.
PAPER = UI / "virtual"
TEXT_ON = {
    "window": ("text", "muted", "accent", "success", "warning", "danger"),
    "surface": ("text", "muted", "accent", "success", "warning", "danger", "tier_0", "tier_1", "tier_2", "tier_3"),
    "sunken": ("text", "muted"),
    "neutral_soft": ("text", "muted"),
    "hover": ("text",),
    "accent_soft": ("text", "muted", "accent", "success", "tier_0", "tier_1", "tier_2", "tier_3"),
    "success_soft": ("success",),
    "warning_soft": ("warning",),
    "danger_soft": ("danger",),
    "accent": ("on_accent",),
    "accent_hover": ("on_accent",),
    "danger": ("on_danger",),
    "danger_hover": ("on_danger",),
    "training": ("on_training",),
}
CONTROLS_ON = {"surface": ("control", "accent", "danger"), "window": ("control", "accent")}


@pytest.mark.parametrize("name", sorted(theme.THEMES))
def test_text_has_aa_contrast(name):
    t = theme.THEMES[name]
    weak = [
        (ink, ground, round(theme.contrast(getattr(t, ink), getattr(t, ground)), 2))
        for ground, inks in TEXT_ON.items()
        for ink in inks
        if theme.contrast(getattr(t, ink), getattr(t, ground)) < 4.5
    ]
    assert weak == [], "WCAG AA wants 4.5:1 for text"


@pytest.mark.parametrize("name", sorted(theme.THEMES))
def test_controls_stand_out(name):
    t = theme.THEMES[name]
    weak = [
        (ink, ground)
        for ground, inks in CONTROLS_ON.items()
        for ink in inks
        if theme.contrast(getattr(t, ink), getattr(t, ground)) < 3
    ]
    assert weak == [], "WCAG wants 3:1 for what can be operated"


def test_contrast_is_the_ratio_of_wcag():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_themes_give_every_token():
    for t in theme.THEMES.values():
        for one in fields(t):
            value = getattr(t, one.name)
            if one.name not in ("name", "scrim_alpha"):
                assert re.fullmatch(r"#[0-9a-f]{6}", value), (t.name, one.name, value)


def test_no_colour_outside_the_theme():
    literal = re.compile(r"#[0-9a-fA-F]{3,8}\b(?=[\"';, }])|GlobalColor|QColor\(\s*[\d\"']|\brgba?\(")
    found = [
        f"{path.relative_to(UI)}:{number}: {line.strip()}"
        for path in UI.rglob("*.py")
        if path.name != "theme.py" and PAPER not in path.parents
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if literal.search(line)
    ]
    assert found == [], "colours live in theme.py: otherwise the dark theme and the contrast test miss them"
