"""The words for codes: errors of the core and facts worth telling, in the language in use.

Each sentence says what happened and what to do. A code nobody has written words for yet gets a general sentence that
names the code, so that it can be told on the telephone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from pos_app.domain.money import Money
from pos_app.ui import i18n
from pos_app.ui.words import (
    benefits,
    cash,
    coupons,
    devices,
    entry,
    goods,
    machine,
    parts,
    people,
    prepaid,
    rewards,
    shop,
    spending,
    sync,
)

if TYPE_CHECKING:
    from pos_app.ui.state import Notice

#: Functions, not strings: the catalogue is asked each time, and lupdate sees each literal in its place.
WORDS: Final[dict[str, Callable[[], str]]] = {
    **entry.WORDS,
    **people.WORDS,
    **cash.WORDS,
    **machine.WORDS,
    **benefits.WORDS,
    **goods.WORDS,
    **prepaid.WORDS,
    **shop.WORDS,
    **rewards.WORDS,
    **coupons.WORDS,
    **devices.WORDS,
    **sync.WORDS,
    **spending.WORDS,
}


class _Gaps(dict[str, object]):
    """Details that leaves a question mark where a value is missing: a sentence with a gap beats no sentence."""

    def __missing__(self, key: str) -> str:
        return "?"


def sentence(code: str, details: Mapping[str, object]) -> str:
    """The sentence for a code."""
    find = WORDS.get(code)
    if find is not None:
        return _filled(find(), details)
    if code.startswith("import."):
        # The import speaks on the command line too, so its words are beside it.
        from pos_app.application.importing.words import problem
        from pos_app.errors import KnownError

        return problem(KnownError(code, **dict(details)), i18n.current())
    general = QCoreApplication.translate("Messages", "This could not be done. Tell support the code {code}.")
    return general.format(code=code)


def concern(code: str, details: Mapping[str, object]) -> tuple[str, str]:
    """What happened and what a manager does about it, for a record that was set aside or a notice of head office."""
    what, todo = sync.CONCERNS.get(code, sync.OTHER)
    known = {"code": code, **details, **_amounts(details)}
    return _filled(what(), known), _filled(todo(), known)


def record(kind: str) -> str:
    """What a record is, by its kind in the journal."""
    return parts.word(sync.RECORDS, kind)


def words(notice: Notice) -> str:
    """The sentence for a notice."""
    return sentence(notice.code, notice.details)


def _amounts(details: Mapping[str, object]) -> dict[str, object]:
    """Head office's figures travel as plain numbers: in people's words here, by what they are of."""
    found: dict[str, object] = {}
    for key in ("amount", "limit"):
        text = str(details.get(key, ""))
        if text.isascii() and text.isdigit():
            words = sync.AMOUNTS.get(str(details.get("asset", "")))
            found[key] = Money(int(text)).display() if words is None else words().format(count=f"{int(text):,}")
    return found


def _filled(template: str, details: Mapping[str, object]) -> str:
    return template.format_map(_Gaps({key: _shown(key, value) for key, value in details.items()}))


def _shown(key: str, value: object) -> object:
    """A detail as people read it: amounts with their sign, codes as words, lists with commas."""
    display = getattr(value, "display", None)
    if callable(display):
        return display()
    if key == "permission":
        return parts.word(parts.PERMISSIONS, str(value))
    if key == "reason":
        return parts.word(parts.REASONS, str(value))
    if key == "asset":
        return parts.word(parts.ASSETS, str(value))
    if key == "assets" and isinstance(value, tuple):
        return parts.listed(parts.word(parts.ASSETS, str(each)) for each in value)
    if key == "why":
        return sentence(f"benefit.{value}", {})
    if isinstance(value, tuple | list):
        return ", ".join(str(each) for each in value)
    return value
