"""Codes under which a coupon is presented: a short one to type, and a signed one to scan.

Both name the coupon's lot. The short one is looked up at the till that gave it; the signed one says for itself which
coupon it is, until when it can be used and which till gave it, so that any till of the shop can tell a forged or
altered one without asking anybody. Neither says whether it was used already: the books do.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import re
from typing import Final
from uuid import UUID

import msgspec

from pos_app.domain.ids import LotId

#: A short code begins with it: no receipt, card or item number does.
SHORT_PREFIX: Final = "Q"
#: Digits and letters of which none is taken for another (Crockford's base 32).
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHORT_DIGITS: Final = 10
_SHORT: Final = re.compile(rf"{SHORT_PREFIX}[{_ALPHABET}]{{{_SHORT_DIGITS + 1}}}", re.ASCII)
#: Prime, so that the check digit finds every wrong digit but 0 for Z, and almost every swap of neighbours.
_CHECK_MODULUS: Final = 31

_SIGNED_PREFIX: Final = "GQ"
_SIGNED: Final = re.compile(rf"{_SIGNED_PREFIX}[A-Z2-7]{{20,200}}", re.ASCII)
_TAG: Final = b"guitai/coupon/1\x00"
_SHORT_TAG: Final = b"guitai/coupon-code/1\x00"
_FORMAT: Final = 1
_EPOCH: Final = dt.date(2000, 1, 1)
_NO_END: Final = 0xFFFF
KEY_ID_BYTES: Final = 4
_SIGNATURE_BYTES: Final = 64
_LOT_BYTES: Final = 16
_HEAD_BYTES: Final = 1 + KEY_ID_BYTES + 2 + _LOT_BYTES


class SignedCoupon(msgspec.Struct, frozen=True):
    """What a scanned code says of a coupon; whether that is so is still to be checked.

    Attributes:
        coupon_id: Which coupon of the programme.
        lot_id: Which lot.
        last_day: Until when it can be used; None without end.
        key_id: Whose signature it claims to have; see :func:`key_id`.
        message: What was signed.
        signature: 64 bytes.
    """

    coupon_id: str
    lot_id: LotId
    last_day: dt.date | None
    key_id: bytes
    message: bytes
    signature: bytes


def short_code(lot_id: LotId) -> str:
    """The code of a lot as it is printed and typed: ``Q``, ten digits or letters, a check digit.

    Nobody can guess one: it follows from the lot's id, which is in no code that is not signed.
    """
    number = int.from_bytes(hashlib.sha256(_SHORT_TAG + lot_id.bytes).digest()[:8], "big")
    digits = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_SHORT_DIGITS))
    return f"{SHORT_PREFIX}{digits}{_check(digits)}"


def read_short_code(text: str) -> str | None:
    """A short code as it was printed, whatever the typing made of case, spaces, O and I; None for anything else."""
    code = _normal(text)
    if _SHORT.fullmatch(code) is None or _check(code[1:-1]) != code[-1]:
        return None
    return code


def looks_like_short_code(text: str) -> bool:
    """Whether a text has the shape of a short code, whatever its check digit."""
    return _SHORT.fullmatch(_normal(text)) is not None


def _normal(text: str) -> str:
    return "".join(text.upper().split()).replace("-", "").replace("O", "0").replace("I", "1").replace("L", "1")


def _check(digits: str) -> str:
    total = sum((place + 1) * _ALPHABET.index(digit) for place, digit in enumerate(digits))
    return _ALPHABET[total % _CHECK_MODULUS]


def key_id(public_key: bytes) -> bytes:
    """By which a code names the key that signed it."""
    return hashlib.sha256(public_key).digest()[:KEY_ID_BYTES]


def coupon_message(coupon_id: str, lot_id: LotId, last_day: dt.date | None, public_key: bytes) -> bytes:
    """What the till that gives a coupon signs.

    Args:
        coupon_id: ASCII, as checked programmes have it.
        lot_id: Which lot.
        last_day: Until when it can be used; None without end.
        public_key: Of the till.
    """
    days = _NO_END if last_day is None else min(_NO_END - 1, max(0, (last_day - _EPOCH).days))
    return bytes((_FORMAT,)) + key_id(public_key) + days.to_bytes(2, "big") + lot_id.bytes + coupon_id.encode("ascii")


def to_sign(message: bytes) -> bytes:
    """The message as it is signed: never the same bytes as anything else the till signs."""
    return _TAG + message


def signed_code(message: bytes, signature: bytes) -> str:
    """The code to print: capital letters and digits, which a QR code holds best and every scanner types right."""
    return _SIGNED_PREFIX + base64.b32encode(message + signature).decode("ascii").rstrip("=")


def is_signed_code(text: str) -> bool:
    """Whether a text claims to be a signed code."""
    return _SIGNED.fullmatch(text.strip().upper()) is not None


def read_signed_code(text: str) -> SignedCoupon | None:
    """What a signed code says; None for what no till has made, whoever signed it."""
    code = text.strip().upper()
    if _SIGNED.fullmatch(code) is None:
        return None
    body = code[len(_SIGNED_PREFIX) :]
    try:
        data = base64.b32decode(body + "=" * (-len(body) % 8))
    except (binascii.Error, ValueError):
        return None
    message, signature = data[:-_SIGNATURE_BYTES], data[-_SIGNATURE_BYTES:]
    name = message[_HEAD_BYTES:]
    if len(message) <= _HEAD_BYTES or message[0] != _FORMAT or not name.isascii():
        return None
    if signed_code(message, signature) != code:
        return None  # another way to write the same bytes
    days = int.from_bytes(message[1 + KEY_ID_BYTES : 3 + KEY_ID_BYTES], "big")
    return SignedCoupon(
        coupon_id=name.decode("ascii"),
        lot_id=LotId(UUID(bytes=message[3 + KEY_ID_BYTES : _HEAD_BYTES])),
        last_day=None if days == _NO_END else _EPOCH + dt.timedelta(days=days),
        key_id=message[1 : 1 + KEY_ID_BYTES],
        message=message,
        signature=signature,
    )
