"""Whatever a scanner sends: nothing crashes the parser, and nothing is taken for something it is not.

A hundred thousand inputs here; ``python3 packaging/dev.py bench scanner`` takes a million, and their time.
"""

import pytest
from pos_testkit.scanner_inputs import CONFIG, complaint, inputs, mod10

from hardware.scanners import codes, gs1
from hardware.scanners.config import ScanContext

SHARDS, EACH = 10, 10_000


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_hundred_thousand_inputs(shard: int) -> None:
    kinds = set()
    for raw, context in inputs(shard * EACH, EACH):
        found = codes.parse(raw, CONFIG, context)
        wrong = complaint(raw, context, found)
        assert not wrong, (raw, context, found, wrong)
        kinds.add(type(found))
    assert len(kinds) >= 11, f"the inputs reach too little: {kinds}"


def test_the_oracle_notices() -> None:
    """It finds fault with answers that are wrong, or it would be worth nothing."""
    ean, sell = "6901234567892", ScanContext.SELL
    assert mod10(ean[:-1]) == gs1.check_digit(ean[:-1]) == ean[-1]
    for raw, answer in (
        (ean, codes.Gtin("6901234567890", codes.GtinKind.EAN13)),
        ("]C1" + ean, codes.Gtin(ean, codes.GtinKind.EAN13)),
        (ean, codes.PriceLabel("12345", 100, None, ean)),
        (ean, codes.Unknown(codes.UnknownReason.WRONG_CHECK_DIGIT, ean)),
        (ean, codes.PhoneNumber("13800138000")),
        (ean, codes.PaymentCode(ean, "alipay")),
        (ean, codes.MemberCard(ean)),
        (ean, codes.Coupon(ean)),
        ("0106901234567892", codes.Gs1Element("06901234567890", None, None, None, (), "")),
        ("0106901234567892", codes.Gs1Element("06901234567892", None, None, None, (("10", "A"),), "")),
        ("https://example.com", codes.DigitalLink(None, None, None, "https://example.com")),
        ("\x1b", codes.Unknown(codes.UnknownReason.UNRECOGNISED, "\x1b")),
    ):
        assert complaint(raw, sell, answer), (raw, answer)
