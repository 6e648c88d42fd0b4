"""Goods for members only: the line says why, the sale is refused, and nothing else changes its price."""

from __future__ import annotations

import msgspec
import pytest
from pos_testkit import builders as build

from pos_app.domain.ids import CategoryId
from pos_app.domain.pricing.engine import quote
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.loading import check_programme, load_programme
from pos_app.domain.programme.reserved import Reserved
from pos_app.domain.programme.rules import Conditions, What, When, Who
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

FRUIT = build.product(1, 500, category_id="fruit")
DRINK = build.product(2, 300, category_id="drinks")


def rule(rule_id: str = "club", **conditions: object) -> Reserved:
    what = What(categories=(CategoryId("fruit"),))
    return Reserved(rule_id, LocalText("专享"), Conditions(what=what, **conditions))  # type: ignore[arg-type]


def with_rules(*rules: Reserved) -> Programme:
    return msgspec.structs.replace(build.programme(), reserved=rules)


def priced(*rules: Reserved, member: bool = True) -> Quote:
    programme = with_rules(*rules)
    customer = build.customer() if member else None
    return quote(build.basket(FRUIT, DRINK), customer, programme, build.NOON, today=build.TODAY)


def test_only_a_member_may_buy() -> None:
    assert [line.refused for line in priced(rule()).lines] == ["", ""]
    assert [line.refused for line in priced(rule(), member=False).lines] == ["members_only", ""]
    assert priced(rule(), member=False).payable == priced(member=False).payable


def test_only_some_members_at_some_times() -> None:
    gold = rule(who=Who(tiers=(build.tiers()[-1].tier_id,)))
    assert priced(gold).lines[0].refused == "not_this_tier"
    never = rule(when=When(days_of_month=(31,)))
    assert priced(never).lines[0].refused == "not_this_day"


def test_where_two_rules_speak_both_must_allow() -> None:
    both = (rule(), rule("gold", who=Who(tiers=(build.tiers()[-1].tier_id,))))
    assert priced(*both).lines[0].refused == "not_this_tier"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("conditions = {}", "reserved.club.conditions.what"),
        (
            'conditions = { what = { categories = ["a"] }, who = { tiers = ["x"] } }',
            "reserved.club.conditions.who.tiers",
        ),
    ],
)
def test_a_rule_that_cannot_be_right_is_refused_with_its_place(text: str, problem: str) -> None:
    body = build.demo_programme_text() + '\n[[reserved]]\nrule_id = "club"\nname = { zh = "专享" }\n' + text + "\n"
    with pytest.raises(KnownError) as caught:
        load_programme(body)
    assert caught.value.code == "programme.wrong"
    assert any(each.startswith(problem) for each in caught.value.details["problems"])


def test_a_rule_that_names_goods_is_accepted() -> None:
    assert list(check_programme(with_rules(rule()))) == []
