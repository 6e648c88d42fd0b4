"""Ed25519 signatures of others: whether one is right, and keys of one's own to make some."""

from __future__ import annotations

from pos_app.domain.unit_codes import SignedLink, UnitCode, link_message, link_to_sign, signed_link
from pos_app.infrastructure.keys import DeviceKey


def is_signature(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature of a message was made with the private part of a key; False for a key that is none."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


class DeviceSeal:
    """Signs with the till's own key (fulfils ``Seal``)."""

    def __init__(self, key: DeviceKey) -> None:
        self._key = key

    @property
    def public_key(self) -> bytes:
        """This till's key."""
        return self._key.public_key

    def sign(self, data: bytes) -> bytes:
        """A signature of 64 bytes."""
        return self._key.sign(data)

    def is_genuine(self, public_key: bytes, data: bytes, signature: bytes) -> bool:
        """Whether a signature of data was made with the private part of a key."""
        return is_signature(public_key, data, signature)


def is_signed_by(public_key: bytes, link: SignedLink) -> bool:
    """Whether a link was signed with the private part of a key."""
    return is_signature(public_key, link.message, link.signature)


def sign_link(key: DeviceKey, site: str, unit: UnitCode, key_id: str) -> str | None:
    """The signed link of an item; None where site, serial or key id cannot stand in such a link."""
    link = link_to_sign(site, unit, key_id)
    return None if link is None else signed_link(link, key.sign(link_message(link)))
