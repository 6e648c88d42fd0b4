"""The one way domain values become bytes and come back: canonical JSON.

Money, points and quantities are whole numbers on disk and on the wire (minor units, points, thousandths); the
shop's single currency is stated once, in the record that commissioned the till. The encoder is deterministic, so
the same value always has the same bytes and therefore the same hash.
"""

from __future__ import annotations

from typing import Any, Final, TypeVar

import msgspec

from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.quantity import Quantity

T = TypeVar("T")


def encode_hook(value: Any) -> Any:
    """Turn an exact type into its whole number."""
    if isinstance(value, Money):
        return value.minor
    if isinstance(value, Points):
        return value.count
    if isinstance(value, Quantity):
        return value.milli
    raise NotImplementedError(f"no encoding for {type(value).__name__}")


def decode_hook(expected: type, value: Any) -> Any:
    """Turn a whole number back into its exact type; the types themselves refuse what is not whole."""
    if expected is Money:
        return Money(value)
    if expected is Points:
        return Points(value)
    if expected is Quantity:
        return Quantity(value)
    raise NotImplementedError(f"no decoding for {expected.__name__}")


_ENCODER: Final = msgspec.json.Encoder(enc_hook=encode_hook, order="deterministic")


def encode(value: Any) -> bytes:
    """Canonical JSON of a domain value."""
    return _ENCODER.encode(value)


def decode(data: bytes, expected: type[T]) -> T:
    """Read canonical JSON back into its type.

    Raises:
        msgspec.ValidationError: If the bytes are JSON of another shape.
        msgspec.DecodeError: If the bytes are not JSON.
    """
    return msgspec.json.decode(data, type=expected, dec_hook=decode_hook)


def convert(value: Any, expected: type[T]) -> T:
    """Read plain Python data (from TOML, say) into its type."""
    return msgspec.convert(value, type=expected, dec_hook=decode_hook, str_keys=True)
