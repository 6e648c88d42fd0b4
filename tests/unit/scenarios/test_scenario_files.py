"""Scenario files: what is refused and where, and how a difference is said."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from pos_testkit import builders as build

from pos_app.application.scenarios.comparing import differences
from pos_app.application.scenarios.giving import held_by
from pos_app.application.scenarios.loading import load_scenario
from pos_app.application.scenarios.running import run_scenario
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.wallet import Holding
from pos_app.errors import KnownError

HEAD = 'why = "a case"\nprogramme = "programme.toml"\nmoment = 2025-06-18T12:00:00\n'
TEA = '[[basket]]\nname = "tea"\nprice = "10.00"\n'


def case(*, top: str = "", member: str = "[member]\n", basket: str = TEA, expect: str = "[expect]\n", more: str = ""):
    return load_scenario(HEAD + top + member + basket + expect + more)


def found(scenario, programme=None):
    programme = programme or build.programme()
    return [each.text.en for each in differences(scenario, run_scenario(scenario, programme))]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "why"),
        ("this is not TOML", "line 1"),
        (HEAD + TEA + "[expect]\npayabel = '1.00'\n", "payabel"),
        (HEAD + TEA.replace('"10.00"', "10.00") + "[expect]\n", "basket[1].price: an amount is a text in yuan"),
        (HEAD + TEA.replace('"10.00"', "10") + "[expect]\n", "text in yuan"),
        (HEAD + TEA.replace('"10.00"', '"1,5"') + "[expect]\n", "money.unreadable"),
        (HEAD + TEA + "quantity = 1.5\n[expect]\n", "whole number, or a text"),
        (HEAD + TEA + "quantity = 0\n[expect]\n", "quantity.out_of_range"),
        (HEAD + '[member]\nstatus = "asleep"\n' + TEA + "[expect]\n", "member.status: Invalid enum value"),
    ],
)
def test_an_unreadable_file_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(KnownError) as error:
        load_scenario(text)
    assert error.value.code == "scenario.unreadable"
    assert place in error.value.details["reason"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (HEAD.replace("a case", " ") + TEA + "[expect]\n", "why:"),
        (HEAD + "basket = []\n[expect]\n", "basket:"),
        (HEAD.replace("12:00:00", "12:00:00Z") + TEA + "[expect]\n", "moment:"),
        (HEAD + "day_starts_hour = 24\n" + TEA + "[expect]\n", "day_starts_hour:"),
        (HEAD + "off = {}\n" + TEA + "[expect]\n", "off: either"),
        (HEAD + "off = { percent_bp = 10_001 }\n" + TEA + "[expect]\n", "off: percent_bp"),
        (HEAD + TEA + 'label = "1.00"\n[expect]\n', "basket[1].label"),
        (HEAD + TEA + 'unit_code = "A1"\n[expect]\n', "basket[1].unit_code"),
        (HEAD + TEA + 'signed_by = "k1"\n[expect]\n', "basket[1].signed_by"),
        (HEAD + 'sold_before = ["A1"]\n' + TEA + "[expect]\n", "sold_before[1]"),
        (HEAD + '[member]\nbirthday = "31-31"\n' + TEA + "[expect]\n", "member.birthday"),
        (HEAD + "[member]\npoints = 1\nlots = [{ points = 1 }]\n" + TEA + "[expect]\n", "member.points"),
        (HEAD + "[member]\nreceivable = -1\n" + TEA + "[expect]\n", "member: points"),
        (
            HEAD + "[member]\nhistory = [{ on = 2025-06-19, amount = '1.00' }]\n" + TEA + "[expect]\n",
            "member.history[1].on",
        ),
        (HEAD + TEA + "[expect]\nrefused = 'x'\n[[refunds]]\n", "refunds:"),
        (HEAD + TEA + "[expect]\n[[refunds]]\non = 2025-06-01\n", "refunds[1].on"),
        (HEAD + TEA + "[expect]\n[[refunds]]\nlines = [{ line = 2 }]\n", "refunds[1].lines"),
    ],
)
def test_what_nobody_can_mean_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(KnownError) as error:
        load_scenario(text)
    assert error.value.code == "scenario.wrong"
    assert any(problem.startswith(place) for problem in error.value.details["problems"]), error.value.details


@pytest.mark.parametrize(
    ("scenario", "problem"),
    [
        (case(basket=TEA + TEA), "basket[2]: the same as an earlier line"),
        (case(basket=TEA + 'quantity = "0.5"\n'), "basket[1]: quantity.not_whole"),
        (case(basket=TEA + 'discountable = false\noff = { amount = "1.00" }\n'), "basket[1]: discount.not_allowed"),
        (case(member='[member]\ntier = "emperor"\n'), "member.tier: unknown tier 'emperor'"),
    ],
)
def test_a_basket_that_no_till_takes_is_refused(scenario, problem: str) -> None:
    with pytest.raises(KnownError) as error:
        run_scenario(scenario, build.programme())
    assert error.value.code == "scenario.wrong"
    assert error.value.details["problems"][0].startswith(problem)


@pytest.mark.parametrize(
    ("expect", "difference"),
    [
        ('payable = "9.00"', "payable: expected 9.00, got 10.00"),
        ('lines = ["9.00", "1.00"]', "lines: expected [9.00, 1.00], got [10.00]"),
        ("earned = { base = 9 }", "earned: expected {base = 9}, got {base = 10}"),
        ('saved_by = { off = "1.00" }', "saved_by.off: expected 1.00, got –"),
        ('reasons = { off = "applied" }', "reasons.off: expected applied, got –"),
        ("lots = []", "lots: expected [], got [10 (2027-06-17)]"),
        ('refused = "sale.not_covered"', 'refused: expected sale.not_covered, got ""'),
        ('tier_after = "silver"', "tier_after: expected silver, got regular"),
    ],
)
def test_a_difference_is_said_in_words(expect: str, difference: str) -> None:
    assert found(case(expect=f"[expect]\n{expect}\n")) == [difference]


def test_a_refusal_nobody_expected_is_a_difference() -> None:
    scenario = case(top='pay = { card = "11.00" }\n', expect='[expect]\npayable = "10.00"\n')
    assert found(scenario) == ["refused: expected –, got tender.more_than_owed"]


def test_a_refund_is_compared_too() -> None:
    more = "[[refunds]]\n[refunds.expect]\ncash = '9.00'\npoints_taken = 9\n"
    assert found(case(more=more)) == [
        "refunds[1].cash: expected 9.00, got 10.00",
        "refunds[1].points_taken: expected 9, got 10",
    ]


def test_an_expected_figure_of_nobody_is_a_difference() -> None:
    assert found(case(member="", expect="[expect]\nbalance = 0\n")) == ["balance: expected 0, got –"]


def test_points_without_a_rule_to_use_them_are_refused() -> None:
    scenario = case(top="pay = { points = 100 }\n", expect='[expect]\nrefused = "sale.points_over_limit"\n')
    assert found(scenario, build.programme(burning=())) == []


def test_what_has_ended_is_held_by_nobody() -> None:
    """A till books the end of its own lots alone; those of others stay in the wallet until head office says so."""
    today = dt.date(2025, 6, 20)
    lots = tuple(
        Holding(Asset.BONUS, build.lot_id(n), 500, "", today, today + dt.timedelta(days=n - 1)) for n in range(3)
    )
    account = msgspec.structs.replace(build.account(), wallet=lots)
    assert held_by(account, None, build.programme(), today).wallet == {"bonus": 1_000}
