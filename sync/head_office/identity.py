"""Who head office is: the secret that signs, and the authority that its tills trust.

They are kept in files, never in the database, so that a copy of the database gives nobody the keys. There is one
secret of 32 bytes, and everything else that must stay the same follows from it. The certificate authority has a key of
its own; tills pin it at enrolment. The server's certificate is made by it and made anew in time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from pos_app.errors import KnownError

SECRET_BYTES: Final = 32
_CA_LIFE: Final = dt.timedelta(days=30 * 365)
_SERVER_LIFE: Final = dt.timedelta(days=397)
#: A server's certificate is made anew when less than this is left of it.
_RENEW_BEFORE: Final = dt.timedelta(days=60)
#: Clocks differ: certificates begin a little in the past.
_EARLIER: Final = dt.timedelta(days=1)


class Identity:
    """Head office's own keys. Never printed, never logged.

    Attributes:
        public_key: By which tills check what head office signed.
        card_key: From which all tills make the same accounts of gift cards.
        pin_key: With which PINs are peppered, so that the staff that head office publishes can log in at every till.
    """

    def __init__(self, secret: bytes) -> None:
        if len(secret) != SECRET_BYTES:
            raise KnownError("office.keys_damaged")
        self._key: Final = Ed25519PrivateKey.from_private_bytes(_derive(secret, "signing/1"))
        self.public_key: Final = self._key.public_key().public_bytes_raw()
        self.card_key: Final = _derive(secret, "gift-cards/1")
        self.pin_key: Final = _derive(secret, "pin-pepper/1")

    def __repr__(self) -> str:
        return "Identity(...)"

    def sign(self, data: bytes) -> bytes:
        """An Ed25519 signature of 64 bytes."""
        return self._key.sign(data)


def is_signed(public_key: bytes, signature: bytes, data: bytes) -> bool:
    """Whether an Ed25519 signature is right."""
    from cryptography.exceptions import InvalidSignature

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


class Trust:
    """The files of a data folder's keys.

    Attributes:
        ca: The authority's certificate, which tills pin.
        certificate: The server's.
        key: The server's private key.
    """

    def __init__(self, folder: Path) -> None:
        self._folder: Final = folder
        self._secret: Final = folder / "secret.key"
        self._ca_key: Final = folder / "ca.key"
        self.ca: Final = folder / "ca.pem"
        self.certificate: Final = folder / "server.pem"
        self.key: Final = folder / "server.key"

    def identity(self, *, may_make: bool = True) -> Identity:
        """Head office's keys; made the first time.

        Raises:
            KnownError: ``office.keys_missing`` when they are not here and may not be made; ``office.keys_damaged``.
        """
        if not self._secret.is_file():
            if not may_make:
                raise KnownError("office.keys_missing", place=str(self._folder))
            _write_private(self._secret, secrets.token_bytes(SECRET_BYTES))
        return Identity(self._secret.read_bytes())

    def ca_pem(self) -> str:
        """The authority's certificate, made the first time."""
        if not (self.ca.is_file() and self._ca_key.is_file()):
            self._make_ca()
        return self.ca.read_text(encoding="ascii")

    def renew(self, names: Iterable[str], now: dt.datetime) -> bool:
        """Make the server's certificate anew where it is missing, ends soon, or is not for all these names.

        Args:
            names: Host names and addresses by which tills reach head office.
            now: The time, with its zone.

        Returns:
            Whether a new one was made.
        """
        wanted = sorted({*names, "localhost", "127.0.0.1", "::1"})
        ca = x509.load_pem_x509_certificate(self.ca_pem().encode())
        if self._is_good(ca, wanted, now):
            return False
        signer = serialization.load_pem_private_key(self._ca_key.read_bytes(), None)
        assert isinstance(signer, ec.EllipticCurvePrivateKey)
        key = ec.generate_private_key(ec.SECP256R1())
        made = (
            _builder("Guitai head office", ca.subject, key.public_key(), now, _SERVER_LIFE)
            .add_extension(x509.SubjectAlternativeName([_general_name(each) for each in wanted]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(_key_usage(is_ca=False), critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
            .sign(signer, hashes.SHA256())
        )
        _write_private(self.key, _pem(key))
        _write_private(self.certificate, made.public_bytes(serialization.Encoding.PEM))
        return True

    def _is_good(self, ca: x509.Certificate, wanted: list[str], now: dt.datetime) -> bool:
        if not (self.certificate.is_file() and self.key.is_file()):
            return False
        there = x509.load_pem_x509_certificate(self.certificate.read_bytes())
        key = serialization.load_pem_private_key(self.key.read_bytes(), None)
        san = there.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return (
            there.issuer == ca.subject
            and key.public_key() == there.public_key()
            and now + _RENEW_BEFORE < there.not_valid_after_utc
            and {_general_name(each) for each in wanted} <= set(san)
        )

    def _make_ca(self) -> None:
        now = dt.datetime.now(dt.UTC)
        key = ec.generate_private_key(ec.SECP256R1())
        # A number of its own: a till that knew two head offices of one name could not tell their authorities apart.
        name = f"Guitai head office {secrets.token_hex(4)}"
        made = (
            _builder(name, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), key.public_key(), now, _CA_LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_key_usage(is_ca=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        _write_private(self._ca_key, _pem(key))
        _write_private(self.ca, made.public_bytes(serialization.Encoding.PEM))


def _builder(
    subject: str, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: dt.datetime, life: dt.timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + life)
    )


def _key_usage(*, is_ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_ca,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_ca,
        crl_sign=is_ca,
        encipher_only=False,
        decipher_only=False,
    )


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        pass  # then it is a name
    try:
        return x509.DNSName(name.encode("idna").decode("ascii"))
    except ValueError as error:
        raise KnownError("office.name_wrong", name=name) from error


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write_private(path: Path, data: bytes) -> None:
    """Whole or not at all, and readable by nobody else."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _derive(secret: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose, by HKDF-SHA-256 (one block of output, so expand is a single HMAC)."""
    extracted = hmac.new(b"guitai/head-office-salt/1", secret, hashlib.sha256).digest()
    return hmac.new(extracted, b"guitai/" + purpose.encode() + b"\x01", hashlib.sha256).digest()
