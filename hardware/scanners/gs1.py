"""GS1 arithmetic and syntax: check digits, UPC-E, element strings and Digital Link (through biip).

biip is imported when the first such code arrives, since that costs 300 ms; call `warm_up` while the till is idle.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from biip.gs1_element_strings import GS1ElementStrings

_log = logging.getLogger(__name__)
#: AIM identifiers of codes that begin with FNC1: their content is element strings and nothing else.
ELEMENT_AIMS = frozenset({"]C1", "]e0", "]e1", "]e2", "]d2", "]Q3", "]J1"})
_ELEMENT_START = re.compile(r"(?:01|02|00)\d{14}", re.ASCII)
_UPCE_DIGITS = 8
#: Identifiers whose last digit is a check digit, which the library does not insist on: SSCC, GTIN, content's GTIN.
_CHECKED = frozenset({"00", "01", "02"})


class Found(NamedTuple):
    """What a GS1 message says; fields as in `codes.Gs1Element`."""

    gtin: str | None
    serial: str | None
    lot: str | None
    expiry: str | None
    weight_g: int | None
    price_minor: int | None
    elements: tuple[tuple[str, str], ...]


def check_digit(digits: str) -> str:
    """Return the modulo 10 check digit for ASCII `digits` (weights 3 and 1 from the right)."""
    total = 0
    weight = 3
    for digit in reversed(digits):
        total += (ord(digit) - 48) * weight
        weight = 4 - weight
    return str(-total % 10)


def expand_upce(code: str) -> str | None:
    """Return the UPC-A for an 8-digit UPC-E, or None when it is none."""
    if len(code) != _UPCE_DIGITS or code[0] not in "01":
        return None
    system, body, check = code[0], code[1:7], code[7]
    last = body[5]
    if last in "012":
        expanded = body[:2] + last + "0000" + body[2:5]
    elif last == "3":
        expanded = body[:3] + "00000" + body[3:5]
    elif last == "4":
        expanded = body[:4] + "00000" + body[4]
    else:
        expanded = body[:5] + "0000" + last
    upca = system + expanded
    return upca + check if check_digit(upca) == check else None


def looks_like_link(text: str) -> bool:
    """Return whether `text` is a web address."""
    return text[:8].lower().startswith(("http://", "https://"))


def looks_like_elements(text: str, aim: str = "") -> bool:
    """Return whether `text` may be a GS1 element string; a bare number must begin like one."""
    return aim in ELEMENT_AIMS or "\x1d" in text or bool(_ELEMENT_START.match(text))


def warm_up() -> None:
    """Import what the first GS1 code would have to wait for."""
    parse_elements("0106901234567892")


def parse_elements(text: str) -> Found | None:
    """Return the content of an element string, or None when it breaks the rules."""
    from biip import ParseError
    from biip.gs1_messages import GS1Message

    try:
        return _found(GS1Message.parse(text).element_strings)
    except (ParseError, ValueError, LookupError, ArithmeticError, AttributeError, AssertionError, TypeError) as error:
        # The library's own error and whatever strange input makes it trip over: a scan must never stop the till.
        _log.debug("not a GS1 message: %s", type(error).__name__)
        return None


def parse_link(text: str) -> Found | None:
    """Return the content of a Digital Link, or None when the address is an ordinary one."""
    from biip import ParseError
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI

    try:
        return _found(GS1DigitalLinkURI.parse(text).element_strings)
    except (ParseError, ValueError, LookupError, ArithmeticError, AttributeError, AssertionError, TypeError) as error:
        _log.debug("not a GS1 Digital Link: %s", type(error).__name__)
        return None


def _found(strings: GS1ElementStrings) -> Found | None:
    elements = tuple((element.ai.ai, element.value) for element in strings)
    if not elements or not all(_has_check_digit(value) for ai, value in elements if ai in _CHECKED):
        return None
    values = dict(reversed(elements))
    expiry = next((element.date for element in strings if element.ai.ai == "17" and element.date), None)
    gtin = values.get("01") or values.get("02")
    return Found(
        gtin=gtin.zfill(14) if gtin else None,
        serial=values.get("21"),
        lot=values.get("10"),
        expiry=expiry.isoformat() if expiry else None,
        weight_g=_scaled(values, "310", 3),
        price_minor=_scaled(values, "392", 2),
        elements=elements,
    )


def _has_check_digit(value: str) -> bool:
    return value.isascii() and value.isdigit() and check_digit(value[:-1]) == value[-1]


def _scaled(values: dict[str, str], family: str, places: int) -> int | None:
    """The value of an AI whose fourth digit says where its decimal point is, in units of ten to minus `places`.

    None where there is none, and for one that is finer than the unit: a weight or an amount is never rounded here.
    """
    for ai, value in values.items():
        if len(ai) == 4 and ai.startswith(family) and value.isdigit():
            shift = places - int(ai[3])
            if shift >= 0:
                return int(value + "0" * shift)
            return int(value[:shift] or "0") if not value[shift:].strip("0") else None
    return None
