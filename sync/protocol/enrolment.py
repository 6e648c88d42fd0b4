"""One-time codes: what a manager types, and what either side proves with it without saying it.

A code is twelve characters of Crockford's base 32 (no I, L, O, U) in three groups, like ``K7QM-2XWD-94TP``. The first
group names the code, the other two are the secret: 40 bits, good for ten minutes, one use and five tries. The secret
never travels. Stretched by argon2id it keys two proofs: head office's, that the authority it offers is its own (so a
till that knows nothing else yet cannot be led to another server), and the till's, that its key belongs to who was
given the code.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP: Final = 4
GROUPS: Final = 3
LIFETIME_MS: Final = 10 * 60 * 1000
MAX_TRIES: Final = 5
SALT_BYTES: Final = 16
_LOOKALIKES: Final = str.maketrans("ILOU", "110V")


def make_code(random_bytes: bytes) -> str:
    """A code from at least twelve random bytes, five bits of each."""
    letters = [ALPHABET[each & 31] for each in random_bytes[: GROUP * GROUPS]]
    if len(letters) < GROUP * GROUPS:
        raise ValueError("a code takes twelve random bytes")
    return "-".join("".join(letters[at : at + GROUP]) for at in range(0, len(letters), GROUP))


def parse_code(typed: str) -> tuple[str, str] | None:
    """Id and secret of a code as typed: small letters, spaces and look-alikes are understood; None for no code."""
    letters = "".join(each for each in typed.upper() if each.isalnum()).translate(_LOOKALIKES)
    if len(letters) != GROUP * GROUPS or any(each not in ALPHABET for each in letters):
        return None
    return letters[:GROUP], letters[GROUP:]


def stretch(secret: str, salt: bytes) -> bytes:
    """32 bytes that prove knowledge of a code's secret; a third of a second of work for each guess."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        secret.encode(), salt, time_cost=4, memory_cost=64 * 1024, parallelism=1, hash_len=32, type=Type.ID
    )


def offer_proof(key: bytes, ca_pem: str) -> bytes:
    """Head office's proof that an authority is its own."""
    return hmac.new(key, b"guitai/enrolment-offer/1\x00" + ca_pem.encode(), hashlib.sha256).digest()


def request_proof(key: bytes, public_key: bytes, till: str) -> bytes:
    """The till's proof that a key belongs to who was given the code."""
    return hmac.new(key, b"guitai/enrolment-request/1\x00" + public_key + till.encode(), hashlib.sha256).digest()


def is_proof(expected: bytes, given: bytes) -> bool:
    """Compare proofs without telling how far they agree."""
    return hmac.compare_digest(expected, given)
