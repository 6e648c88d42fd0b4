"""Joining head office: what a person types or scans, and what comes of it."""

from __future__ import annotations

import re
from typing import Final, Protocol

import msgspec

GROUP: Final = 4
CODE_LETTERS: Final = 12
_LOOKALIKES: Final = str.maketrans("ILOU", "110V")
_NOT_CODE: Final = re.compile(r"[^0-9A-Z]")
_APART: Final = re.compile(r"[#\s]+")
_HOST: Final = re.compile(r"(?:https://)?[0-9A-Za-z.\-\[\]:]+(?:/[^\s#]*)?")


class Invitation(msgspec.Struct, frozen=True):
    """Where head office is, and the one-time code; either may be empty while it is being typed."""

    address: str = ""
    code: str = ""


class Joined(msgspec.Struct, frozen=True):
    """What head office said: who this till is from now on.

    Attributes:
        store_name: Of the store it belongs to, as receipts name it.
        till_number: Its number on receipts.
        records_back: Of a successor: how many records of the till it stands in for come back; 0 for a new till.
        not_sent: Of a successor: how many more the machine before it said last that it had not sent.
    """

    store_name: str
    till_number: int
    records_back: int = 0
    not_sent: int = 0


class ComingBack(msgspec.Struct, frozen=True):
    """How far the books of the till before a successor have come back.

    Attributes:
        done: Records that are here.
        whole: Records in all.
        seconds_left: Guessed; None where it cannot be yet.
    """

    done: int
    whole: int
    seconds_left: int | None = None


class Enrolling(Protocol):
    """Makes this till one of head office's."""

    def enrol(self, address: str, code: str) -> Joined:
        """Ask head office to be taken in; slow, on the sync lane.

        Raises:
            KnownError: ``sync.code``, ``sync.address``, ``sync.offline``, ``sync.not_vouched``, ``sync.number_taken``,
                ``sync.too_new``, ``sync.fork``.
        """


def written_code(typed: str) -> str:
    """A code as far as it is typed, in capitals and groups of four; look-alike letters are understood."""
    letters = _NOT_CODE.sub("", typed.upper()).translate(_LOOKALIKES)[:CODE_LETTERS]
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def is_whole_code(code: str) -> bool:
    """Whether a code has all its letters."""
    return len(_NOT_CODE.sub("", code.upper())) == CODE_LETTERS


def read_invitation(text: str) -> Invitation | None:
    """Address and code from what was scanned or pasted: ``https://host:port#CODE``, or both with a space between.

    None where it is not both: then it is what was typed into one box.
    """
    parts = [part for part in _APART.split(text.strip()) if part]
    if len(parts) < 2 or not _HOST.fullmatch(parts[0]):
        return None
    code = "".join(parts[1:])
    if len(_NOT_CODE.sub("", code.upper())) != CODE_LETTERS:
        return None
    return Invitation(parts[0], written_code(code))
