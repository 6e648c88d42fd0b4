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
from pos_app.errors import KnownError

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
    if expected not in (Money, Points, Quantity):
        raise NotImplementedError(f"no decoding for {expected.__name__}")
    try:
        return expected(value)
    except (KnownError, OverflowError) as error:
        raise ValueError(str(error)) from error  # msgspec adds the place to it


_ENCODER: Final = msgspec.json.Encoder(enc_hook=encode_hook, order="deterministic")


def encode(value: Any) -> bytes:
    """Canonical JSON of a domain value."""
    return _ENCODER.encode(value)


def decode(data: bytes, expected: type[T]) -> T:
    """Read canonical JSON back into its type.

    Raises:
        msgspec.ValidationError: If the bytes are JSON of another shape, or hold values that the type refuses.
        msgspec.DecodeError: If the bytes are not JSON.
    """
    try:
        return msgspec.json.decode(data, type=expected, dec_hook=decode_hook)
    except KnownError as error:  # a struct's own check said no
        raise msgspec.ValidationError(str(error)) from error


def convert(value: Any, expected: type[T]) -> T:
    """Read plain Python data (from TOML, say) into its type.

    Raises:
        msgspec.ValidationError: As :func:`decode`.
    """
    try:
        return msgspec.convert(value, type=expected, dec_hook=decode_hook, str_keys=True)
    except KnownError as error:
        raise msgspec.ValidationError(str(error)) from error
