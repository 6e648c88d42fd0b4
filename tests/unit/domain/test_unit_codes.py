"""One item, one code: one normal form whatever the label and the scanner do, and links that cannot be forged."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders
from pos_testkit.unit_labels import BRAND, STRANGER, coded_programme, digital_link, signed, unit, unit_key, unit_points

from hardware.scanners.config import ScanConfig
from pos_app.application.scanned_codes import ProductCode, UnitScan, UnreadableCode
from pos_app.domain.ids import CategoryId, ProductId
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import quote
from pos_app.domain.programme.document import Conditions, Programme, What
from pos_app.domain.programme.loading import check_programme, load_programme
from pos_app.domain.programme.review import review_programme
from pos_app.domain.quantity import Quantity
from pos_app.domain.unit_codes import (
    UnitCode,
    code_hash,
    from_base64,
    read_signed_link,
    read_unit_code,
    tail,
    to_base64,
    unit_code,
)
from pos_app.errors import KnownError
from pos_app.infrastructure.code_parser import HardwareCodeParser
from pos_app.infrastructure.signatures import is_signature, is_signed_by, sign_link

BOTTLE = builders.product(1, 6_800, name="麓溪 浓香型白酒 500ml")
PARSER = HardwareCodeParser(ScanConfig())
GTIN = BOTTLE.barcodes[0]
NORMAL = UnitCode(GTIN.zfill(14), "A1B2")

#: What GS1 allows in a serial number.
SERIAL_CHARACTERS = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
serials = st.text(SERIAL_CHARACTERS, min_size=1, max_size=20)
plain_serials = st.text("0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjk-_.", min_size=1, max_size=20).filter(
    lambda text: text.strip(".")
)


class TestNormalForm:
    @pytest.mark.parametrize(
        "text",
        [
            f"01{GTIN.zfill(14)}21A1B2",
            f"]d201{GTIN.zfill(14)}21A1B2",
            f"\x1d01{GTIN.zfill(14)}21a1b2\x1d",
            f"]Q301{GTIN.zfill(14)}10LOT7\x1d21A1B2",
            f"]C101{GTIN.zfill(14)}17261231" + "21A1B2\r\n",
            f"https://id.example/01/{GTIN.zfill(14)}/21/A1B2",
            f"HTTPS://ID.EXAMPLE/01/{GTIN.zfill(14)}/21/a1b2",
            f"https://other.example/some/where/01/{GTIN}/21/%41%31B2?17=261231",
            f"(01){GTIN.zfill(14)}(21)A1B2",
            f" (01){GTIN.zfill(14)}(21)a1b2\n",
            signed(BOTTLE, "A1B2"),
            "]Q1" + signed(BOTTLE, "A1B2") + "\r",
        ],
    )
    def test_every_way_to_write_an_item_is_one_code(self, text: str) -> None:
        code = PARSER.parse(text)
        assert isinstance(code, UnitScan), code
        assert code.unit == NORMAL
        assert GTIN in code.keys

    @given(serial=serials)
    def test_case_and_escapes_never_make_another_item(self, serial: str) -> None:
        known = unit_code(GTIN, serial)
        assert known is not None
        assert unit_code(GTIN.zfill(14), serial.lower()) == unit_code(GTIN, serial.swapcase()) == known
        escaped = "".join(f"%{ord(each):02x}" for each in serial)
        for text in (digital_link(BOTTLE, escaped), f"01{GTIN.zfill(14)}21{serial}", known.text):
            code = PARSER.parse(text)
            assert isinstance(code, UnitScan), (text, code)
            assert (code.unit, code_hash(code.unit.text)) == (known, code_hash(known.text))

    @given(one=serials, other=serials)
    def test_other_serials_are_other_items(self, one: str, other: str) -> None:
        first, second = unit_code(GTIN, one), unit_code(GTIN, other)
        assert first is not None
        assert second is not None
        assert (first.text == second.text) == (one.upper() == other.upper())

    @pytest.mark.parametrize("serial", ["", "X" * 21, "中文", "A B", "A#1", "A\n1", "A\x1d1"])
    def test_what_no_serial_can_be_is_no_code(self, serial: str) -> None:
        assert unit_code(GTIN, serial) is None

    def test_a_wrong_check_digit_is_no_code(self) -> None:
        assert unit_code(GTIN[:-1] + str((int(GTIN[-1]) + 1) % 10), "A1") is None

    def test_a_code_without_serial_is_its_product(self) -> None:
        assert isinstance(PARSER.parse(f"01{GTIN.zfill(14)}10LOT7"), ProductCode)
        assert isinstance(PARSER.parse(f"https://id.example/01/{GTIN.zfill(14)}"), ProductCode)

    def test_the_number_of_what_a_box_holds_is_not_the_box(self) -> None:
        assert not isinstance(PARSER.parse(f"02{GTIN.zfill(14)}3712\x1d21A1"), UnitScan)

    @given(serial=serials)
    def test_the_printed_form_can_be_typed(self, serial: str) -> None:
        code = unit_code(GTIN, serial)
        assert code is not None
        assert read_unit_code(code.text) == code
        assert code.serial.endswith(tail(code.text))

    @given(text=st.text(max_size=600))
    def test_no_text_trips_the_parser(self, text: str) -> None:
        for wrapped in (text, f"https://x/01/{text}", f"(01){GTIN.zfill(14)}(21){text}", f"01{GTIN.zfill(14)}21{text}"):
            PARSER.parse(wrapped)
            read_signed_link(wrapped)


class TestSignedLinks:
    @given(serial=plain_serials)
    def test_what_was_signed_is_genuine(self, serial: str) -> None:
        link = read_signed_link(signed(BOTTLE, serial))
        assert link is not None
        assert link.unit == unit(BOTTLE, serial)
        assert is_signed_by(BRAND.public_key, link)
        assert not is_signed_by(STRANGER.public_key, link)

    @given(serial=plain_serials, data=st.data())
    def test_no_flipped_bit_is_accepted(self, serial: str, data: st.DataObject) -> None:
        genuine = signed(BOTTLE, serial).encode()
        place = data.draw(st.integers(0, len(genuine) * 8 - 1))
        flipped = bytearray(genuine)
        flipped[place // 8] ^= 1 << place % 8
        code = PARSER.parse(flipped.decode("latin-1"))
        if isinstance(code, UnitScan):  # never as its number alone, without the signature
            assert code.link is not None
            assert code.link.key_id != "k1" or not is_signed_by(BRAND.public_key, code.link)
        else:
            assert code is None or isinstance(code, UnreadableCode), code

    @pytest.mark.parametrize(
        "change",
        [
            lambda link: link + "&utm=1",
            lambda link: link + "=",
            lambda link: link.replace("&gs=", "&gs=A"),
            lambda link: link.partition("&gs=")[0],
            lambda link: link.replace("?gk=k1", "?x=1"),
            lambda link: link.replace("https://id.example", "https://id.example.cn"),
            lambda link: link.replace("https://", "HTTPS://"),
            lambda link: link.swapcase(),
            lambda link: link.replace("A1B2", "%411B2"),
            lambda link: link.replace("?gk=k1&", "?17=261231&gk=k1&"),
            lambda link: link + "#top",
        ],
    )
    def test_a_link_that_would_pass_for_signed_is_all_or_nothing(self, change) -> None:
        code = PARSER.parse(change(signed(BOTTLE, "A1B2")))
        if isinstance(code, UnitScan):
            assert code.link is not None
            assert not is_signed_by(BRAND.public_key, code.link)
        else:
            assert code == UnreadableCode("not_genuine")

    def test_the_signature_of_one_item_is_none_of_another(self) -> None:
        signature = signed(BOTTLE, "A1").partition("&gs=")[2]
        link = read_signed_link(signed(BOTTLE, "A2").partition("&gs=")[0] + "&gs=" + signature)
        assert link is not None
        assert not is_signed_by(BRAND.public_key, link)

    @given(data=st.binary(max_size=70))
    def test_base64_has_one_form(self, data: bytes) -> None:
        text = to_base64(data)
        assert from_base64(text) == data
        assert from_base64(text + "=") is None
        if len(data) % 3:
            last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
            assert sum(from_base64(text[:-1] + each) is not None for each in last) < len(last)

    def test_a_key_that_is_none_fits_nothing(self) -> None:
        assert not is_signature(b"", b"x", bytes(64))
        assert not is_signature(bytes(31), b"x", bytes(64))

    @pytest.mark.parametrize(
        "site", ["ftp://id.example", "https://", "https://a b", "https://x?y=1", "https://x#y", ""]
    )
    def test_a_site_that_cannot_lead_a_link(self, site: str) -> None:
        assert sign_link(BRAND, site, NORMAL, "k1") is None

    def test_what_else_cannot_stand_in_a_link(self) -> None:
        assert sign_link(BRAND, "https://id.example", UnitCode(NORMAL.item, "A/1"), "k1") is None
        assert sign_link(BRAND, "https://id.example", NORMAL, "no key") is None


class TestBasket:
    def test_an_item_with_a_code_is_a_line_of_its_own(self) -> None:
        code = unit(BOTTLE, "A1").text
        basket = Basket().add(BOTTLE, Quantity.pieces(2)).add(BOTTLE, Quantity.pieces(1), unit_code=code)
        basket = basket.add(BOTTLE, Quantity.pieces(1))
        assert [(line.quantity.display(), line.unit_code) for line in basket.lines] == [("3", ""), ("1", code)]

    def test_one_item_is_one_piece_once(self) -> None:
        code = unit(BOTTLE, "A1").text
        basket = Basket().add(BOTTLE, Quantity.pieces(1), unit_code=code)
        for refused, wanted in (
            (lambda: basket.add(BOTTLE, Quantity.pieces(1), unit_code=code), "unit.in_basket"),
            (lambda: basket.add(BOTTLE, Quantity.pieces(2), unit_code=unit(BOTTLE, "A2").text), "unit.one_piece"),
            (lambda: basket.set_quantity(1, Quantity.pieces(2)), "unit.one_piece"),
        ):
            with pytest.raises(KnownError) as caught:
                refused()
            assert caught.value.code == wanted
        assert basket.set_quantity(1, Quantity.pieces(1)) == basket
        assert basket.remove(1).add(BOTTLE, Quantity.pieces(1), unit_code=code).lines[0].unit_code == code


class TestPoints:
    def _earned(self, programme: Programme, *codes: str, tier: str = "regular") -> tuple[dict[str, int], list[int]]:
        basket = Basket()
        for code in codes:
            basket = basket.add(BOTTLE, Quantity.pieces(1), unit_code=code)
        customer = builders.customer(builders.member(tier=tier))
        priced = quote(basket, customer, programme, builders.NOON, today=builders.TODAY)
        return {each.rule_id: each.points.count for each in priced.earned}, [each.points.count for each in priced.lines]

    def test_codes_carry_points_beside_the_price(self) -> None:
        programme = coded_programme(points=(unit_points(20),))
        a, b = unit(BOTTLE, "A").text, unit(BOTTLE, "B").text
        assert self._earned(programme, a, b) == ({"base": 136, "unit_gift": 40}, [88, 88])
        assert self._earned(programme, a, "") == ({"base": 136, "unit_gift": 20}, [88, 68])
        assert self._earned(programme, "", a) == ({"base": 136, "unit_gift": 20}, [68, 88])

    def test_the_tier_counts_where_it_is_said(self) -> None:
        code = unit(BOTTLE, "A").text
        assert self._earned(coded_programme(points=(unit_points(20),)), code, tier="gold")[0]["unit_gift"] == 20
        times = coded_programme(points=(unit_points(20, times_tier=True),))
        assert self._earned(times, code, tier="gold")[0]["unit_gift"] == 30

    def test_only_goods_the_rule_speaks_of(self) -> None:
        other = Conditions(what=What(categories=(CategoryId("fruit"),)))
        rule = msgspec.structs.replace(unit_points(20), conditions=other)
        assert "unit_gift" not in self._earned(coded_programme(points=(rule,)), unit(BOTTLE, "A").text)[0]


class TestProgramme:
    TEXT = """
version = 1
name = { zh = "酒坊" }
effective_from = 2025-01-01
tiers = [{ tier_id = "regular", name = { zh = "会员" }, rank = 0 }]
[unit_codes]
serials = { categories = ["drinks"] }
required = { products = ["P00001"] }
[[unit_codes.keys]]
key_id = "k1"
public_key = "KEY"
to_date = 2030-12-31
[[unit_codes.points]]
rule_id = "gift"
name = { zh = "扫码积分" }
points = 20
""".replace("KEY", to_base64(BRAND.public_key))

    def test_it_is_read_from_a_file(self) -> None:
        rules = load_programme(self.TEXT).unit_codes
        assert rules.serials == What(categories=(CategoryId("drinks"),))
        assert rules.required == What(products=(ProductId("P00001"),))
        assert rules.keys == (unit_key(to_date=dt.date(2030, 12, 31)),)
        assert rules.points[0].points.count == 20

    @pytest.mark.parametrize(
        ("old", "new", "problem"),
        [
            ('key_id = "k1"', 'key_id = "a b"', "unit_codes.keys[0].key_id"),
            (to_base64(BRAND.public_key), "AAAA", "unit_codes.keys[0].public_key"),
            ("to_date = 2030", "from_date = 2031-01-01\nto_date = 2030", "unit_codes.keys[0].to_date"),
            ("points = 20", "points = 0", "unit_codes.points.gift.points"),
            ("points = 20", 'points = 20\nconditions = { who = { tiers = ["gold"] } }', "unit_codes.points.gift"),
            ("扫码积分", " ", "unit_codes.points.gift.name"),
        ],
    )
    def test_what_is_wrong_is_said_with_its_place(self, old: str, new: str, problem: str) -> None:
        with pytest.raises(KnownError) as caught:
            load_programme(self.TEXT.replace(old, new))
        problems = caught.value.details["problems"]
        assert isinstance(problems, tuple)
        assert any(each.startswith(problem) for each in problems), problems

    def test_goods_that_could_not_be_sold_at_all(self) -> None:
        programme = coded_programme(keys=(), serials=None, required=What(), points=(unit_points(),))
        assert [each.split(":")[0] for each in check_programme(programme)] == [
            "unit_codes.required",
            "unit_codes.points.unit_gift",
        ]
        twice = coded_programme(keys=(unit_key(), unit_key()))
        assert list(check_programme(twice)) == ["unit_codes.keys[1].key_id: 'k1' is used twice"]

    def test_signed_goods_that_are_sold_unsigned_too_are_doubted(self) -> None:
        bottle = What(products=(ProductId("P00001"),))
        key = unit_key(what=bottle)
        loose = coded_programme(keys=(key,), serials=What())
        tight = coded_programme(keys=(key,), serials=What(except_products=(ProductId("P00001"),)))
        assert [(each.code, each.place) for each in review_programme(loose)] == [
            ("unsigned", "unit_codes.keys[0].what")
        ]
        assert review_programme(tight) == ()

    def test_money_is_not_touched_by_codes(self) -> None:
        basket = Basket().add(BOTTLE, Quantity.pieces(1), unit_code=unit(BOTTLE, "A").text)
        priced = quote(basket, None, coded_programme(points=(unit_points(),)), builders.NOON, today=builders.TODAY)
        assert (priced.payable, priced.earned) == (Money(6_800), ())
