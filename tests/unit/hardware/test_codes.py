"""What codes mean; and that nothing typed, pasted or scanned can crash the parser or keep it busy."""

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hardware.scanners import gs1
from hardware.scanners.codes import (
    Coupon,
    DigitalLink,
    Gs1Element,
    Gtin,
    GtinKind,
    MemberCard,
    MemberQr,
    PaymentCode,
    PhoneNumber,
    PriceLabel,
    ReceiptNumber,
    Unknown,
    UnknownReason,
    WeightLabel,
    parse,
)
from hardware.scanners.config import LabelPattern, ScanConfig, ScanContext

CONFIG = ScanConfig(member_patterns=(r"8\d{11}",))


def _with_check(digits):
    return digits + gs1.check_digit(digits)


PRICE = _with_check("200012301250")
WEIGHT = _with_check("220012300285")
LABEL_18 = _with_check("28001230125000285")
ALIPAY = "281234567890123456" if _with_check("28123456789012345") != "281234567890123456" else "281234567890123457"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("6901234567892", Gtin("6901234567892", GtinKind.EAN13)),
        ("]E06901234567892\r\n", Gtin("6901234567892", GtinKind.EAN13)),
        ("96385074", Gtin("96385074", GtinKind.EAN8)),
        ("042100005264", Gtin("042100005264", GtinKind.UPCA)),
        ("04252614", Gtin("042100005264", GtinKind.UPCA)),
        ("16901234567899", Gtin("16901234567899", GtinKind.ITF14)),
        (PRICE, PriceLabel("00123", 1250, None, PRICE)),
        (WEIGHT, WeightLabel("00123", 285, WEIGHT)),
        (LABEL_18, PriceLabel("00123", 1250, 285, LABEL_18)),
        ("VIP00017", MemberCard("VIP00017")),
        ("812345678901", MemberCard("812345678901")),
        (";812345678901=99120000?", MemberCard("812345678901")),
        ("GTM:abc_DEF-123", MemberQr("abc_DEF-123", "GTM:abc_DEF-123")),
        ("13800138000", PhoneNumber("13800138000")),
        ("+86 138-0013-8000", PhoneNumber("13800138000")),
        ("１３８００１３８０００", PhoneNumber("13800138000")),
        ("gt-a1-260115-000123-k", ReceiptNumber("GT-A1-260115-000123-K")),
        ("CP-8F3K", Coupon("CP-8F3K")),
        ("134567890123456789", PaymentCode("134567890123456789", "wechat")),
        (ALIPAY, PaymentCode(ALIPAY, "alipay")),
        (
            "]C1010690123456789217260101",
            Gs1Element(
                "06901234567892",
                None,
                None,
                "2026-01-01",
                (("01", "06901234567892"), ("17", "260101")),
                "010690123456789217260101",
            ),
        ),
        (
            "010690123456789210AB\x1d21S1",
            Gs1Element(
                "06901234567892",
                "S1",
                "AB",
                None,
                (("01", "06901234567892"), ("10", "AB"), ("21", "S1")),
                "010690123456789210AB\x1d21S1",
            ),
        ),
        (
            "]Q1https://id.gs1.org/01/09506000134352/10/L1/21/123",
            DigitalLink("09506000134352", "123", "L1", "https://id.gs1.org/01/09506000134352/10/L1/21/123"),
        ),
        ("6901234567890", Unknown(UnknownReason.WRONG_CHECK_DIGIT, "6901234567890")),
        (PRICE[:-1] + str((int(PRICE[-1]) + 1) % 10), None),
        ("690123", Unknown(UnknownReason.TOO_SHORT, "690123")),
        ("矿泉水", Unknown(UnknownReason.UNRECOGNISED, "矿泉水")),
        ("", Unknown(UnknownReason.EMPTY, "")),
        ("  \r\n", Unknown(UnknownReason.EMPTY, "")),
        ("69012\x1bp\x0034567892", Unknown(UnknownReason.CONTROL_CHARACTERS, "69012p34567892")),
        ("abc\x1ddef", Unknown(UnknownReason.CONTROL_CHARACTERS, "abcdef")),
        ("https://example.com/x", Unknown(UnknownReason.UNRECOGNISED, "https://example.com/x")),
        ("http://[", Unknown(UnknownReason.UNRECOGNISED, "http://[")),
    ],
)
def test_meaning(raw, expected):
    found = parse(raw, CONFIG)
    if expected is None:
        assert isinstance(found, Unknown)
        assert found.reason is UnknownReason.WRONG_CHECK_DIGIT
    else:
        assert found == expected


def test_the_screen_decides_between_codes_that_look_alike():
    label = _with_check("28123456789012345")
    assert isinstance(parse(label, CONFIG), PriceLabel)
    assert parse(label, CONFIG, ScanContext.PAYMENT) == PaymentCode(label, "alipay")
    config = ScanConfig(member_prefixes=("1345",))
    assert parse("134567890123456789", config) == MemberCard("134567890123456789")
    assert parse("134567890123456789", config, ScanContext.PAYMENT) == PaymentCode("134567890123456789", "wechat")


def test_lookup_keys_cover_how_catalogues_write_numbers():
    assert Gtin("042100005264", GtinKind.UPCA).lookup_keys == ("042100005264", "00042100005264", "0042100005264")
    assert Gtin("0042100005264", GtinKind.EAN13).gtin14 == "00042100005264"
    assert "96385074" in Gtin("00000096385074", GtinKind.ITF14).lookup_keys


def test_ten_thousand_characters_are_refused_at_once():
    for text in ("6" * 10_000, "中" * 10_000, "\x1d" * 10_000, "http://" + "a/" * 5000, "01" * 5000):
        started = time.perf_counter()
        found = parse(text, CONFIG)
        assert (time.perf_counter() - started) * 1000 < 20
        assert isinstance(found, Unknown)
        assert found.reason is UnknownReason.TOO_LONG
        assert len(found.text) <= 64


ODD = st.text(max_size=600) | st.text(alphabet="0123456789\x1d-]CQE1https://[]()", max_size=120)


@given(ODD, st.sampled_from(list(ScanContext)))
def test_nothing_crashes_it(raw, context):
    gs1.warm_up()
    started = time.perf_counter()
    found = parse(raw, CONFIG, context)
    assert (time.perf_counter() - started) * 1000 < 200
    if isinstance(found, Unknown):
        assert found.text.isprintable() or all(ch.isspace() or ch.isprintable() for ch in found.text)


@given(st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_every_number_with_its_check_digit_is_accepted_and_one_wrong_digit_refused(digits):
    plain = ScanConfig(labels=(), payment_patterns=())
    code = _with_check(digits)
    # 86 and a mobile number are a telephone number: no country's goods begin with 861. An EAN says that it is one.
    assert parse("]E0" + code, plain) == Gtin(code, GtinKind.EAN13)
    assume(not digits.startswith("861"))
    assert parse(code, plain) == Gtin(code, GtinKind.EAN13)
    wrong = code[:5] + str((int(code[5]) + 1) % 10) + code[6:]
    assert parse(wrong, plain) == Unknown(UnknownReason.WRONG_CHECK_DIGIT, wrong)


def test_labels_without_the_usual_check_digit_can_be_configured():
    config = ScanConfig(labels=(LabelPattern("27IIIIIIPPPPC", checked=False),))
    assert parse("2700012312507", config) == PriceLabel("000123", 1250, None, "2700012312507")


@pytest.mark.parametrize(
    "kwargs",
    [
        {"receipt_pattern": "("},
        {"member_patterns": ("[",)},
        {"labels": (LabelPattern("20IIIII"),)},
        {"labels": (LabelPattern("20PPPPPC"),)},
        {"labels": (LabelPattern("2IIPIIPPC"),)},
        {"member_prefixes": ("",)},
        {"max_length": 1_000_000},
    ],
)
def test_a_configuration_that_cannot_work_is_refused_when_made(kwargs):
    with pytest.raises(ValueError, match=r"."):
        ScanConfig(**kwargs)


@pytest.mark.parametrize("code", ["", "1234567", "24252614", "04252615"])
def test_not_every_eight_digits_are_upc_e(code):
    assert gs1.expand_upce(code) is None


@pytest.mark.parametrize(
    ("short", "long"),
    [("01234505", "012000003455"), ("01234531", None), ("01234543", None), ("01234558", None)],
)
def test_upc_e_expands_to_a_correct_upc_a(short, long):
    upca = gs1.expand_upce(short)
    assert upca is None or (len(upca) == 12 and gs1.check_digit(upca[:-1]) == upca[-1])
    assert long is None or upca == long
