"""Identifiers. The till makes them (UUID version 7, RFC 9562) and stores them before anyone hears of them."""

from __future__ import annotations

import hashlib
from typing import Final, NewType, Protocol
from uuid import UUID

MemberId = NewType("MemberId", UUID)
LotId = NewType("LotId", UUID)
SaleId = NewType("SaleId", UUID)
RecordId = NewType("RecordId", UUID)
ShiftId = NewType("ShiftId", UUID)
JobId = NewType("JobId", UUID)
HoldId = NewType("HoldId", UUID)
#: The shop's own item number (货号): short, stable, printed on shelf labels and inside scale labels.
ProductId = NewType("ProductId", str)
CategoryId = NewType("CategoryId", str)
StaffId = NewType("StaffId", str)
TierId = NewType("TierId", str)


class IdSource(Protocol):
    """Makes identifiers; handed in so that tests and the simulator repeat."""

    def new(self) -> UUID:
        """A new UUIDv7."""


def uuid7(wall_ms: int, random_bytes: bytes) -> UUID:
    """Lay out a UUIDv7: 48 bits of milliseconds since 1970, then 74 random bits.

    Args:
        wall_ms: Milliseconds since the Unix epoch; not negative.
        random_bytes: Exactly ten bytes.
    """
    if not 0 <= wall_ms < 1 << 48 or len(random_bytes) != 10:
        raise ValueError("uuid7 takes 48 bits of time and ten random bytes")
    noise = int.from_bytes(random_bytes, "big")
    high = wall_ms << 16 | 0x7000 | (noise >> 68) & 0x0FFF
    low = 0x8000_0000_0000_0000 | noise & 0x3FFF_FFFF_FFFF_FFFF
    return UUID(int=high << 64 | low)


def derived_id(parent: UUID, what: str, n: int = 0) -> UUID:
    """An id that follows from another.

    The same question always gives the same answer, so that a record which is built twice (to preview it, to write
    it) names the same things.

    Args:
        parent: A random id, of a sale say; nobody can guess what is derived from one they do not know.
        what: Of which kind.
        n: Which of them.
    """
    digest = hashlib.sha256(b"guitai/derived/1\x00" + parent.bytes + f"{what}/{n}".encode()).digest()
    return uuid7(parent.int >> 80, digest[:10])


def made_ms(made: UUID) -> int:
    """When an id of version 7 was made, or the one that it was derived from: milliseconds since 1970."""
    return made.int >> 80


#: The till number of training mode: no real till has it, so a training receipt is never taken for a real one.
TRAINING_TILL: Final = 0


def receipt_number(till_number: int, yymmdd: str, sequence: int) -> str:
    """The receipt's own number: ``R`` + till (4) + date (6) + sequence (5) + check digit; 17 characters.

    The letter keeps it apart from GTINs and payment codes, which are digits only; digits behind it stay compact
    in Code 128 (set C), so that it fits 58 mm paper.
    """
    if not 0 <= till_number < 10_000 or not 0 < sequence < 100_000 or len(yymmdd) != 6:
        raise ValueError("receipt number parts out of range")
    if not (yymmdd.isascii() and yymmdd.isdigit()):
        raise ValueError("receipt number parts out of range")
    digits = f"{till_number:04d}{yymmdd}{sequence:05d}"
    return f"R{digits}{check_digit(digits)}"


#: Receipts of a day that each life of a till may number: one that went back does not know which numbers it gave out.
RECEIPTS_OF_A_LIFE: Final = 10_000


def receipt_sequence(receipt_no: str) -> tuple[str, int]:
    """The day (``yymmdd``) and the number within it that a receipt number holds.

    Raises:
        ValueError: If it is none.
    """
    if not is_receipt_number(receipt_no):
        raise ValueError("not a receipt number")
    return receipt_no[5:11], int(receipt_no[11:16])


def is_receipt_number(text: str) -> bool:
    """Whether a text is a receipt number with a right check digit."""
    return (
        len(text) == 17
        and text[0] == "R"
        and text[1:].isascii()
        and text[1:].isdigit()
        and check_digit(text[1:-1]) == text[-1]
    )


def check_digit(digits: str) -> str:
    """The GS1 modulo-10 check digit of a string of digits.

    It finds every wrong digit and every swap of neighbours except of digits five apart (0 and 5, 1 and 6, ...).
    """
    weighted = sum(int(digit) * (3 if index % 2 == 0 else 1) for index, digit in enumerate(reversed(digits)))
    return str(-weighted % 10)
