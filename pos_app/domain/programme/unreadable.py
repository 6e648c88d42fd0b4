"""Why a programme file cannot be read, with the place as its owner would name it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from pos_app.domain.programme.document import Programme

_AT: Final = re.compile(r" - at `\$(.*)`$")
_STEP: Final = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `([^`]+)`")


def said_of(message: str, data: Any) -> str:
    """The message of the reader with its place in front: rules by their ids, a misspelt key with what is like it.

    Args:
        message: As the reader words it, its place at the end: ``... - at `$.tiers[1]```.
        data: What was read.
    """
    at = _AT.search(message)
    reason = _AT.sub("", message)
    unknown = _UNKNOWN.search(reason)
    if unknown:
        reason = f"unknown key {unknown[1]!r}"
        alike = difflib.get_close_matches(unknown[1], sorted(_known_keys()), n=1)
        if alike:
            reason += f"; is {alike[0]!r} meant?"
    place = ".".join(_place(at[1], data)) if at else ""
    return f"{place}: {reason}" if place else reason


def _place(path: str, data: Any) -> Iterator[str]:
    """The steps to a place: keys as they are, members of lists by their id, or counted from one."""
    for key, index in _STEP.findall(path):
        if key:
            yield key
            data = data.get(key) if isinstance(data, dict) else None
            continue
        number = int(index)
        data = data[number] if isinstance(data, list) and number < len(data) else None
        ids = [each for name, each in data.items() if name.endswith("_id")] if isinstance(data, dict) else []
        yield str(ids[0]) if ids else f"no. {number + 1}"


def _known_keys() -> set[str]:
    """Every key that a programme may have, wherever it stands."""
    return {field for kind in _structs(msgspec.inspect.type_info(Programme), set()) for field in kind}


def _structs(node: Any, seen: set[int]) -> Iterator[tuple[str, ...]]:
    if isinstance(node, msgspec.inspect.StructType):
        if id(node.cls) in seen:
            return
        seen.add(id(node.cls))
        yield tuple(field.encode_name for field in node.fields)
        for field in node.fields:
            yield from _structs(field.type, seen)
    elif isinstance(node, msgspec.inspect.UnionType):
        for each in node.types:
            yield from _structs(each, seen)
    elif isinstance(node, msgspec.inspect.VarTupleType):
        yield from _structs(node.item_type, seen)
