"""Ed25519 keys that follow from the seed."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Key:
    """A private key with what others need of it."""

    def __init__(self, secret: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(secret)
        self._public = self._private.public_key()
        self.public: bytes = self._public.public_bytes_raw()
        #: Stands for the signature of a request, which the simulation does not make anew each time.
        self.proof: bytes = hashlib.sha256(b"proof" + secret).digest()

    def sign(self, data: bytes) -> bytes:
        """A signature of 64 bytes."""
        return self._private.sign(data)

    def signed(self, data: bytes, signature: bytes) -> bool:
        """Whether this key made a signature."""
        try:
            self._public.verify(signature, data)
        except InvalidSignature:
            return False
        return True
