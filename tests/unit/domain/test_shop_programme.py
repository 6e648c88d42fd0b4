"""What points buy, count cards and services in a programme file; windows that open and shut."""

import datetime as dt

import pytest

from pos_app.domain.ids import TierId
from pos_app.domain.points import Points
from pos_app.domain.programme.conditions import refusal
from pos_app.domain.programme.document import (
    Conditions,
    CountCard,
    Draw,
    PointsAsCash,
    PointsCoupon,
    PointsItem,
    Service,
    ServicePeriod,
    When,
    Window,
)
from pos_app.domain.programme.loading import load_programme
from pos_app.domain.programme.overlap import ever_meets, lies_within
from pos_app.errors import KnownError

SHOP = """
version = 1
name = { zh = "会员" }
effective_from = 2025-01-01

[[tiers]]
tier_id = "member"
name = { zh = "会员" }
rank = 0

[[burning]]
kind = "points_as_cash"
rule_id = "cash"
name = { zh = "积分抵现" }
points = 100
value = 100
step = 100
minimum = 100
max_points_per_day = 2_000
max_points_per_month = 5_000

[[burning]]
kind = "points_item"
rule_id = "mug"
name = { zh = "马克杯" }
points = 500
price = 990
stock = 20
limits = { per_bill = 1, per_day = 1, per_month = 2, per_member = 4 }
conditions.when.windows = [{ from_day = 20, from_time = 10:00:00 }]

[[burning]]
kind = "points_coupon"
rule_id = "voucher"
name = { zh = "兑换五元券" }
points = 400
coupon = "five"

[[burning]]
kind = "draw"
rule_id = "wheel"
name = { zh = "幸运大转盘" }
points = 50
fallback = "thanks"
limits = { per_day = 3 }
prizes = [
    { prize_id = "mug", name = { zh = "马克杯" }, weight = 1, product = "P1", stock = 3 },
    { prize_id = "points", name = { zh = "100 积分" }, weight = 9, points = 100 },
    { prize_id = "bonus", name = { zh = "5 元赠金" }, weight = 10, bonus = 500, valid_days = 30 },
    { prize_id = "thanks", name = { zh = "谢谢参与" }, weight = 80 },
]

[[coupons]]
kind = "amount"
coupon_id = "five"
name = { zh = "5 元券" }
off = 500

[[count_cards]]
card_id = "wash"
name = { zh = "洗剪吹十次卡" }
price = 28_800
uses = 10
valid_months = 12
per_bill = 2
per_day = 2
conditions.what.products = ["WASH"]

[[services]]
service_id = "delivery"
name = { zh = "免费送货" }
count = 3
conditions.what.products = ["DELIVERY"]
"""


def test_everything_that_points_buy_can_be_written_down() -> None:
    programme = load_programme(SHOP)
    cash, mug, voucher, wheel = programme.burning
    assert isinstance(cash, PointsAsCash)
    assert (cash.max_points_per_day, cash.max_points_per_month) == (Points(2_000), Points(5_000))
    assert isinstance(mug, PointsItem)
    assert (mug.points, mug.price.minor, mug.stock, mug.limits.per_month) == (Points(500), 990, 20, 2)
    assert mug.conditions.when.windows == (Window(from_day=20, from_time=dt.time(10)),)
    assert isinstance(voucher, PointsCoupon)
    assert voucher.coupon == "five"
    assert isinstance(wheel, Draw)
    assert wheel.weight == 100
    assert [prize.gives for prize in wheel.prizes] == [("product",), ("points",), ("bonus",), ()]
    (card,) = programme.count_cards
    assert isinstance(card, CountCard)
    assert (card.price.minor, card.uses, card.valid_months) == (28_800, 10, 12)
    (service,) = programme.services
    assert isinstance(service, Service)
    assert (service.count, service.per, service.is_of_goods) == (3, ServicePeriod.YEAR, True)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("max_points_per_day = 2_000", "max_points_per_day = 99", "burning.cash.max_points_per_day"),
        ("points = 500", "points = 0", "burning.mug.points"),
        ("price = 990", "price = -1", "burning.mug.price"),
        ("stock = 20", "stock = -1", "burning.mug.stock"),
        ("per_bill = 1", "per_bill = 0", "burning.mug.limits.per_bill"),
        ("stock = 20", 'stock = 20\nproduct = "P"\nconditions.what.products = ["P"]', "burning.mug.conditions.what"),
        ("from_day = 20", "from_day = 0", "burning.mug.conditions.when.windows[0].from_day"),
        ("from_day = 20", "from_day = 20, to_day = 19", "burning.mug.conditions.when.windows[0].to_day"),
        ("from_day = 20", "from_day = 20, months = [13]", "burning.mug.conditions.when.windows[0].months"),
        (
            "from_day = 20",
            "from_day = 20, to_day = 20, to_time = 10:00:00",
            "burning.mug.conditions.when.windows[0].to_time",
        ),
        ('coupon = "five"', 'coupon = ""', "burning.voucher.coupon"),
        ('coupon = "five"', 'coupon = "six"', "burning.voucher.coupon: the programme has no coupon"),
        ("points = 100 }", 'coupon = "six" }', "burning.wheel.prizes[1].coupon"),
        ("off = 500", 'off = 500\nshared_code = "FIVE"', "burning.voucher.coupon: 'five' is a published code"),
        ('fallback = "thanks"', 'fallback = "nobody"', "burning.wheel.fallback: no prize"),
        ('fallback = "thanks"', 'fallback = "mug"', "burning.wheel.fallback: a prize that can run out"),
        ("weight = 9", "weight = 0", "burning.wheel.prizes[1].weight"),
        ("points = 100 }", "points = 100, bonus = 1 }", "burning.wheel.prizes[1]: gives points and bonus"),
        ('prize_id = "bonus"', 'prize_id = "mug"', "burning.wheel.prizes[2].prize_id"),
        ("bonus = 500, valid_days = 30", "points = 1, valid_days = 30", "burning.wheel.prizes[2].valid_days"),
        ('{ zh = "谢谢参与" }', '{ zh = "" }', "burning.wheel.prizes[3].name"),
        ("uses = 10", "uses = 0", "count_cards.wash.uses"),
        ("valid_months = 12", "valid_months = 12\nvalid_days = 3", "count_cards.wash: either"),
        ("valid_months = 12", "valid_days = -1", "count_cards.wash.valid_days"),
        ("per_day = 2\n", "per_day = 0\n", "count_cards.wash.per_day"),
        ('conditions.what.products = ["WASH"]', "", "count_cards.wash.conditions.what"),
        ("count = 3", "count = 0", "services.delivery.count"),
        ('card_id = "wash"', 'card_id = "mug"', "count_cards.mug: this id is used twice"),
    ],
)
def test_what_cannot_be_right_says_where(old: str, new: str, place: str) -> None:
    assert old in SHOP
    with pytest.raises(KnownError) as caught:
        load_programme(SHOP.replace(old, new, 1))
    assert caught.value.code == "programme.wrong"
    assert any(str(problem).startswith(place) for problem in caught.value.details["problems"])


FROM_THE_20TH = Conditions(when=When(windows=(Window(from_day=20, from_time=dt.time(10)),)))
IN_DECEMBER = Conditions(when=When(windows=(Window(months=(12,)),)))


def _refusal(conditions: Conditions, now: str, today: str) -> str | None:
    return refusal(
        conditions,
        member=None,
        tier_id=TierId(""),
        now=dt.datetime.fromisoformat(now),
        store="",
        today=dt.date.fromisoformat(today),
    )


@pytest.mark.parametrize(
    ("now", "today", "is_open"),
    [
        ("2025-06-20 09:59:59", "2025-06-20", False),
        ("2025-06-20 10:00", "2025-06-20", True),
        ("2025-06-21 00:00", "2025-06-21", True),
        ("2025-06-30 23:59:59", "2025-06-30", True),
        ("2025-07-01 00:00", "2025-07-01", False),
        ("2025-07-01 01:30", "2025-06-30", True),  # the shop's day is not over yet
        ("2025-06-20 01:30", "2025-06-19", False),
        ("2025-02-28 20:00", "2025-02-28", True),
    ],
)
def test_a_window_opens_and_shuts_to_the_minute(now: str, today: str, is_open: bool) -> None:
    assert _refusal(FROM_THE_20TH, now, today) == (None if is_open else "not_in_window")


def test_a_window_of_months_and_one_that_ends_at_a_time() -> None:
    assert _refusal(IN_DECEMBER, "2025-12-01 00:00", "2025-12-01") is None
    assert _refusal(IN_DECEMBER, "2025-11-30 23:59", "2025-11-30") == "not_in_window"
    noon = Conditions(when=When(windows=(Window(to_day=3, to_time=dt.time(12)), Window(from_day=30))))
    assert _refusal(noon, "2025-04-03 11:59", "2025-04-03") is None
    assert _refusal(noon, "2025-04-03 12:00", "2025-04-03") == "not_in_window"
    assert _refusal(noon, "2025-04-30 08:00", "2025-04-30") is None
    assert _refusal(noon, "2025-02-28 08:00", "2025-02-28") == "not_in_window"  # February has no 30th


def test_windows_count_in_what_lies_within_what_and_in_what_never_speaks() -> None:
    programme = load_programme(SHOP)
    assert lies_within(FROM_THE_20TH, Conditions())
    assert not lies_within(Conditions(), FROM_THE_20TH)
    assert not lies_within(IN_DECEMBER, FROM_THE_20TH)
    never = When(windows=(Window(months=(2,), from_day=30),))
    assert not ever_meets(never, programme)
    assert ever_meets(When(days_of_month=(20,), windows=FROM_THE_20TH.when.windows), programme)
    assert not ever_meets(When(days_of_month=(19,), windows=FROM_THE_20TH.when.windows), programme)
