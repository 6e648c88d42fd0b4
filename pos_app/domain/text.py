"""Words that the shop writes itself, in the languages it trades in."""

from __future__ import annotations

import msgspec


class LocalText(msgspec.Struct, frozen=True, omit_defaults=True):
    """A name in Chinese and, where the shop gave one, in English.

    Attributes:
        zh: Chinese; always there.
        en: English; empty means that the Chinese name is shown.
    """

    zh: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """The name for a language tag such as ``zh_CN`` or ``en``."""
        return self.en if self.en and language.startswith("en") else self.zh


def mask_phone(phone: str) -> str:
    """A phone number as screens and receipts show it: ``138****1234``; of a short one, the last half at most."""
    if len(phone) < 8:
        return _last(phone, len(phone) // 2)
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def mask_name(name: str) -> str:
    """A name as the customer display and receipts show it: the first character, then one ``*``."""
    return f"{name[0]}*" if len(name) > 1 else name


def mask_card(number: str) -> str:
    """A card number by its last four characters; of a short one, the last half at most."""
    return f"*{number[-4:]}" if len(number) >= 8 else _last(number, len(number) // 2)


def _last(text: str, count: int) -> str:
    return "*" * (len(text) - count) + text[len(text) - count :]
