"""The JSON Schema of the programme document, made from the types themselves and their docstrings.

msgspec's own generator cannot write defaults that are money or points, so the types are walked here.
"""

from __future__ import annotations

import inspect
import json
import re
from typing import Any, Final

import msgspec
from msgspec import inspect as types

from pos_app.domain.codec import encode
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.programme.document import Programme
from pos_app.domain.quantity import Quantity
from pos_app.errors import BugError

_WHOLE_NUMBERS: Final = {
    Money: "fen · 分",
    Points: "points · 积分",
    Quantity: "thousandths of the unit · 千分之一单位",
}
_FIELD: Final = re.compile(r"(?P<name>\w+): (?P<text>.+)")


def programme_schema() -> dict[str, Any]:
    """The schema of a programme file: TOML's tables are objects, its dates and times ISO 8601 texts."""
    definitions: dict[str, Any] = {}
    reference = _schema_of(types.type_info(Programme), definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Guitai programme · 柜台会员方案",
        **reference,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema_of(node: types.Type, definitions: dict[str, Any]) -> dict[str, Any]:
    match node:
        case types.StructType(cls=cls):
            return _struct(node, cls, definitions)
        case types.EnumType(cls=cls):
            return {"enum": [each.value for each in cls]}
        case types.CustomType(cls=cls) if cls in _WHOLE_NUMBERS:
            return {"type": "integer", "description": _WHOLE_NUMBERS[cls]}
        case types.UnionType(types=several):
            parts = [_schema_of(each, definitions) for each in several]
            _require_tags([each for each in several if isinstance(each, types.StructType)], definitions)
            return {"anyOf": parts}
        case types.VarTupleType(item_type=item) | types.ListType(item_type=item):
            return {"type": "array", "items": _schema_of(item, definitions)}
        case types.TupleType(item_types=items):
            parts = [_schema_of(each, definitions) for each in items]
            return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}
        case types.DictType(value_type=value):
            return {"type": "object", "additionalProperties": _schema_of(value, definitions)}
        case types.LiteralType(values=values):
            return {"enum": list(values)}
        case _:
            return _plain(node)


def _require_tags(kinds: list[types.StructType], definitions: dict[str, Any]) -> None:
    """Among several kinds the tag decides; a struct that stands alone may leave it out."""
    for kind in kinds:
        required = definitions[kind.cls.__name__]["required"]
        if len(kinds) > 1 and kind.tag_field is not None and kind.tag_field not in required:
            required.append(kind.tag_field)


def _plain(node: types.Type) -> dict[str, Any]:
    match node:
        case types.NoneType():
            return {"type": "null"}
        case types.BoolType():
            return {"type": "boolean"}
        case types.IntType():
            return {"type": "integer"}
        case types.StrType():
            return {"type": "string"}
        case types.DateType():
            return {"type": "string", "format": "date"}
        case types.TimeType():
            return {"type": "string", "format": "time"}
        case types.DateTimeType():
            return {"type": "string", "format": "date-time"}
        case _:
            raise BugError(f"the programme's schema has no words for {node}")


def _struct(node: types.StructType, cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    reference = {"$ref": f"#/$defs/{cls.__name__}"}
    if cls.__name__ in definitions:
        return reference
    summary, _ = _read_docstring(inspect.getdoc(cls) or "")
    sentences: dict[str, str] = {}
    for kind in reversed(cls.__mro__):
        sentences |= _read_docstring(inspect.cleandoc(kind.__doc__ or ""))[1]
    properties: dict[str, Any] = {}
    required: list[str] = []
    definitions[cls.__name__] = {
        "type": "object",
        "description": summary,
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
    if node.tag_field is not None:
        properties[node.tag_field] = {"const": node.tag}
    for field in node.fields:
        properties[field.encode_name] = _field(field, sentences.get(field.name, ""), definitions)
        if field.required:
            required.append(field.encode_name)
    return reference


def _field(field: types.Field, sentence: str, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = _schema_of(field.type, definitions)
    unit = schema.pop("description", "")
    if sentence or unit:
        schema["description"] = f"{sentence} [{unit}]".strip() if unit else sentence
    if field.default is not msgspec.NODEFAULT:
        schema["default"] = json.loads(encode(field.default))
    return schema


def _read_docstring(text: str) -> tuple[str, dict[str, str]]:
    """What stands before *Attributes*, and each attribute with its sentence."""
    body, _, attributes = text.partition("Attributes:")
    fields: dict[str, str] = {}
    name = ""
    for line in attributes.splitlines():
        match = _FIELD.fullmatch(line.strip())
        if match is not None and len(line) - len(line.lstrip()) <= 4:
            name = match["name"]
            fields[name] = match["text"]
        elif name and line.strip():
            fields[name] += " " + line.strip()
    return " ".join(body.split()), fields
