"""A million things a till may be handed instead of a code: true codes, damaged codes, and noise; each from its number.

Beside them an oracle that shares nothing with the parser but the standards: check digits, the table of GS1 identifiers
and the shop's patterns are written here a second time, so that the one can judge the other.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import string
from collections.abc import Callable, Iterator

from hardware.scanners import codes
from hardware.scanners.chips import ChipForm
from hardware.scanners.codes import ScannedCode
from hardware.scanners.config import ScanConfig, ScanContext

#: A shop that uses everything at once, so that everything can be taken for everything else.
CONFIG = ScanConfig(
    member_patterns=(r"88\d{6}",),
    chip_forms=(ChipForm.DECIMAL, ChipForm.WIEGAND, ChipForm.EPC),
)
CONTEXTS = tuple(ScanContext)
GS = "\x1d"
_AIMS = ("", "", "", "", "]E0", "]E4", "]E3", "]C0", "]C1", "]e0", "]d2", "]Q3", "]Q1", "]I1", "]X0")
_ENDS = ("", "", "\r", "\r\n", "\t", " ")
_NOISE = (
    string.digits,
    string.printable,
    "0123456789" + GS,
    "".join(chr(code) for code in range(32)),
    "零一二三四五六七八九矿泉水１２３４５６７８９０Ａ",
    "%;?=^+E0123456789B",
    "https://]C1QE()./?=&%01211710",
    "\ud800\u200b\u202e\ufeff\x00é￥🛒",
)


def mod10(digits: str) -> str:
    """The check digit of the GS1 system, by its written rule."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits[::-1]))
    return str((10 - total % 10) % 10)


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choices(string.digits, k=count))


def _checked(body: str) -> str:
    return body + mod10(body)


def _gs1(chance: random.Random) -> str:
    day = dt.date(2026, 1, 1) + dt.timedelta(chance.randrange(900))
    return f"01{_checked(_digits(chance, 13))}17{day:%y%m%d}10L{_digits(chance, 4)}{GS}21S{_digits(chance, 5)}"


#: Codes as they should be.
_TRUE: tuple[Callable[[random.Random], str], ...] = (
    lambda chance: _checked(chance.choice(("690", "692", "471", "")).ljust(3, "7") + _digits(chance, 9)),
    lambda chance: _checked(_digits(chance, 7)),
    lambda chance: _checked(_digits(chance, 11)),
    lambda chance: _checked(_digits(chance, 13)),
    lambda chance: _checked("2" + _digits(chance, 11)),
    lambda chance: _checked("2" + _digits(chance, 16)),
    lambda chance: chance.choice(("25", "28", "30")) + _digits(chance, chance.randrange(14, 23)),
    lambda chance: "1" + str(chance.randrange(6)) + _digits(chance, 16),
    lambda chance: "1" + chance.choice("3456789") + _digits(chance, 9),
    lambda chance: chance.choice(("VIP", "CP-", "GTM:", "88")) + _digits(chance, 6),
    lambda chance: f";{_digits(chance, chance.randrange(4, 20))}={_digits(chance, 12)}?",
    lambda chance: _digits(chance, 10),
    _gs1,
    lambda chance: f"https://id.example/01/{_checked(_digits(chance, 13))}/21/{_digits(chance, 6)}",
    lambda chance: f"01{_checked(_digits(chance, 13))}310{chance.randrange(6)}{_digits(chance, 6)}",
    lambda chance: f"{chance.randrange(300)},{_digits(chance, 5)}",
)


def _damaged(chance: random.Random, code: str) -> str:
    """A code with what scanners, cables and people do to it."""
    if not code:
        return code
    at = chance.randrange(len(code))
    match chance.randrange(8):
        case 0:
            return code[:at] + chance.choice(string.digits) + code[at + 1 :]
        case 1:
            return code[:at] + code[at + 1 :]
        case 2:
            return code[:at] + chance.choice(string.printable) + code[at:]
        case 3:
            return code[:at]
        case 4:
            return code[at:]
        case 5:
            return code + chance.choice(_TRUE)(chance)
        case 6:
            return code[:at] + code[at : at + 2][::-1] + code[at + 2 :]
        case _:
            return code.translate({48 + n: 0xFF10 + n for n in range(10)})


def _noise(chance: random.Random) -> str:
    alphabet = chance.choice(_NOISE)
    return "".join(chance.choices(alphabet, k=chance.choice((1, 3, 8, 13, 14, 18, 40, 200, 700))))


def inputs(first: int, count: int) -> Iterator[tuple[str, ScanContext]]:
    """So many inputs from a number on; the same for the same numbers."""
    for number in range(first, first + count):
        chance = random.Random(number)
        kind = chance.randrange(10)
        text = _noise(chance) if kind < 2 else chance.choice(_TRUE)(chance)
        for _ in range(0 if kind < 5 else chance.choice((1, 1, 1, 2, 3))):
            text = _damaged(chance, text)
        yield chance.choice(_AIMS) + text + chance.choice(_ENDS), chance.choice(CONTEXTS)


# The oracle

_GS1_AIMS = {"]C1", "]e0", "]e1", "]e2", "]d2", "]Q3", "]J1"}
#: GS1 identifiers of fixed length that are used here, and how long their values are; from the General Specifications.
_FIXED = {"00": 18, "01": 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2}
_PHONE = re.compile(r"1[3-9][0-9]{9}")


def _clean(raw: str) -> tuple[str, str]:
    """AIM identifier and content, in half width and without line ends."""
    text = "".join(chr(ord(char) - 0xFEE0) if 0xFF01 <= ord(char) <= 0xFF5E else char for char in raw)
    text = text.strip(" \t\r\n\0")
    aim = text[:3] if re.match(r"\][A-Za-z][0-9A-Za-z]", text) else ""
    return aim, text.removeprefix(aim).strip(GS)


def _plain(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_gtin(text: str) -> bool:
    return _plain(text) and len(text) in {8, 12, 13, 14} and mod10(text[:-1]) == text[-1]


def _upce_as_upca(text: str) -> str:
    """UPC-E written out by the table of the General Specifications, figure 5.2.2.4."""
    system, (a, b, c, d, e, f), check = text[0], text[1:7], text[7]
    middle = {
        "0": f"{a}{b}00000{c}{d}{e}",
        "1": f"{a}{b}10000{c}{d}{e}",
        "2": f"{a}{b}20000{c}{d}{e}",
        "3": f"{a}{b}{c}00000{d}{e}",
        "4": f"{a}{b}{c}{d}00000{e}",
    }.get(f, f"{a}{b}{c}{d}{e}0000{f}")
    return system + middle + check


def complaint(raw: str, context: ScanContext, found: ScannedCode) -> str:
    """Why an answer cannot be right; empty where it can."""
    aim, text = _clean(raw)
    match found:
        case codes.Gtin():
            if aim in _GS1_AIMS:
                return "a GS1 code is no plain number"
            main = text[:13] if aim == "]E3" and len(text) in {15, 18} else text
            upce = len(main) == 8 and _plain(main) and main[0] in "01" and found.code == _upce_as_upca(main)
            good = _is_gtin(found.code) and (found.code == main or upce)
            return "" if good else "a number with a wrong check digit"
        case codes.PriceLabel() | codes.WeightLabel():
            good = _plain(text) and len(text) in {13, 18} and text[0] == "2" and mod10(text[:-1]) == text[-1]
            if text[:2] in {"25", "26", "27", "28", "29"} and len(text) == 18 and aim.startswith("]Q"):
                return "a payment code on a telephone"
            return "" if good and aim not in _GS1_AIMS and found.code == text else "no label of the scale"
        case codes.PhoneNumber():
            bare = re.sub(r"[ -]", "", text).removeprefix("+").removeprefix("86")
            good = _PHONE.fullmatch(found.number) and bare == found.number and not aim.startswith("]E")
            return "" if good else "no phone number"
        case codes.PaymentCode():
            good = _plain(text) and 16 <= len(text) <= 24 and text == found.code
            label = len(text) == 18 and text[0] == "2" and mod10(text[:-1]) == text[-1]
            # Scales print no QR codes.
            if label and context is ScanContext.SELL and not aim.startswith("]Q"):
                return "a label of the scale, not a payment"
            return "" if good else "no payment code"
        case codes.MemberCard():
            own = text.startswith("VIP") or re.fullmatch(r"88[0-9]{6}", text)
            swiped = text[0] in "%;" and "?" in text and found.number in text.replace(" ", "")
            chip = not aim and re.fullmatch(r"[0-9]{10}|[0-9]{1,3},[0-9]{1,5}|[0-9A-Fa-f]{24}", text)
            return "" if own or swiped or chip else "no card"
        case codes.MemberQr():
            return "" if text == found.code and text.startswith("GTM:") else "no member's code"
        case codes.ReceiptNumber():
            return "" if re.fullmatch(r"(?i)GT-[0-9A-Z]{2,4}-[0-9]{6}-[0-9]{1,9}-[0-9A-Z]", text) else "no receipt"
        case codes.Coupon():
            return "" if text == found.code and text.startswith("CP-") else "no coupon"
        case codes.Gs1Element():
            return _complaint_of_elements(aim, text, found)
        case codes.DigitalLink():
            good = text.lower().startswith(("http://", "https://")) and found.gtin is not None
            return "" if good and _is_gtin(found.gtin or "") else "no link of goods"
        case codes.Unknown():
            return _complaint_of_unknown(aim, text, context, found)


def _complaint_of_elements(aim: str, text: str, found: codes.Gs1Element) -> str:
    if found.gtin is not None and not _is_gtin(found.gtin):
        return "an element with a wrong number"
    if re.fullmatch(r"[0-9A-Fa-f]{24}", text) and text.upper().startswith("30") and not aim:
        return ""  # a tag on goods: its layout is checked by an example of the standard
    if not (aim in _GS1_AIMS or GS in text or text[:2] in {"00", "01", "02"}):
        return "no sign of GS1"
    rest = text
    for ai, value in found.elements:
        rest = rest.lstrip(GS)
        if not rest.startswith(ai + value):
            return f"AI {ai} is not where it is said to be"
        if ai in _FIXED and len(value) != _FIXED[ai]:
            return f"AI {ai} has a fixed length"
        rest = rest[len(ai) + len(value) :]
    return "" if not rest.strip(GS) else "something is left over"


def _complaint_of_unknown(aim: str, text: str, context: ScanContext, found: codes.Unknown) -> str:
    """A code that was refused although there is nothing wrong with it."""
    if any(not char.isprintable() and not char.isspace() for char in found.text) or len(found.text) > 64:
        return "what it shows cannot be shown"
    if len(text) > 500:
        return ""
    if _is_gtin(text) and aim not in _GS1_AIMS:
        return "a right number was refused"
    if _PHONE.fullmatch(text) and aim not in _GS1_AIMS and not aim.startswith("]E"):
        return "a phone number was refused"
    if context is ScanContext.PAYMENT and re.fullmatch(r"(25|28|30)[0-9]{14}", text) and aim not in _GS1_AIMS:
        return "a payment was refused"
    return ""
