"""Languages: source strings are English, the catalogue for Chinese is complete, both switchable while running."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from pos_app.resources import resources_dir

ENGLISH: Final = "en"
CHINESE: Final = "zh_CN"
#: Code and the language's own name for itself, in the order shown.
LANGUAGES: Final = ((CHINESE, "中文"), (ENGLISH, "English"))


class _Current:
    """The translator in use; Qt keeps a pointer to it and no ownership."""

    translator: QTranslator | None = None
    language: str = ENGLISH


def current() -> str:
    """Code of the language in use."""
    return _Current.language


def catalogue(language: str) -> QTranslator | None:
    """The words of a language that need not be the one in use; None for English, or where it was not built."""
    found = QTranslator()
    if language == ENGLISH or not found.load(str(resources_dir() / "i18n" / f"guitai_{language}.qm")):
        return None
    return found


def use(language: str) -> bool:
    """Switch the language; every widget gets a LanguageChange event and draws its words again.

    Args:
        language: ``zh_CN`` or ``en``.

    Returns:
        Whether the language is in use now. When the catalogue was not built the words stay English.
    """
    app = QCoreApplication.instance()
    if app is None:
        return False
    translator = catalogue(language)
    if translator is None and language != ENGLISH:
        return False
    # State first: installing or removing a translator makes the widgets draw, and they may ask for the language.
    old, _Current.translator, _Current.language = _Current.translator, translator, language
    QLocale.setDefault(QLocale(language))
    if old is not None:
        QCoreApplication.removeTranslator(old)
    if translator is not None:
        QCoreApplication.installTranslator(translator)
    return True
