"""The demo shop's people and goods are what its README promises."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import re

import pytest
from pos_testkit.builders import ROOT
from pos_testkit.import_fakes import FakePins, demo_rules, fake_till

from pos_app.application.demo import DEMO_TIERS, card_number, demo_member_rows, generate_members, load_shop
from pos_app.application.demo_seed import seed_demo
from pos_app.application.members import normal_phone
from pos_app.domain.barcodes import is_gtin
from pos_app.domain.staff import Role
from pos_app.errors import KnownError

DEMO = ROOT / "resources" / "demo"
DAY = dt.date(2025, 6, 18)


def test_the_same_seed_gives_the_same_people() -> None:
    once = list(generate_members(500, 7, until=DAY))
    assert once == list(generate_members(500, 7, until=DAY))
    assert once != list(generate_members(500, 8, until=DAY))


@pytest.mark.parametrize("count", [0, 1, 2_000, 30_000])
def test_people_are_distinct_plausible_and_in_order(count: int) -> None:
    members = list(generate_members(count, until=DAY))
    assert len(members) == count
    for attribute in ("member_id", "phone", "cards"):
        assert len({getattr(member, attribute) for member in members}) == count
    assert [member.member_id for member in members] == sorted(member.member_id for member in members)
    assert all(normal_phone(member.phone) == member.phone and member.joined_on <= DAY for member in members)
    assert {member.member_id.version for member in members} <= {7}
    if count == 2_000:
        assert {member.tier_id for member in members} == set(DEMO_TIERS)
        assert {len(member.name) for member in members} == {2, 3}
        assert any(member.birthday is None for member in members)
        assert any(member.birthday is not None and member.birthday.year is None for member in members)


def test_ten_million_are_drawn_one_after_another() -> None:
    crowd = generate_members(10_000_000, until=DAY)
    assert len({member.phone for member in itertools.islice(crowd, 2_000)}) == 2_000


def test_cards_have_their_form_and_check_digit() -> None:
    pattern = re.compile(load_shop((DEMO / "shop.toml").read_text(encoding="utf-8")).card_pattern)
    for index in (0, 1, 1_999, 99_999):
        assert pattern.fullmatch(card_number(index))
        assert is_gtin(card_number(index))


def test_rows_are_as_a_spreadsheet_has_them() -> None:
    head, *rows = demo_member_rows(300, today=DAY)
    assert all(len(row) == len(head) for row in rows)
    soon = sum(bool(row[7]) and dt.date.fromisoformat(row[7]) <= DAY + dt.timedelta(days=30) for row in rows)
    assert 0 < soon < 60


def test_goods_are_as_the_readme_says() -> None:
    with (DEMO / "products.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) >= 300
    codes = [code for row in rows for code in row["条码"].split(",") if code]
    assert len(codes) == len(set(codes))
    assert all(is_gtin(code) and len(code) == 13 and code.startswith("69") for code in codes)
    weighed = [row for row in rows if row["称重"] == "是"]
    assert len(weighed) > 80
    assert all(len(row["货号"]) == 5 and not row["条码"] and row["单位"] == "kg" for row in weighed)
    assert {row["可折扣"] for row in rows if "香烟" in row["品名"]} == {"否"}
    assert [row["品名"] for row in rows if row["时价"] == "是"] == ["快递费"]


def test_the_shop_has_three_staff() -> None:
    shop = load_shop((DEMO / "shop.toml").read_text(encoding="utf-8"))
    assert [(each.staff_id, each.role, each.pin) for each in shop.staff] == [
        ("01", Role.CASHIER, "1111"),
        ("02", Role.SUPERVISOR, "2222"),
        ("03", Role.MANAGER, "3333"),
    ]
    with pytest.raises(KnownError, match=r"demo\.unreadable"):
        load_shop("name = 1")


def test_a_till_in_memory_is_seeded() -> None:
    context, _, replica = fake_till()
    shop = load_shop((DEMO / "shop.toml").read_text(encoding="utf-8"))
    rows = [["货号", "品名", "售价"], ["1", "茶", "2"]]
    seeded = seed_demo(context, shop=shop, programme=demo_rules(), product_rows=rows, members=50)
    assert seeded.members is not None
    assert (seeded.products.new, seeded.members.new) == (1, 50)
    assert FakePins().verify("1111", replica.people["01"].pin_hash)
    assert replica.category_list["other"].name.zh == "其他"
