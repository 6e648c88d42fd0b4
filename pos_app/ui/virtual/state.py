"""What the windows of the virtual devices are given."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pos_app.domain.money import Money

#: What may be wrong with the printer, by the names of the virtual printer's faults; the first means nothing is.
FAULTS: Final = ("none", "off", "paper_out", "cover_open", "silent", "no_answers", "reset_mid_job", "slow")
#: It has no plug.
UNPLUGGED: Final = "unplugged"
#: What may be wrong with the scale, by the names of the virtual scale's faults.
SCALE_FAULTS: Final = ("none", "moving", "silent", "garbage", UNPLUGGED)
#: More than the scale can weigh.
TOO_HEAVY_G: Final = 15_000
#: What can be laid on the scale by one touch, in grams.
WEIGHTS_G: Final = (0, 285, 1_200, 16_000)
#: The words that a display of figures lights, by the names of the virtual display's lamps.
LAMPS: Final = ("price", "total", "paid", "change")
#: How the scanner is connected.
SERIAL: Final = "serial"
WEDGE: Final = "wedge"


class SampleGroup(enum.Enum):
    """What a sample is for; the scanner's window filters by it."""

    GOODS = "goods"
    WEIGHED = "weighed"
    CARD = "card"
    COUPON = "coupon"
    RECEIPT = "receipt"
    FAULTY = "faulty"


class SampleNote(enum.Enum):
    """What is special about a sample."""

    NONE = "none"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    HALF_SCAN = "half_scan"
    UNKNOWN_GOODS = "unknown_goods"
    PAYMENT_CODE = "payment_code"
    UNIT_CODE = "unit_code"
    SOLD_BEFORE = "sold_before"
    FORGED = "forged"
    FULL_WALLET = "full_wallet"
    BIRTHDAY_SOON = "birthday_soon"
    CHECKS_IN = "checks_in"
    NEARLY_SILVER = "nearly_silver"
    CARD_NEW = "card_new"
    CARD_LOADED = "card_loaded"
    CARD_SPENT = "card_spent"
    PUBLISHED_CODE = "published_code"
    PAPER_COUPON = "paper_coupon"
    COUPON_USED = "coupon_used"


@dataclass(frozen=True, slots=True)
class Sample:
    """Something that can be scanned.

    Attributes:
        code: What the scanner sends.
        title: Name of the goods or person, as it came from outside.
        group: What it is for.
        price: On the shelf; None where there is none.
        note: What is special about it.
        bars: The barcode as modules, ``1`` dark and ``0`` light; empty for a code without a picture.
    """

    code: str
    title: str
    group: SampleGroup = SampleGroup.GOODS
    price: Money | None = None
    note: SampleNote = SampleNote.NONE
    bars: str = ""
