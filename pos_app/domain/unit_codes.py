"""One item, one code: the one normal form of an item's code, and links that somebody signed.

An item's code is its trade item number (GTIN) and a serial number. A GS1 DataMatrix, a GS1 Digital Link and a signed
link of the same item have the same normal form, whatever the scanner or the label does to case, separators, escapes or
leading zeros: nothing can be sold a second time by another way of writing it. See
``pos_app/decisions/015-one-item-one-code.md``.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

import msgspec

from pos_app.domain.barcodes import is_gtin

#: Serial numbers are at most this long (GS1, AI 21).
MAX_SERIAL: Final = 20
#: What a serial number is made of: the 82 characters of GS1.
_SERIAL: Final = re.compile(r"[!\"%-?A-Z_a-z]{1,20}", re.ASCII)
_TEXT: Final = re.compile(r"\(01\)(\d{14})\(21\)([!-~]{1,20})", re.ASCII)
_BEFORE_SERIAL: Final = len("(01)00000000000000(21)")
_TAIL: Final = 4

_HASH_TAG: Final = b"guitai/unit-code/1\x00"
_LINK_TAG: Final = b"guitai/unit-link/1\n"
#: Exactly one way to write a signed link: what stands before ``&gs=`` is what was signed, byte by byte.
_LINK: Final = re.compile(
    r"(https?://[!\"$->@-~]+/01/(\d{14})/21/([0-9A-Z._~-]{1,20})\?gk=([0-9A-Za-z_-]{1,16}))&gs=([0-9A-Za-z_-]{86})",
    re.ASCII,
)
_CLAIM: Final = re.compile(r"https?://.*[?&]g[ks]=", re.ASCII | re.IGNORECASE | re.DOTALL)
_KEY_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,16}", re.ASCII)
_LINK_SERIAL: Final = re.compile(r"[0-9A-Z._~-]{1,20}", re.ASCII)
_SITE: Final = re.compile(r"https?://[!\"$->@-~]+", re.ASCII)
PUBLIC_KEY_BYTES: Final = 32


class UnitCode(msgspec.Struct, frozen=True):
    """The code of one item, in its normal form.

    Attributes:
        item: Trade item number, 14 digits with a right check digit.
        serial: Serial number; letters are capitals.
    """

    item: str
    serial: str

    @property
    def text(self) -> str:
        """The code as people read it and as the journal keeps it: ``(01)06901234567892(21)A1B2``."""
        return f"(01){self.item}(21){self.serial}"


class SignedLink(msgspec.Struct, frozen=True):
    """A link that says somebody signed it; whether that is so is still to be checked.

    Attributes:
        unit: Whose link it is.
        key_id: By which key.
        message: What was signed.
        signature: 64 bytes.
    """

    unit: UnitCode
    key_id: str
    message: bytes
    signature: bytes


def unit_code(item: str, serial: str) -> UnitCode | None:
    """The normal form of an item's code; None where number or serial cannot be right.

    Letters become capitals: a scanner that types with caps lock on must not make another item. Zeros that lead a
    serial number stay, since they are part of it.

    Args:
        item: A GTIN of 8, 12, 13 or 14 digits.
        serial: As the code carries it.
    """
    if not is_gtin(item) or _SERIAL.fullmatch(serial) is None:
        return None
    return UnitCode(item.zfill(14), serial.upper())


def read_unit_code(text: str) -> UnitCode | None:
    """A code as it is printed in clear beside its picture, ``(01)…(21)…``; None for anything else."""
    match = _TEXT.fullmatch(text)
    return None if match is None else unit_code(match[1], match[2])


def tail(text: str) -> str:
    """The end of a code's serial number, by which people tell items apart."""
    return text[_BEFORE_SERIAL:][-_TAIL:]


def code_hash(text: str) -> bytes:
    """What indexes hold of a code: 32 bytes, the same for all tills."""
    return hashlib.sha256(_HASH_TAG + text.encode()).digest()


def claims_signature(text: str) -> bool:
    """Whether a text is a link that would pass for signed: it is then genuine, or it is nothing."""
    return _CLAIM.match(text) is not None


def read_signed_link(text: str) -> SignedLink | None:
    """Take a signed link apart; None where it is not written exactly as such a link is."""
    match = _LINK.fullmatch(text)
    if match is None:
        return None
    unit, signature = unit_code(match[2], match[3]), from_base64(match[5])
    if unit is None or signature is None:
        return None
    return SignedLink(unit, match[4], link_message(match[1]), signature)


def link_to_sign(site: str, unit: UnitCode, key_id: str) -> str | None:
    """The link of an item up to its signature; None where one of the parts cannot stand in it.

    Args:
        site: Where the link leads: ``https://`` and the brand's own address, without query.
        unit: Which item; its serial of capitals, digits and ``. _ ~ -``.
        key_id: With which key it will be signed.
    """
    site = site.rstrip("/")
    if _SITE.fullmatch(site) is None or _LINK_SERIAL.fullmatch(unit.serial) is None or not is_key_id(key_id):
        return None
    return f"{site}/01/{unit.item}/21/{unit.serial}?gk={key_id}"


def link_message(link: str) -> bytes:
    """The bytes that are signed of a link (without its signature)."""
    return _LINK_TAG + link.encode()


def signed_link(link: str, signature: bytes) -> str:
    """A link with its signature."""
    return f"{link}&gs={to_base64(signature)}"


def is_key_id(text: str) -> bool:
    """Whether a text may name a key."""
    return _KEY_ID.fullmatch(text) is not None


def to_base64(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64(text: str) -> bytes | None:
    """Bytes of base64url without padding; None unless it is the one way to write them."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    return data if to_base64(data) == text else None
