"""Read templates, the shop's own laid over the ones the till carries, and refuse wrong ones saying where."""

from __future__ import annotations

import functools
import re
import string
import tomllib
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from hardware.printers.charset import clean
from hardware.printers.profile import Charset
from pos_app.errors import KnownError
from pos_app.infrastructure.receipts.report_templates import ReportsTemplate
from pos_app.infrastructure.receipts.templates import (
    CommonTemplate,
    ExplanationTemplate,
    RefundTemplate,
    SaleTemplate,
    Templates,
)
from pos_app.resources import resources_dir

T = TypeVar("T", bound=msgspec.Struct)

_LOCALE: Final = re.compile(r"[a-z]{2}(_[A-Z]{2})?")
_AT: Final = re.compile(r" - at `\$\.?(.*)`$")
_TOML_AT: Final = re.compile(r" \(at (.*)\)$")
_LARGEST: Final = 100_000


@functools.lru_cache(maxsize=8)
def builtin_templates(locale: str) -> Templates:
    """The templates the till carries.

    Raises:
        KnownError: ``receipt.template_wrong`` when there are none for the locale.
    """
    return load_templates(locale)


def load_templates(locale: str, own: Path | None = None) -> Templates:
    """Read the templates of a locale.

    Args:
        locale: ``zh_CN`` or ``en``.
        own: The shop's own folder, laid out as ``resources/receipts``. A file there needs to say only what differs;
            lists such as ``blocks`` replace the original as a whole.

    Raises:
        KnownError: ``receipt.template_wrong`` with ``file``, ``place`` and ``reason``.
    """
    if not _LOCALE.fullmatch(locale):
        raise _wrong(locale, "", "no such language")
    folders = [resources_dir() / "receipts" / locale]
    if own is not None:
        folders.append(own / locale)
    return Templates(
        locale=locale,
        common=_read("common.toml", folders, CommonTemplate),
        sale=_read("sale.toml", folders, SaleTemplate),
        refund=_read("refund.toml", folders, RefundTemplate),
        reports=_read("reports.toml", folders, ReportsTemplate),
        explanation=_read("explanation.toml", folders, ExplanationTemplate),
    )


def _read(name: str, folders: list[Path], expected: type[T]) -> T:
    data: dict[str, Any] = {}
    file = f"{folders[0].name}/{name}"
    for index, folder in enumerate(folders):
        path = folder / name
        if index and not path.exists():
            continue
        data = _overlay(data, _toml(path, file))
    try:
        template = msgspec.convert(data, type=expected)
    except msgspec.ValidationError as error:
        message = str(error)
        at = _AT.search(message)
        raise _wrong(file, at[1] if at else "", _AT.sub("", message)) from error
    for place, reason in _wrong_placeholders(template, ""):
        raise _wrong(file, place, reason)
    return template


def _toml(path: Path, file: str) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            # Cleaned as the printer will have it, so that words are measured as they print.
            return tomllib.loads(clean(stream.read(_LARGEST).decode("utf-8-sig"), Charset.UTF8))
    except UnicodeDecodeError as error:
        raise _wrong(file, f"byte {error.start}", "not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        at = _TOML_AT.search(str(error))
        raise _wrong(file, at[1] if at else "", _TOML_AT.sub("", str(error))) from error
    except OSError as error:
        raise _wrong(file, "", error.strerror or "unreadable") from error


def _overlay(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Tables merge, everything else is replaced."""
    result = dict(base)
    for key, value in own.items():
        was = result.get(key)
        result[key] = _overlay(was, value) if isinstance(was, dict) and isinstance(value, dict) else value
    return result


def _wrong_placeholders(template: msgspec.Struct, prefix: str) -> Iterator[tuple[str, str]]:
    for field, hint in typing.get_type_hints(type(template), include_extras=True).items():
        value = getattr(template, field)
        place = f"{prefix}{field}"
        if isinstance(value, msgspec.Struct):
            yield from _wrong_placeholders(value, f"{place}.")
        elif isinstance(value, str) and hint is not Any:
            allowed = _allowed(hint)
            if allowed:
                yield from ((place, reason) for reason in _problems(value, allowed))


def _allowed(hint: Any) -> tuple[str, ...]:
    for meta in getattr(hint, "__metadata__", ()):
        if isinstance(meta, msgspec.Meta) and meta.extra and "holds" in meta.extra:
            names: tuple[str, ...] = meta.extra["holds"]
            return names
    return ()


def _problems(word: str, allowed: tuple[str, ...]) -> Iterator[str]:
    try:
        parts = list(string.Formatter().parse(word))
    except ValueError as error:
        yield str(error)
        return
    for _, name, form, conversion in parts:
        if name is not None and (name not in allowed or form or conversion):
            wanted = ", ".join(f"{{{each}}}" for each in allowed)
            yield f"unknown placeholder {{{name}}}; there are {wanted}"


def _wrong(file: str, place: str, reason: str) -> KnownError:
    return KnownError("receipt.template_wrong", file=file, place=place, reason=reason)
