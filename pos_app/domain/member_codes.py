"""Codes by which members show who they are, from a phone: each is signed and lasts minutes.

A picture of somebody's code is worth nothing soon after it was taken. Whoever makes the codes (a mini-programme's
server) has the private key; tills have public keys only, from the programme, so that nobody who takes a till away can
make codes. The format is in ``pos_app/decisions/032-member-codes-last-minutes.md``, with an example to check against.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final
from uuid import UUID

import msgspec

from pos_app.domain.coupon_codes import KEY_ID_BYTES, key_id
from pos_app.domain.ids import MemberId
from pos_app.errors import KnownError

_PREFIX: Final = "GM"
_TAG: Final = b"guitai/member-code/1\x00"
_FORMAT: Final = 1
_MINUTE_BYTES: Final = 4
_ID_BYTES: Final = 16
_SIGNATURE_BYTES: Final = 64
_MESSAGE_BYTES: Final = 1 + KEY_ID_BYTES + _MINUTE_BYTES + _ID_BYTES
_BODY: Final = -(-(_MESSAGE_BYTES + _SIGNATURE_BYTES) * 8 // 5)
_CODE: Final = re.compile(rf"{_PREFIX}[A-Z2-7]{{{_BODY}}}", re.ASCII)
_CLAIM: Final = re.compile(rf"{_PREFIX}[A-Z2-7]{{100,200}}", re.ASCII)
_MINUTE_MS: Final = 60_000
#: How far the clock of the phone's server may be ahead of the till's.
AHEAD_MINUTES: Final = 2


class SignedMember(msgspec.Struct, frozen=True):
    """What a member's code says; whether that is so is still to be checked.

    Attributes:
        member_id: Whose it is.
        minute: When it was made, in minutes since the Unix epoch.
        key_id: By whose key it claims to be signed.
        message: What was signed.
        signature: 64 bytes.
    """

    member_id: MemberId
    minute: int
    key_id: bytes
    message: bytes
    signature: bytes


def member_message(member_id: MemberId, wall_ms: int, public_key: bytes) -> bytes:
    """What is signed for a member's code.

    Args:
        member_id: Whose it is.
        wall_ms: When it is made, in milliseconds since the Unix epoch.
        public_key: Of whoever signs.
    """
    minute = (wall_ms // _MINUTE_MS).to_bytes(_MINUTE_BYTES, "big")
    return bytes((_FORMAT,)) + key_id(public_key) + minute + member_id.bytes


def to_sign(message: bytes) -> bytes:
    """The message as it is signed: never the same bytes as anything else that is signed."""
    return _TAG + message


def member_code(message: bytes, signature: bytes) -> str:
    """The code to show: capital letters and digits, which a QR code holds best and every scanner types right."""
    return _PREFIX + base64.b32encode(message + signature).decode("ascii").rstrip("=")


def is_member_code(text: str) -> bool:
    """Whether a text claims to be a member's code, cut off or not."""
    return _CLAIM.fullmatch(text.strip().upper()) is not None


def read_member_code(text: str) -> SignedMember | None:
    """What a member's code says; None for what cannot be one, whoever signed it."""
    code = text.strip().upper()
    if _CODE.fullmatch(code) is None:
        return None
    body = code[len(_PREFIX) :]
    try:
        data = base64.b32decode(body + "=" * (-len(body) % 8))
    except (binascii.Error, ValueError):
        return None
    message, signature = data[:_MESSAGE_BYTES], data[_MESSAGE_BYTES:]
    if message[0] != _FORMAT or member_code(message, signature) != code:
        return None  # another format, or another way to write the same bytes
    after_key = 1 + KEY_ID_BYTES
    return SignedMember(
        member_id=MemberId(UUID(bytes=message[after_key + _MINUTE_BYTES :])),
        minute=int.from_bytes(message[after_key : after_key + _MINUTE_BYTES], "big"),
        key_id=message[1:after_key],
        message=message,
        signature=signature,
    )


def check_time(code: SignedMember, wall_ms: int, lasts_minutes: int) -> None:
    """Refuse a code that was not made just now.

    Args:
        code: With a signature that is right.
        wall_ms: Now, in milliseconds since the Unix epoch.
        lasts_minutes: For so many minutes after the one in which it was made it is taken.

    Raises:
        KnownError: ``member_code.expired``, ``member_code.clock`` (made later than it is here).
    """
    age = wall_ms // _MINUTE_MS - code.minute
    if age > lasts_minutes:
        raise KnownError("member_code.expired")
    if age < -AHEAD_MINUTES:
        raise KnownError("member_code.clock")
