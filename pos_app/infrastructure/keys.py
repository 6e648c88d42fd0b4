"""The till's keys: one random secret, kept by the operating system, and everything that is derived from it."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from uuid import UUID

import msgspec

from pos_app.domain import codec
from pos_app.domain.ids import MemberId
from pos_app.domain.member import Member
from pos_app.errors import KnownError
from pos_app.infrastructure.atomic_files import write_atomically

if TYPE_CHECKING:
    from argon2 import PasswordHasher
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SECRET_BYTES: Final = 32
SECRET_FILE: Final = "secret.key"  # noqa: S105 - a file name
#: Names the till's secret in the keyring, so that several data folders on one machine have their own.
NAME_FILE: Final = "secret.name"
_SERVICE: Final = "guitai-pos"


def derive(secret: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose, by HKDF-SHA-256 (RFC 5869; one block of output, so expand is a single HMAC)."""
    extracted = hmac.new(b"guitai/hkdf-salt/1", secret, hashlib.sha256).digest()
    return hmac.new(extracted, b"guitai/" + purpose.encode() + b"\x01", hashlib.sha256).digest()


class Keys:
    """What is derived from a till's secret. Never printed, never logged.

    Attributes:
        ledger: Key of ``ledger.db``.
        replica: Key of ``replica.db``.
    """

    def __init__(self, secret: bytes) -> None:
        if len(secret) != SECRET_BYTES:
            raise KnownError("keys.damaged")
        self.ledger: Final = derive(secret, "ledger/1")
        self.replica: Final = derive(secret, "replica/1")
        self._secret: Final = secret

    def __repr__(self) -> str:
        return "Keys(...)"

    def signer(self) -> DeviceKey:
        """The till's own signing key."""
        return DeviceKey(derive(self._secret, "device-key/1"))

    def pin_hasher(self, pin_key: bytes = b"") -> Argon2PinHasher:
        """Hashes PINs.

        Args:
            pin_key: Pepper of the staff that head office publishes; empty for the till's own. PINs of people who were
                here before the till joined still fit.
        """
        own = derive(self._secret, "pin-pepper/1")
        return Argon2PinHasher(pin_key, own) if pin_key else Argon2PinHasher(own)

    def personal_data(self, card_key: bytes = b"") -> KeyedPersonalData:
        """Makes commitments to personal data.

        Args:
            card_key: With which all tills of a head office find a gift card's account; empty for the till's own.
        """
        return KeyedPersonalData(derive(self._secret, "personal-data/1"), card_key)


class DeviceKey:
    """The till's Ed25519 key (fulfils ``Signer``)."""

    def __init__(self, seed: bytes) -> None:
        self._seed: Final = seed
        self._key: Ed25519PrivateKey | None = None

    def __repr__(self) -> str:
        return "DeviceKey(...)"

    def _private(self) -> Ed25519PrivateKey:
        if self._key is None:
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

            self._key = Ed25519PrivateKey.from_private_bytes(self._seed)
        return self._key

    def sign(self, data: bytes) -> bytes:
        """An Ed25519 signature of 64 bytes."""
        return self._private().sign(data)

    @property
    def public_key(self) -> bytes:
        """32 bytes, as the first record of the journal states them."""
        return self._private().public_key().public_bytes_raw()


class Argon2PinHasher:
    """Hashes PINs with argon2id (fulfils ``PinHasher``).

    A PIN has few values, so the pepper, which is in no database, is what protects it; argon2 makes each try at the
    till itself cost about 50 ms. One thread and 19 MiB: the smallest of OWASP's equivalent settings that a till's
    memory hardly notices.
    """

    _TIME_COST: Final = 3
    _MEMORY_KIB: Final = 19 * 1024

    def __init__(self, pepper: bytes, *earlier: bytes) -> None:
        self._pepper = pepper
        self._earlier = earlier
        self._hasher: PasswordHasher | None = None

    def _argon2(self) -> PasswordHasher:
        if self._hasher is None:
            from argon2 import PasswordHasher

            self._hasher = PasswordHasher(time_cost=self._TIME_COST, memory_cost=self._MEMORY_KIB, parallelism=1)
        return self._hasher

    def hash(self, pin: str) -> str:
        """An argon2id hash."""
        return self._argon2().hash(_peppered(self._pepper, pin))

    def verify(self, pin: str, pin_hash: str) -> bool:
        """Whether a PIN fits a hash; nothing fits an empty or unreadable one."""
        return any(self._fits(pepper, pin, pin_hash) for pepper in (self._pepper, *self._earlier))

    def _fits(self, pepper: bytes, pin: str, pin_hash: str) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return self._argon2().verify(pin_hash, _peppered(pepper, pin))
        except (VerificationError, InvalidHashError):
            return False


def _peppered(pepper: bytes, pin: str) -> bytes:
    return hmac.new(pepper, pin.encode(), hashlib.sha256).digest()


class KeyedPersonalData:
    """Commitments to personal data under the till's own key (fulfils ``PersonalData``)."""

    def __init__(self, key: bytes, card_key: bytes = b"") -> None:
        self._key: Final = key
        self._card_key = card_key or key

    def __repr__(self) -> str:
        return "KeyedPersonalData(...)"

    def commitment(self, member: Member) -> bytes:
        """HMAC-SHA-256 of the member's data: without the key, a phone number cannot be found by trying all."""
        return hmac.new(self._key, b"member\x00" + codec.encode(member), hashlib.sha256).digest()

    def member_id(self, natural_key: str) -> MemberId:
        """A member id for an imported row: the same for the same row, random to everyone without the key.

        A UUID of version 8 (RFC 9562: bits by a rule of our own).
        """
        return _derived(self._key, b"import", natural_key)

    def card_accounts(self, number: str) -> tuple[MemberId, ...]:
        """The account of a gift card: its number is as good as money, so the books hold a keyed hash of it.

        By the shop's key, then by the till's own: with that it sold cards before it joined.
        """
        keys = dict.fromkeys((self._card_key, self._key))
        return tuple(_derived(key, b"gift_card", number) for key in keys)


def _derived(key: bytes, purpose: bytes, text: str) -> MemberId:
    digest = hmac.new(key, purpose + b"\x00" + text.encode(), hashlib.sha256).digest()
    value = int.from_bytes(digest[:16], "big")
    value = value & ~(0xF << 76) | 8 << 76
    return MemberId(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))


class SecretVault(Protocol):
    """Where the operating system keeps secrets."""

    def get(self, name: str) -> str | None:
        """The secret of that name.

        Raises:
            KnownError: ``keys.no_keyring`` when there is no keyring or it is locked.
        """

    def set(self, name: str, secret: str) -> None:
        """Keep a secret; raises as ``get`` does."""

    def drop(self, name: str) -> None:
        """Forget a secret, if it is there; raises as ``get`` does."""


class OsKeyring:
    """The keyring of the operating system."""

    def get(self, name: str) -> str | None:
        """The secret of that name."""
        keyring = self._usable()
        try:
            secret: str | None = keyring.get_password(_SERVICE, name)
        except Exception as error:  # every backend has errors of its own, down to D-Bus time-outs
            raise KnownError("keys.no_keyring") from error
        return secret

    def set(self, name: str, secret: str) -> None:
        """Keep a secret."""
        keyring = self._usable()
        try:
            keyring.set_password(_SERVICE, name, secret)
        except Exception as error:
            raise KnownError("keys.no_keyring") from error

    def drop(self, name: str) -> None:
        """Forget a secret."""
        if self.get(name) is None:
            return
        try:
            self._usable().delete_password(_SERVICE, name)
        except Exception as error:
            raise KnownError("keys.no_keyring") from error

    def _usable(self) -> KeyringModule:
        try:
            import keyring
            from keyring.backends import fail, null

            backend = keyring.get_keyring()
        except Exception as error:
            raise KnownError("keys.no_keyring") from error
        if isinstance(backend, (fail.Keyring, null.Keyring)):
            raise KnownError("keys.no_keyring")
        return keyring


class KeyringModule(Protocol):
    """The part of the ``keyring`` module that is used."""

    def get_password(self, service_name: str, username: str) -> str | None:
        """Read."""

    def set_password(self, service_name: str, username: str, password: str) -> None:
        """Write."""

    def delete_password(self, service_name: str, username: str) -> None:
        """Remove."""


class LoadedKeys(msgspec.Struct, frozen=True):
    """The till's keys and where they are kept.

    Attributes:
        keys: The keys.
        in_file: Kept in a file beside the data instead of the keyring: the status bar says so.
        was_made: Made just now.
    """

    keys: Keys
    in_file: bool
    was_made: bool = False


def load_keys(folder: Path, *, may_make: bool, vault: SecretVault | None = None) -> LoadedKeys:
    """Read the till's secret, or make one for a new till.

    Args:
        folder: The data folder.
        may_make: Whether a secret may be made: only while there is no ledger that another one would lock out.
        vault: Where secrets are kept; the operating system's keyring where none is given.

    Raises:
        KnownError: ``keys.missing`` (there is a ledger and no secret for it), ``keys.damaged``,
            ``keys.no_keyring`` (the secret is in a keyring that does not answer), ``keys.not_saved``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / SECRET_FILE
    if path.exists():
        return LoadedKeys(_from_text(path.read_text(encoding="ascii", errors="replace")), in_file=True)
    vault = vault or OsKeyring()
    name_path = folder / NAME_FILE
    if name_path.exists():
        kept = vault.get(name_path.read_text(encoding="ascii", errors="replace").strip())
        if kept is not None:
            return LoadedKeys(_from_text(kept), in_file=False)
    if not may_make:
        raise KnownError("keys.missing")
    secret = secrets.token_bytes(SECRET_BYTES)
    try:
        with contextlib.suppress(KnownError):
            name = secrets.token_hex(8)
            vault.set(name, secret.hex())
            if vault.get(name) == secret.hex():
                write_atomically(name_path, name.encode(), private=True)
                return LoadedKeys(Keys(secret), in_file=False, was_made=True)
        write_atomically(path, secret.hex().encode(), private=True)
    except OSError as error:
        raise KnownError("keys.not_saved") from error
    return LoadedKeys(Keys(secret), in_file=True, was_made=True)


def forget_secret(folder: Path, *, vault: SecretVault | None = None) -> None:
    """Drop a till's secret: whatever is left of its data cannot be read again.

    Args:
        folder: The data folder.
        vault: As ``load_keys`` takes it.
    """
    name_path = folder / NAME_FILE
    if name_path.exists():
        with contextlib.suppress(KnownError):  # a keyring that does not answer: the name of the secret goes
            (vault or OsKeyring()).drop(name_path.read_text(encoding="ascii", errors="replace").strip())
        name_path.unlink(missing_ok=True)
    (folder / SECRET_FILE).unlink(missing_ok=True)


def _from_text(text: str) -> Keys:
    try:
        return Keys(bytes.fromhex(text.strip()))
    except ValueError:
        raise KnownError("keys.damaged") from None
