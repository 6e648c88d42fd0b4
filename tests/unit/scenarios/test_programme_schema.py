"""The published schema: every programme that ships fits it, and it refuses what the reader refuses."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from pos_testkit.builders import DEMO_PROGRAMME, ROOT

from pos_app.domain.programme.schema import programme_schema

PROGRAMMES = [DEMO_PROGRAMME, *sorted((ROOT / "resources" / "scenarios").rglob("programme*.toml"))]
SCHEMA = programme_schema()
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}


def problems(value: Any, schema: dict[str, Any], place: str = "$") -> Iterator[str]:
    """The part of JSON Schema that the published schema uses."""
    if "$ref" in schema:
        yield from problems(value, SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[-1]], place)
    if "const" in schema and value != schema["const"]:
        yield f"{place}: not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: none of {schema['enum']}"
    if "anyOf" in schema and all(any(problems(value, each, place)) for each in schema["anyOf"]):
        yield f"{place}: fits none of the kinds"
    kind = schema.get("type")
    if kind is not None and (not isinstance(value, TYPES[kind]) or (kind == "integer" and isinstance(value, bool))):
        yield f"{place}: no {kind}"
        return
    if kind == "array" and "items" in schema:
        for index, item in enumerate(value):
            yield from problems(item, schema["items"], f"{place}[{index}]")
    if kind == "object":
        known = schema.get("properties", {})
        yield from (f"{place}.{name}: missing" for name in schema.get("required", ()) if name not in value)
        for name, item in value.items():
            if name in known:
                yield from problems(item, known[name], f"{place}.{name}")
            elif not schema.get("additionalProperties", True):
                yield f"{place}.{name}: unknown"


def plain(value: Any) -> Any:
    """TOML as JSON would have it."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value


def document() -> dict[str, Any]:
    return plain(tomllib.loads(DEMO_PROGRAMME.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", PROGRAMMES, ids=lambda file: file.parent.name)
def test_programmes_fit_the_schema(file) -> None:
    assert list(problems(plain(tomllib.loads(file.read_text(encoding="utf-8"))), SCHEMA)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["versoin"], 1),
        (["version"], "1"),
        (["stacking"], "worst"),
        (["tiers", 0, "rank"], True),
        (["tiers", 1, "reach", "spend"], "1000"),
        (["benefits", 1, "off_bp"], None),
        (["benefits", 1, "kind"], "gift"),
        (["name", "ez"], "x"),
        (["effective_from"], 2024),
    ],
)
def test_the_schema_refuses_what_is_misspelt(path, value) -> None:
    data = document()
    inner: Any = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert list(problems(data, SCHEMA))


def test_missing_and_untagged_rules_are_refused() -> None:
    data = document()
    del data["benefits"][0]["kind"]
    del data["version"]
    assert {"$.version: missing"} < set(problems(data, SCHEMA))


def test_every_reference_leads_somewhere_and_every_part_is_described() -> None:
    def references(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            yield from [node["$ref"]] if "$ref" in node else []
            for each in node.values():
                yield from references(each)
        elif isinstance(node, list):
            for each in node:
                yield from references(each)

    definitions = SCHEMA["$defs"]
    assert {each.rsplit("/", 1)[-1] for each in references(SCHEMA)} == set(definitions)
    assert all(definition["description"] for definition in definitions.values())


def test_amounts_say_their_unit_and_defaults_are_plain() -> None:
    burning = SCHEMA["$defs"]["PointsAsCash"]["properties"]
    assert burning["value"] == {"type": "integer", "description": "... pay for this amount. [fen · 分]"}
    assert burning["step"]["default"] == 1
    assert "积分" in burning["points"]["description"]
