"""Read a scenario file (TOML) and refuse one that cannot be meant, saying where."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

import msgspec

from pos_app.application.scenarios.document import Scenario
from pos_app.application.scenarios.problems import problems_of
from pos_app.domain.money import Money
from pos_app.domain.quantity import Quantity
from pos_app.errors import KnownError

#: How msgspec says where: ``... - at `$.basket[1].price` ``.
_AT: Final = re.compile(r"(?P<text>.*) - at `\$\.(?P<place>.*)`", re.DOTALL)
_INDEX: Final = re.compile(r"\[([0-9]+)\]")


def load_scenario(text: str) -> Scenario:
    """Read a scenario from TOML.

    Raises:
        KnownError: ``scenario.unreadable`` (with the place) or ``scenario.wrong`` (with all problems found).
    """
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
        scenario = msgspec.convert(data, Scenario, dec_hook=_decode)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError, OverflowError) as error:
        raise KnownError("scenario.unreadable", reason=_place_first(str(error))) from error
    except RecursionError as error:
        raise KnownError("scenario.unreadable", reason="nested too deeply") from error
    problems = tuple(problems_of(scenario))
    if problems:
        raise KnownError("scenario.wrong", problems=problems)
    return scenario


def _place_first(message: str) -> str:
    """``basket[2].price: ...``: entries are counted from one, as people do and as all our own messages do."""
    match = _AT.fullmatch(message)
    if match is None:
        return message
    place = _INDEX.sub(lambda index: f"[{int(index[1]) + 1}]", match["place"])
    return f"{place}: {match['text']}"


def _decode(expected: type, value: Any) -> Any:
    """Amounts are texts in yuan, quantities whole numbers or texts; msgspec adds the place to what is refused."""
    try:
        if expected is Money:
            if not isinstance(value, str):
                raise ValueError('an amount is a text in yuan, such as "12.90"')
            return Money.parse(value)
        if expected is Quantity:
            if isinstance(value, int) and not isinstance(value, bool):
                return Quantity.pieces(value)
            if isinstance(value, str):
                return Quantity.parse(value)
            raise ValueError('a quantity is a whole number, or a text such as "0.285"')
    except KnownError as error:
        raise ValueError(f"{value!r}: {error.code}") from error
    raise NotImplementedError(f"no reading of {expected.__name__}")
