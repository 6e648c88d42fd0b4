"""Swiped cards, chips and tags, and what AIM identifiers decide."""

import pytest

from hardware.scanners.chips import ChipForm, read_chip
from hardware.scanners.codes import (
    Gs1Element,
    Gtin,
    GtinKind,
    MemberCard,
    PaymentCode,
    PriceLabel,
    Unknown,
    UnknownReason,
    parse,
)
from hardware.scanners.config import ScanConfig, ScanContext
from hardware.scanners.gs1 import check_digit
from hardware.scanners.magnetic import Swipe, read_swipe

PLAIN = ScanConfig()
BANK = "4111111111111111"


class TestSwipes:
    @pytest.mark.parametrize(
        ("raw", "number"),
        [
            (";00017?", "00017"),
            (";00017=9912?\r\n", "00017"),
            ("%VIP00017?", "VIP00017"),
            ("%VIP00017^LI/LEI^?", "VIP00017"),
            ("%VIP00017?;00017=1?", "00017"),
            ("%B6222000000000018^LI/LEI^99121010000?;6222000000000018=99121010000?", "6222000000000018"),
            ("%B6222000000000018^LI/LEI^99121010000?", "6222000000000018"),
            (";00017=1?+123=4?", "00017"),
        ],
    )
    def test_a_members_card_is_known_by_its_number(self, raw: str, number: str) -> None:
        assert parse(raw, PLAIN) == MemberCard(number)

    @pytest.mark.parametrize(
        "raw",
        [
            f";{BANK}=30121010000000000000?",
            f"%B{BANK}^LI/LEI^3012101000000000?",
            f"%B{BANK[:4]} {BANK[4:]}^LI/LEI^3012101?;{BANK}=3012101?",
        ],
    )
    def test_of_a_bank_card_nothing_is_kept(self, raw: str) -> None:
        assert parse(raw, PLAIN) == Unknown(UnknownReason.BANK_CARD, "")

    def test_the_shops_own_numbers_go_first(self) -> None:
        own = ScanConfig(member_patterns=(r"4111\d{12}",))
        assert parse(f";{BANK}=30121010000000000000?", own) == MemberCard(BANK)

    @pytest.mark.parametrize("raw", [";E?", "%E?;E?", "%E?", "%E?;E?+E?"])
    def test_a_swipe_that_failed_says_so(self, raw: str) -> None:
        assert parse(raw, PLAIN) == Unknown(UnknownReason.BAD_SWIPE, "")

    def test_a_failed_track_leaves_the_other(self) -> None:
        assert parse("%VIP00017?;E?", PLAIN) == MemberCard("VIP00017")

    @pytest.mark.parametrize("text", ["", "%", "?", "%?x", ";12;34?", "100%", "50% off?"])
    def test_what_is_no_swipe(self, text: str) -> None:
        assert read_swipe(text) is None

    def test_a_number_that_only_looks_like_a_banks(self) -> None:
        assert read_swipe(";4111111111111112=3012101?") == Swipe("4111111111111112", is_bank_card=False)
        assert read_swipe(f";{BANK}?") == Swipe(BANK, is_bank_card=False), "no expiry: no card for payment"


class TestChips:
    @pytest.mark.parametrize(
        ("text", "form", "number"),
        [
            ("0305419896", ChipForm.DECIMAL, "0305419896"),
            ("12345678", ChipForm.HEX, "0305419896"),
            ("1234abcd", ChipForm.HEX, f"{0x1234ABCD:010d}"),
            ("78563412", ChipForm.HEX_REVERSED, "0305419896"),
            (f"{0x78563412:010d}", ChipForm.DECIMAL_REVERSED, "0305419896"),
            ("188,24910", ChipForm.WIEGAND, "188,24910"),
            ("1,7", ChipForm.WIEGAND, "001,00007"),
            ("04a1b2c3d4e5f6", ChipForm.HEX_LONG, "04A1B2C3D4E5F6"),
        ],
    )
    def test_one_chip_has_one_number(self, text: str, form: ChipForm, number: str) -> None:
        assert parse(text, ScanConfig(chip_forms=(form,))) == MemberCard(number)

    @pytest.mark.parametrize(
        ("text", "form"),
        [
            ("9999999999", ChipForm.DECIMAL),
            ("256,1", ChipForm.WIEGAND),
            ("1,65536", ChipForm.WIEGAND),
            ("1234567", ChipForm.HEX),
            ("١٢٣٤٥٦٧٨٩٠", ChipForm.DECIMAL),
        ],
    )
    def test_what_no_chip_says(self, text: str, form: ChipForm) -> None:
        assert read_chip(text, (form,)) is None

    def test_a_tag_on_goods_says_which_goods(self) -> None:
        """The example of the tag data standard: 0614141.812345, serial 6789."""
        found = parse("3074257BF7194E4000001A85", ScanConfig(chip_forms=(ChipForm.EPC,)))
        assert isinstance(found, Gs1Element)
        assert (found.gtin, found.serial) == ("80614141123458", "6789")

    def test_another_tag_is_a_number(self) -> None:
        assert parse("e2000017221101441890abcd", ScanConfig(chip_forms=(ChipForm.EPC,))) == MemberCard(
            "E2000017221101441890ABCD"
        )

    def test_goods_go_before_chips_that_look_like_them(self) -> None:
        config = ScanConfig(chip_forms=(ChipForm.HEX,))
        assert parse("96385074", config) == Gtin("96385074", GtinKind.EAN8)
        assert parse("96385074", config, ScanContext.MEMBER) == MemberCard(f"{0x96385074:010d}")
        assert parse("]E496385074", config, ScanContext.MEMBER) == Gtin("96385074", GtinKind.EAN8)

    def test_a_payment_goes_before_a_tag_where_one_is_expected(self) -> None:
        config, code = ScanConfig(chip_forms=(ChipForm.EPC,)), "301234567890123456789012"
        assert parse(code, config, ScanContext.PAYMENT) == PaymentCode(code, "alipay")
        assert parse(code, config) != PaymentCode(code, "alipay")

    def test_without_forms_nothing_is_a_chip(self) -> None:
        assert isinstance(parse("0305419896", PLAIN), Unknown)


class TestAim:
    def test_a_gs1_code_is_never_a_label_of_the_scale(self) -> None:
        body = "210012301250"
        label = body + check_digit(body)
        assert isinstance(parse(label, PLAIN), PriceLabel)
        found = parse("]C1" + label, PLAIN)
        assert isinstance(found, Gs1Element)
        assert found.serial == label[2:]

    def test_a_broken_gs1_code_is_nothing_else(self) -> None:
        assert isinstance(parse("]C16901234567890", PLAIN), Unknown)

    @pytest.mark.parametrize("add_on", ["05", "52999"])
    def test_an_add_on_is_left_out(self, add_on: str) -> None:
        assert parse("]E39771234567898" + add_on, PLAIN) == Gtin("9771234567898", GtinKind.EAN13)

    @pytest.mark.parametrize(
        ("elements", "weight_g", "price_minor"),
        [
            ("0109501101530003" + "3103000285", 285, None),
            ("0109501101530003" + "3102000285", 2850, None),
            ("0109501101530003" + "3104002850", 285, None),
            ("0109501101530003" + "3104002855", None, None),
            ("0109501101530003" + "3103000285" + "39221250", 285, 1250),
            ("0109501101530003" + "39211250", None, 12500),
        ],
    )
    def test_weight_and_price_of_variable_goods(
        self, elements: str, weight_g: int | None, price_minor: int | None
    ) -> None:
        found = parse("]e0" + elements, PLAIN)
        assert isinstance(found, Gs1Element)
        assert (found.gtin, found.weight_g, found.price_minor) == ("09501101530003", weight_g, price_minor)
