"""The same scan at the payment screen, in the search for a member, and on a new member's form."""

import msgspec
import pytest
from pos_testkit import builders
from pos_testkit.counter import counter_at, refused
from pos_testkit.till import some_members, some_products

from pos_app.application.lookup import FoundMember, FoundProduct
from pos_app.application.scanned_codes import PaymentScan
from pos_app.domain.ids import ProductId, check_digit

#: Customers' codes: WeChat, UnionPay, Alipay of 18 digits (no right label), and one of a company nobody listed.
WECHAT, UNIONPAY, OTHER = "134567890123456789", "6212345678901234567", "0112345678901234567"
ALIPAY = "281234567890123450"
APPLES, PRICE = "00123", 1_980
SWIPED = ";4111111111111111=25121010000012345678?"


def label(front: str, grams: int, fen: int) -> str:
    """A label of 18 digits from the scale."""
    digits = f"{front}{APPLES}{fen:05d}{grams:05d}"
    return digits + check_digit(digits)


@pytest.fixture(scope="module")
def till(tmp_path_factory):
    apples = builders.product(50, PRICE, name="烟台苹果", is_weighed=True, barcodes=())
    goods = (*some_products(), msgspec.structs.replace(apples, product_id=ProductId(APPLES)))
    people = (*some_members(), builders.member(91, phone="13700008888", cards=("VIP88001", "6901234567892")))
    with counter_at(tmp_path_factory.mktemp("scans"), products=goods, members=people) as counter:
        yield counter.till


class TestPaying:
    @pytest.mark.parametrize("code", [WECHAT, UNIONPAY, ALIPAY, OTHER])
    @pytest.mark.parametrize("aim", ["", "]C0", "]Q0"])
    def test_a_customers_code(self, till, code, aim):
        found = till.scans.at_payment(aim + code + "\r")
        assert isinstance(found, PaymentScan)
        assert found.code == code

    @pytest.mark.parametrize("front", ["21", "25", "28"])
    def test_goods_are_not_money(self, till, front):
        """A label of 18 digits, scanned one moment too late, pays for nothing."""
        element = f"]C1010{builders.ean13(1)}"
        for text in (label(front, 500, 990), builders.ean13(1), element, f"{element}9", "P00001", "978711121382612345"):
            with refused("payment.scan_not_payment"):
                till.scans.at_payment(text)

    @pytest.mark.parametrize("text", ["13800000001", "VIP88001", "6901234567892"])
    def test_a_member_who_says_so_late(self, till, text):
        assert isinstance(till.scans.at_payment(text), FoundMember)

    def test_a_bank_card_is_for_the_terminal(self, till):
        with refused("input.bank_card"):
            till.scans.at_payment(SWIPED)


class TestSelling:
    @pytest.mark.parametrize("front", ["21", "25", "28"])
    @pytest.mark.parametrize("fen", [990, 500, 1_200])
    def test_a_label_is_goods(self, till, front, fen):
        found = till.lookup.resolve(label(front, 500, fen))
        assert isinstance(found, FoundProduct)
        assert found.label_amount is not None
        assert found.label_amount.minor == fen

    @pytest.mark.parametrize(("grams", "fen"), [(500, 99_999), (99_999, 990), (1, 5_000)])
    def test_a_payment_code_that_reads_like_a_label_is_no_goods(self, till, grams, fen):
        """One in ten has the right last digit; what it would cost gives it away."""
        with refused("input.payment_code"):
            till.lookup.resolve(label("28", grams, fen))
        assert isinstance(till.lookup.resolve(label("21", grams, fen)), FoundProduct), "nobody pays with these"

    def test_scales_print_no_qr_codes(self, till):
        with refused("input.payment_code"):
            till.lookup.resolve("]Q0" + label("28", 500, 990))


class TestMembers:
    @pytest.mark.parametrize("text", ["VIP88001", "]C0VIP88001\r", "%VIP88001?", "6901234567892", "13700008888"])
    def test_whose_it_is(self, till, text):
        found = till.scans.member(text)
        assert found is not None
        assert found.phone == "13700008888"

    @pytest.mark.parametrize("text", ["6901234567885", "13999999999"])
    def test_nobodys(self, till, text):
        assert till.scans.member(text) is None

    @pytest.mark.parametrize(
        ("text", "code"),
        [(SWIPED, "input.bank_card"), (WECHAT, "member.scan_other"), (label("21", 500, 990), "member.scan_other")],
    )
    def test_what_is_nobody(self, till, text, code):
        with refused(code):
            till.scans.member(text)
        with refused(code):
            till.scans.new_card(text)


class TestNewCards:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("VIP99001", "VIP99001"),
            ("]C0VIP99001\r\n", "VIP99001"),
            ("6901234567885", "6901234567885"),
            ("690123456788", "690123456788"),
            ("10002233", "10002233"),
            (";9000123?", "9000123"),
            ("H-0042", "H-0042"),
        ],
    )
    def test_its_number(self, till, text, number):
        assert till.scans.new_card(text) == number

    def test_goods_are_no_card(self, till):
        with refused("member.scan_other"):
            till.scans.new_card(builders.ean13(1))
