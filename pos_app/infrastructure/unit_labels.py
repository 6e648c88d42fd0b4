"""Keys that sign, kept in files: a brand's own labels with serial numbers drawn by lot, and members' codes."""

from __future__ import annotations

import contextlib
import os
import secrets
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pos_app.domain.ids import MemberId
from pos_app.domain.member_codes import member_code, member_message, to_sign
from pos_app.domain.unit_codes import from_base64, is_key_id, to_base64, unit_code
from pos_app.errors import KnownError
from pos_app.infrastructure.keys import DeviceKey
from pos_app.infrastructure.signatures import sign_link

#: Letters and digits that nobody mistakes for one another.
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
#: 31 to the power of 12: nobody guesses a serial number, and two never meet by chance.
_SERIAL_LENGTH: Final = 12
_SEED_BYTES: Final = 32
_NOTE: Final = "# A private key: who has this file can sign as you. 签名私钥：谁拿到它谁就能签码，请妥善保管。\n"


class LabelKey:
    """A key pair that signs labels or members' codes.

    Attributes:
        key_id: As links name it.
    """

    def __init__(self, key_id: str, seed: bytes) -> None:
        self.key_id: Final = key_id
        self._key: Final = DeviceKey(seed)

    def __repr__(self) -> str:
        return f"LabelKey({self.key_id!r}, ...)"

    def member_code(self, member_id: MemberId, wall_ms: int) -> str:
        """The code that a member shows from a phone, made at this time (milliseconds since the Unix epoch)."""
        message = member_message(member_id, wall_ms, self._key.public_key)
        return member_code(message, self._key.sign(to_sign(message)))

    @property
    def public_key(self) -> str:
        """As a programme names it."""
        return to_base64(self._key.public_key)

    def links(self, site: str, item: str, count: int) -> Iterator[tuple[str, str]]:
        """Draw serial numbers; yield each with its signed link.

        Raises:
            KnownError: ``unit.item_wrong``, ``unit.site_wrong``.
        """
        drawn: set[str] = set()
        while len(drawn) < count:
            serial = "".join(secrets.choice(_ALPHABET) for _ in range(_SERIAL_LENGTH))
            if serial in drawn:
                continue
            drawn.add(serial)
            unit = unit_code(item, serial)
            if unit is None:
                raise KnownError("unit.item_wrong", item=item)
            link = sign_link(self._key, site, unit, self.key_id)
            if link is None:
                raise KnownError("unit.site_wrong", site=site)
            yield serial, link


def make_key(path: Path, key_id: str) -> LabelKey:
    """Make a key pair; the private part goes into a new file that only its owner may read.

    Raises:
        KnownError: ``unit.key_id_wrong``; ``unit.key_there`` when the file is there already (nothing is replaced);
            ``file.not_written``.
    """
    if not is_key_id(key_id):
        raise KnownError("unit.key_id_wrong", key=key_id)
    seed = secrets.token_bytes(_SEED_BYTES)
    text = f'{_NOTE}key_id = "{key_id}"\nprivate_key = "{to_base64(seed)}"\n'
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KnownError("unit.key_there", place=str(path)) from error
    except OSError as error:
        raise KnownError("file.not_written", reason=str(error)) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink()  # half a key is none
        raise KnownError("file.not_written", reason=str(error)) from error
    return LabelKey(key_id, seed)


def read_key(path: Path) -> LabelKey:
    """Read a key's file.

    Raises:
        KnownError: ``unit.key_unreadable``.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        # Not the error's own words: they may quote what stands in the file.
        raise KnownError("unit.key_unreadable", place=str(path)) from error
    key_id, private = data.get("key_id"), data.get("private_key")
    seed = from_base64(private) if isinstance(private, str) else None
    if not isinstance(key_id, str) or not is_key_id(key_id) or seed is None or len(seed) != _SEED_BYTES:
        raise KnownError("unit.key_unreadable", place=str(path))
    return LabelKey(key_id, seed)
