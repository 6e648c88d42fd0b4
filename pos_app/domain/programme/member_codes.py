"""Rules for codes by which members show who they are from a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pos_app.domain.programme.rules import Rule
from pos_app.domain.unit_codes import PUBLIC_KEY_BYTES, from_base64

#: A code that lasts longer is a card that anyone can photograph.
_MOST_MINUTES: Final = 60


class MemberCodes(Rule, frozen=True):
    """Which members' codes are taken.

    Attributes:
        keys: Ed25519 public keys of whoever makes the codes, base64url without padding (43 characters); none where
            members have no such codes.
        lasts_minutes: For so many minutes after it was made a code is taken, 1 to 60.
    """

    keys: tuple[str, ...] = ()
    lasts_minutes: int = 5

    def public_keys(self) -> Iterator[bytes]:
        """The keys as bytes; what is none is left out."""
        for key in self.keys:
            public = from_base64(key)
            if public is not None and len(public) == PUBLIC_KEY_BYTES:
                yield public


def check_member_codes(rules: MemberCodes) -> Iterator[str]:
    """Yield what is wrong with the rules, each with its place."""
    for number, key in enumerate(rules.keys):
        public = from_base64(key)
        if public is None or len(public) != PUBLIC_KEY_BYTES:
            yield f"member_codes.keys[{number}]: an Ed25519 public key in base64url, 43 characters"
        elif key in rules.keys[:number]:
            yield f"member_codes.keys[{number}]: named twice"
    if not 1 <= rules.lasts_minutes <= _MOST_MINUTES:
        yield f"member_codes.lasts_minutes: 1 to {_MOST_MINUTES}"
