"""The one box over real goods and members: every kind of code, and everything that is none."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pos_testkit import builders
from pos_testkit.counter import CASHIER, Counter, counter_at, refused
from pos_testkit.till import some_members, some_products

from pos_app.application.lookup import (
    MAX_INPUT,
    Found,
    FoundMany,
    FoundMember,
    FoundMultiplier,
    FoundProduct,
    FoundReceipt,
    LookupService,
    UnknownPhone,
)
from pos_app.application.members import NewMember
from pos_app.bootstrap.devices import scan_config
from pos_app.config import Settings
from pos_app.domain.ids import ProductId, check_digit, receipt_number
from pos_app.domain.money import Money
from pos_app.domain.quantity import Quantity
from pos_app.errors import KnownError
from pos_app.infrastructure.code_parser import HardwareCodeParser


def _labelled(digits: str) -> str:
    return digits + check_digit(digits)


def _goods():
    yield from some_products()
    apples = builders.product(50, 1_980, name="烟台苹果", is_weighed=True, barcodes=())
    yield msgspec.structs.replace(apples, product_id=ProductId("00123"))
    cake = builders.product(51, 500, name="蛋糕", barcodes=())
    yield msgspec.structs.replace(cake, product_id=ProductId("00124"))
    yield builders.product(60, 100, name="停售商品", is_active=False)
    yield builders.product(61, 350, name="可乐\x1b@\x00听装")
    yield builders.product(62, 450, name="八位码", barcodes=("96385074",))
    # Its last digit is not a check digit: some makers never heard of one.
    yield builders.product(63, 450, name="错码商品", barcodes=("6901234567890",))


def _people():
    yield from some_members()
    yield builders.member(88, phone="13977770001", name="赵同尾")
    yield builders.member(89, phone="13988880001", name="钱同尾")
    yield builders.member(90, phone="13700009999", name="孙卡", cards=("88000017",))


@pytest.fixture(scope="module")
def at_counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder: Path = tmp_path_factory.mktemp("lookup")
    with counter_at(folder, products=list(_goods()), members=list(_people())) as opened:
        yield opened


@pytest.fixture(scope="module")
def lookup(at_counter: Counter) -> LookupService:
    parser = HardwareCodeParser(scan_config(Settings(card_patterns=(r"88\d{6}",))))
    return LookupService(at_counter.real.context, parser)


def product_of(found: Found) -> FoundProduct:
    assert isinstance(found, FoundProduct), found
    return found


def member_of(found: Found) -> str:
    assert isinstance(found, FoundMember), found
    return found.member.phone


class TestProducts:
    @pytest.mark.parametrize("prefix", ["", "]E0", " ", "\t"])
    @pytest.mark.parametrize("suffix", ["", "\r\n", " "])
    def test_a_barcode_as_scanned(self, lookup: LookupService, prefix: str, suffix: str) -> None:
        found = product_of(lookup.resolve(prefix + builders.ean13(3) + suffix))
        assert (found.product.product_id, found.quantity) == ("P00003", Quantity.pieces(1))

    def test_eight_digits_and_full_width_digits(self, lookup: LookupService) -> None:
        assert product_of(lookup.resolve("96385074")).product.name == "八位码"
        wide = builders.ean13(3).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        assert product_of(lookup.resolve(wide)).product.product_id == "P00003"

    def test_an_item_number(self, lookup: LookupService) -> None:
        assert product_of(lookup.resolve("P00007")).product.name == "农夫山泉7号"

    @pytest.mark.parametrize("text", ["3*", "3 *", " 3x", "3X", "3×", "3＊"])
    def test_times_before_the_code(self, lookup: LookupService, text: str) -> None:
        assert product_of(lookup.resolve(text + builders.ean13(3))).quantity == Quantity.pieces(3)
        assert lookup.resolve(text) == FoundMultiplier(Quantity.pieces(3))

    def test_times_before_the_scan(self, lookup: LookupService) -> None:
        found = product_of(lookup.resolve(builders.ean13(3), quantity=Quantity.pieces(12)))
        assert found.quantity == Quantity.pieces(12)

    def test_a_part_only_of_what_is_weighed(self, lookup: LookupService) -> None:
        assert product_of(lookup.resolve("0.485*" + builders.ean13(21))).quantity == Quantity(485)
        with refused("quantity.not_whole"):
            lookup.resolve("1.5*" + builders.ean13(3))

    @pytest.mark.parametrize("text", ["0*", "0.000*", "0*6900000000037"])
    def test_times_nothing_is_refused(self, lookup: LookupService, text: str) -> None:
        with refused("quantity.out_of_range"):
            lookup.resolve(text)

    @pytest.mark.parametrize("text", ["-3*6900000000037", "99999*6900000000037", "3**6900000000037"])
    def test_absurd_multipliers_sell_nothing(self, lookup: LookupService, text: str) -> None:
        with pytest.raises(KnownError) as caught:
            lookup.resolve(text)
        assert caught.value.code in {"input.nothing_found", "quantity.out_of_range"}

    def test_a_weight_label(self, lookup: LookupService) -> None:
        found = product_of(lookup.resolve(_labelled("220012300485")))
        assert (found.product.product_id, found.quantity, found.label_amount) == ("00123", Quantity(485), None)

    def test_a_price_label_of_weighed_goods_says_the_amount(self, lookup: LookupService) -> None:
        found = product_of(lookup.resolve(_labelled("200012300990")))
        assert (found.label_amount, found.quantity) == (Money(990), Quantity(500))

    def test_a_price_label_of_a_piece(self, lookup: LookupService) -> None:
        found = product_of(lookup.resolve(_labelled("200012400450")))
        assert (found.label_amount, found.quantity) == (Money(450), Quantity.pieces(1))

    def test_a_label_with_both(self, lookup: LookupService) -> None:
        found = product_of(lookup.resolve(_labelled("26001230096000485")))
        assert (found.label_amount, found.quantity) == (Money(960), Quantity(485))

    def test_a_label_of_nothing_or_of_nobody(self, lookup: LookupService) -> None:
        with refused("product.unknown", code="99999"):
            lookup.resolve(_labelled("229999900485"))
        with refused("input.unreadable"):
            lookup.resolve(_labelled("200012300000"))
        with pytest.raises(KnownError):
            lookup.resolve(_labelled("220012300000"))

    def test_what_is_not_sold_any_more(self, lookup: LookupService) -> None:
        with refused("product.inactive", name="停售商品"):
            lookup.resolve(builders.ean13(60))

    def test_an_unknown_barcode_is_named(self, lookup: LookupService) -> None:
        code = builders.ean13(777)
        with refused("product.unknown", code=code):
            lookup.resolve(code)

    def test_a_code_whose_maker_forgot_the_check_digit_is_sold_all_the_same(self, lookup: LookupService) -> None:
        assert product_of(lookup.resolve("6901234567890")).product.name == "错码商品"


class TestMembers:
    def test_a_phone_in_any_dress(self, lookup: LookupService) -> None:
        for text in ("13800000007", "138 0000 0007", "+86 138-0000-0007", "１３８０００００００７", "8613800000007"):
            assert member_of(lookup.resolve(text)) == "13800000007"

    def test_a_phone_nobody_has_offers_to_sign_up(self, lookup: LookupService) -> None:
        assert lookup.resolve("13012345678") == UnknownPhone("13012345678")

    def test_the_last_four_digits_of_one_or_of_several(self, lookup: LookupService) -> None:
        assert member_of(lookup.resolve("9999")) == "13700009999"
        many = lookup.resolve("0001")
        assert isinstance(many, FoundMany)
        assert {each.phone for each in many.members} == {"13800000001", "13977770001", "13988880001"}
        with refused("input.nothing_found"):
            lookup.resolve("4321")

    def test_a_card_scanned_typed_or_unknown(self, lookup: LookupService) -> None:
        assert member_of(lookup.resolve("88000017")) == "13700009999"
        assert member_of(lookup.resolve("M00003")) == "13800000003"
        with refused("card.unknown"):
            lookup.resolve("88999999")

    @pytest.mark.parametrize("text", ["oynn", "OYNN", "欧阳", "娜娜", "zzw"])
    def test_names_and_initials(self, lookup: LookupService, text: str) -> None:
        expected = "曾志伟" if text == "zzw" else "欧阳娜娜"
        found = lookup.resolve(text)
        members = found.members if isinstance(found, FoundMany) else (found.member,)  # type: ignore[union-attr]
        assert {each.name for each in members} == {expected}

    def test_a_name_that_is_a_product_too_is_for_the_cashier_to_choose(self, lookup: LookupService) -> None:
        found = lookup.resolve("alice wong")
        assert isinstance(found, FoundMany)
        assert {each.name for each in found.members} == {"Alice Wong"}
        goods = lookup.resolve("苹果")
        assert isinstance(goods, FoundMany)
        assert len(goods.products) == 10

    def test_three_of_something_chosen_from_a_list(self, lookup: LookupService) -> None:
        found = lookup.resolve("3*农夫山泉")
        assert isinstance(found, FoundMany)
        assert found.quantity == Quantity.pieces(3)

    def test_who_signed_up_a_moment_ago_is_found_every_way(self, at_counter: Counter, lookup: LookupService) -> None:
        at_counter.till.members.capture(CASHIER, NewMember(phone="13655554444", name="郑新人", card="88000025"))
        for text in ("13655554444", "4444", "88000025", "郑新人", "zxr"):
            assert member_of(lookup.resolve(text)) == "13655554444"


class TestReceipts:
    def test_a_receipt_number_scanned_or_typed(self, lookup: LookupService) -> None:
        number = receipt_number(1, "250618", 42)
        assert lookup.resolve(number) == FoundReceipt(number)
        assert lookup.resolve(number.lower()) == FoundReceipt(number)

    def test_a_receipt_number_misread(self, lookup: LookupService) -> None:
        number = receipt_number(1, "250618", 42)
        wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
        with refused("input.wrong_check_digit"):
            lookup.resolve(wrong)


class TestNonsense:
    @pytest.mark.parametrize("text", ["", " ", "\t\r\n", "\u3000"])
    def test_nothing(self, lookup: LookupService, text: str) -> None:
        with refused("input.empty"):
            lookup.resolve(text)

    @pytest.mark.parametrize("text", ["6" * 10_000, "苹" * 10_000, "3*" * 5_000, "\n" * 10_000, "x" * (MAX_INPUT + 1)])
    def test_a_paste_of_ten_thousand_characters(self, lookup: LookupService, text: str) -> None:
        with refused("input.too_long"):
            lookup.resolve(text)

    def test_a_wrong_check_digit(self, lookup: LookupService) -> None:
        code = builders.ean13(3)
        with refused("input.wrong_check_digit"):
            lookup.resolve(code[:-1] + str((int(code[-1]) + 1) % 10))

    @pytest.mark.parametrize("length", [1, 2, 3, 5, 6, 7, 9, 10])
    def test_half_a_scan_sells_nothing(self, lookup: LookupService, length: int) -> None:
        with pytest.raises(KnownError) as caught:
            lookup.resolve(builders.ean13(3)[:length])
        assert caught.value.code in {"input.nothing_found", "input.wrong_check_digit"}

    def test_two_scans_glued_together_sell_nothing(self, lookup: LookupService) -> None:
        with pytest.raises(KnownError):
            lookup.resolve(builders.ean13(3) + builders.ean13(4))

    @pytest.mark.parametrize("text", ["\x1b@", "690\x00123", "\x1bp\x00\x19\xfa", "可乐\x07"])
    def test_control_characters(self, lookup: LookupService, text: str) -> None:
        with refused("input.control_characters"):
            lookup.resolve(text)

    def test_a_customers_payment_code_is_not_a_product(self, lookup: LookupService) -> None:
        with refused("input.payment_code"):
            lookup.resolve("134567890123456789")

    @pytest.mark.parametrize("text", ["'", "%", "_", "*", "\\", "' OR 1=1 --", "[a-z]", "NULL", "😀", "\u202e123"])
    def test_characters_with_a_meaning_elsewhere_find_nothing(self, lookup: LookupService, text: str) -> None:
        with pytest.raises(KnownError) as caught:
            lookup.resolve(text)
        assert caught.value.code in {"input.nothing_found", "input.control_characters"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=60), st.text("0123456789*xR.-+ ", max_size=24), st.binary().map(repr)))
def test_whatever_comes_is_found_or_refused_by_a_code(lookup: LookupService, text: str) -> None:
    with contextlib.suppress(KnownError):
        assert isinstance(lookup.resolve(text), Found)
