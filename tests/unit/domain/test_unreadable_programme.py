"""A programme that cannot be read says where, as its owner would, and what may be meant."""

from __future__ import annotations

import pytest
from pos_testkit import builders as build

from pos_app.domain.programme.loading import load_programme
from pos_app.errors import KnownError


def reason(text: str) -> str:
    with pytest.raises(KnownError) as caught:
        load_programme(text)
    assert caught.value.code == "programme.unreadable"
    return str(caught.value.details["reason"])


def test_a_misspelt_key_is_named_with_its_rule_and_what_is_like_it() -> None:
    text = build.demo_programme_text().replace("multiplier_bp", "multiplyer_bp", 1)
    said = reason(text)
    assert said.startswith("tiers.regular")
    assert "unknown key 'multiplyer_bp'; is 'multiplier_bp' meant?" in said


def test_a_wrong_value_is_named_with_its_place() -> None:
    assert reason(build.demo_programme_text().replace("version = 1", 'version = "one"', 1)).startswith("version: ")
    rule = '\n[[giving]]\nkind = "check_in"\nname = { zh = "x" }\npack = 5\n'
    assert reason(build.demo_programme_text() + rule).startswith("giving.no. ")


def test_a_slip_of_the_pen_names_line_and_column() -> None:
    assert "line 2" in reason("version = 1\nname = \n")
