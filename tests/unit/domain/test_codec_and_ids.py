"""Canonical bytes, identifiers, time, birthdays and masks."""

from __future__ import annotations

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit import strategies

from pos_app.domain import codec
from pos_app.domain.catalog import Product
from pos_app.domain.clock import Moment, business_date
from pos_app.domain.ids import check_digit, is_receipt_number, receipt_number, uuid7
from pos_app.domain.member import Birthday, Lot, Member, MemberAccount
from pos_app.domain.money import MAX_MINOR, Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.document import Programme
from pos_app.domain.quantity import Quantity
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.text import LocalText, mask_card, mask_name, mask_phone

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Box(msgspec.Struct, frozen=True):
    money: Money
    points: Points
    quantity: Quantity
    more: dict[str, int] = {}


@given(
    st.integers(-MAX_MINOR, MAX_MINOR),
    st.integers(-(10**15), 10**15),
    st.integers(1, 9_999_000),
    st.dictionaries(st.text(max_size=5), st.integers(-5, 5), max_size=5),
)
def test_values_come_back_and_bytes_do_not_vary(minor, count, milli, more):
    box = Box(Money(minor), Points(count), Quantity(milli), more)
    data = codec.encode(box)
    assert codec.decode(data, Box) == box
    assert codec.encode(Box(Money(minor), Points(count), Quantity(milli), dict(reversed(more.items())))) == data


@given(strategies.baskets(), strategies.programmes(), strategies.customers())
def test_every_domain_document_comes_back(basket, programme, customer):
    for value, kind in (
        (basket, Basket),
        (programme, Programme),
        (customer.member, Member),
        (customer.account, MemberAccount),
    ):
        data = codec.encode(value)
        assert codec.decode(data, kind) == value
        assert codec.encode(codec.decode(data, kind)) == data


@pytest.mark.parametrize(
    "data",
    [
        b'{"money":1.5,"points":1,"quantity":1}',
        b'{"money":true,"points":1,"quantity":1}',
        b'{"money":"1","points":1,"quantity":1}',
        b'{"money":null,"points":1,"quantity":1}',
        b'{"money":1,"points":1e400,"quantity":1}',
        b'{"money":1,"points":1,"quantity":0}',
        b'{"money":1,"points":1,"quantity":-1}',
        b'{"money":99999999999999999999999,"points":1,"quantity":1}',
        b'{"money":1,"points":9999999999999999,"quantity":1}',
        b'{"money":1,"points":1}',
        b"[]",
    ],
)
def test_wrong_values_are_refused_in_one_way(data):
    with pytest.raises((msgspec.ValidationError, msgspec.DecodeError)):
        codec.decode(data, Box)


def test_a_value_that_its_own_check_refuses_is_a_wrong_record():
    tender = codec.encode(Tender(TenderKind.CASH, Money(5), Money(5)))
    with pytest.raises(msgspec.ValidationError):
        codec.decode(tender.replace(b'"amount":5', b'"amount":-5'), Tender)
    with pytest.raises(msgspec.ValidationError):
        codec.convert({"kind": "cash", "amount": 0, "received": 0}, Tender)
    product = codec.encode(build.product(1, 300))
    with pytest.raises(msgspec.ValidationError):
        codec.decode(product.replace(b'"price":300', b'"price":-300'), Product)


def test_unknown_things_are_not_encoded():
    with pytest.raises(NotImplementedError):
        codec.encode({"x": object()})


def test_uuid7_sorts_by_time_and_names_its_version():
    noise = [bytes(10), b"\xff" * 10, b"guitai-tst"]
    ids = [uuid7(ms, n) for ms in (0, 1, 999, 1_750_000_000_000, (1 << 48) - 1) for n in noise]
    assert [each.int >> 80 for each in ids] == sorted(each.int >> 80 for each in ids)
    for each in ids:
        assert each.version == 7
        assert each.variant == "specified in RFC 4122"
    assert len({uuid7(5, bytes([n]) + bytes(9)) for n in range(256)}) == 256
    for ms, n in ((-1, bytes(10)), (1 << 48, bytes(10)), (0, bytes(9)), (0, bytes(11))):
        with pytest.raises(ValueError, match="uuid7"):
            uuid7(ms, n)


def test_uuid7_keeps_seventy_four_random_bits():
    """Six of the eighty bits have no place; every other bit changes the id."""
    ids = {uuid7(5, (1 << bit).to_bytes(10, "big")) for bit in range(80)}
    assert len(ids - {uuid7(5, bytes(10))}) == 74


def test_receipt_numbers_are_recognised():
    number = receipt_number(12, "250618", 345)
    assert number == "R0012250618003459"
    assert is_receipt_number(number)
    for wrong in ("", "R", number[1:], number.lower(), number + "0", " " + number, number.replace("0", "٠"), "R" * 17):
        assert not is_receipt_number(wrong)
    for till, day, sequence in (
        (-1, "250618", 1),
        (10_000, "250618", 1),
        (1, "2506181", 1),
        (1, "25061x", 1),
        (1, "٢٥٠٦١٨", 1),
        (1, "250618", 0),
        (1, "250618", 100_000),
    ):
        with pytest.raises(ValueError, match="receipt number"):
            receipt_number(till, day, sequence)


@given(st.integers(1, 9_999), st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), st.integers(1, 99_999))
def test_every_single_wrong_digit_is_found(till, day, sequence):
    number = receipt_number(till, day.strftime("%y%m%d"), sequence)
    for place, digit in itertools.product(range(1, 17), "0123456789"):
        if number[place] != digit:
            assert not is_receipt_number(number[:place] + digit + number[place + 1 :])


@given(st.integers(1, 9_999), st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), st.integers(1, 99_999))
def test_swapped_neighbours_are_found_except_five_apart(till, day, sequence):
    number = receipt_number(till, day.strftime("%y%m%d"), sequence)
    for place in range(1, 16):
        a, b = number[place], number[place + 1]
        swapped = number[:place] + b + a + number[place + 2 :]
        assert is_receipt_number(swapped) == (abs(int(a) - int(b)) in (0, 5))


@pytest.mark.parametrize("code", ["6901234567892", "4006381333931", "0012345678905", "96385074"])
def test_check_digit_is_that_of_gs1(code):
    assert check_digit(code[:-1]) == code[-1]


@pytest.mark.parametrize(
    ("local", "starts", "day"),
    [
        ("2025-06-18T03:59:59", 4, "2025-06-17"),
        ("2025-06-18T04:00:00", 4, "2025-06-18"),
        ("2025-06-18T00:00:00", 0, "2025-06-18"),
        ("2025-06-17T23:59:59", 0, "2025-06-17"),
        ("2025-01-01T00:30:00", 4, "2024-12-31"),
        ("2024-03-01T01:00:00", 4, "2024-02-29"),
    ],
)
def test_business_date_around_the_start_of_the_day(local, starts, day):
    assert business_date(dt.datetime.fromisoformat(local).replace(tzinfo=SHANGHAI), starts) == dt.date.fromisoformat(
        day
    )


def test_business_date_where_clocks_change():
    """In Berlin the night of 30 March 2025 lacks 02:00-03:00, that of 26 October has it twice."""
    berlin = ZoneInfo("Europe/Berlin")
    for first, day in (
        (dt.datetime(2025, 3, 29, 23, tzinfo=dt.UTC), 30),
        (dt.datetime(2025, 10, 25, 22, tzinfo=dt.UTC), 26),
    ):
        for minutes in range(0, 8 * 60, 10):
            moment = Moment(int((first + dt.timedelta(minutes=minutes)).timestamp() * 1000), 0)
            local = moment.local(berlin)
            assert business_date(local, 4).day == (day if local.hour >= 4 else day - 1)


def test_a_moment_is_exact_to_the_millisecond_also_far_away():
    for wall_ms in (0, 1, 1_750_000_000_123, -1, 253_402_300_799_999 - 86_400_000):
        local = Moment(wall_ms, 0).local(SHANGHAI)
        assert (local - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(milliseconds=1) == wall_ms
        assert local.utcoffset() is not None


@pytest.mark.parametrize(
    ("text", "birthday"),
    [
        ("1990-05-17", Birthday(5, 17, 1990)),
        ("1990/5/17", Birthday(5, 17, 1990)),
        ("1990.5.17", Birthday(5, 17, 1990)),
        ("1990年5月17日", Birthday(5, 17, 1990)),
        ("１９９０年５月１７日", Birthday(5, 17, 1990)),
        ("19900517", Birthday(5, 17, 1990)),
        ("05-17", Birthday(5, 17)),
        (" 5月17日 ", Birthday(5, 17)),
        ("02-29", Birthday(2, 29)),
        ("2000-02-29", Birthday(2, 29, 2000)),
    ],
)
def test_birthdays_as_people_write_them(text, birthday):
    assert Birthday.parse(text) == birthday


@pytest.mark.parametrize(
    "text",
    [
        "",
        "17",
        "1990",
        "13-01",
        "02-30",
        "1990-02-29",
        "0-5-17",
        "90-5-17",
        "1800-01-01",
        "2999-01-01",
        "--5--17",
        "5-17-",
        "1_9-5",
        "-5-17",
        "1990-05-17-1",
        "1990-05-17x",
        "a-b",
        "5-17\x00",
        "1-" * 5_000,
    ],
)
def test_days_that_are_nobodys_birthday(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the calendar's own message is as good as ours
        Birthday.parse(text)


def test_leap_day_is_kept_on_the_last_of_february():
    leap = Birthday(2, 29)
    assert leap.is_on(dt.date(2024, 2, 29))
    assert not leap.is_on(dt.date(2024, 2, 28))
    assert leap.is_on(dt.date(2025, 2, 28))
    assert not leap.is_on(dt.date(2025, 3, 1))
    assert leap.is_on(dt.date(1900, 2, 28))
    assert leap.is_on(dt.date(2000, 2, 29))


@given(st.dates(dt.date(1901, 1, 1), dt.date(2099, 12, 31)), st.integers(2001, 2098))
def test_a_birthday_comes_once_a_year(born, year):
    birthday = Birthday(born.month, born.day, born.year)
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366)]
    assert sum(birthday.is_on(day) for day in days if day.year == year) == 1
    assert codec.decode(codec.encode(birthday), Birthday) == birthday
    assert Birthday.parse(f"{born:%Y-%m-%d}") == birthday
    assert birthday.display() == f"{born:%m-%d}"


@given(st.text("0123456789", max_size=20))
def test_masks_never_show_more_than_half_or_seven_digits(number):
    for mask in (mask_phone, mask_card):
        shown = mask(number)
        assert sum(ch.isdigit() for ch in shown) <= (7 if len(number) >= 8 else len(number) // 2)
        if len(number) >= 8:
            assert shown.endswith(number[-4:])


def test_masks_as_printed():
    assert mask_phone("13812341234") == "138****1234"
    assert mask_phone("8812345") == "****345"
    assert mask_phone("") == ""
    assert mask_card("8800012345") == "*2345"
    assert mask_card("1234") == "**34"
    assert mask_card("7") == "*"
    assert mask_name("王小明") == "王*"
    assert mask_name("王") == "王"
    assert mask_name("") == ""


def test_names_in_the_language_in_use():
    name = LocalText("金卡", "Gold")
    assert (name.in_language("zh_CN"), name.in_language("en_GB"), name.in_language("en")) == ("金卡", "Gold", "Gold")
    assert LocalText("金卡").in_language("en") == "金卡"


def test_balances_of_an_account():
    today = build.TODAY
    lots = (
        build.lot(1, 10, expires_on=today - dt.timedelta(days=1)),
        build.lot(2, 20, expires_on=today),
        build.lot(3, 40, expires_on=today + dt.timedelta(days=30)),
        build.lot(4, 80, expires_on=today + dt.timedelta(days=31), pending=5),
        build.lot(5, 160),
        Lot(build.lot_id(6), 0, today, None, pending=3),
    )
    account = build.account(lots=lots)
    assert account.spendable(today) == Points(20 + 40 + 80 + 160)
    assert account.balance(today) == Points(300 + 5 + 3)
    assert account.expiring(today, 30) == Points(60)
    assert account.expiring(today, 0) == Points(20)
    owing = build.account(lots=lots, receivable=290)
    assert (owing.spendable(today), owing.balance(today)) == (Points(10), Points(18))
    owing = build.account(lots=lots, receivable=1_000)
    assert (owing.spendable(today), owing.balance(today)) == (Points(0), Points(-692))
