"""What a code of head office means, at a terminal: in the same words as at the till, Chinese first, then English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pos_app.domain.text import LocalText


def concerns(found: Iterable[tuple[str, Mapping[str, str]]]) -> list[LocalText]:
    """Why records are set aside, or what a manager should know; by code and the values for its words."""
    from PySide6.QtCore import QCoreApplication

    from pos_app.ui import i18n, messages

    rows = list(found)
    # The catalogue speaks through an application; a terminal has none, and needs it for these words alone.
    application = QCoreApplication.instance() or QCoreApplication(["guitai"])
    before, said = i18n.current(), dict[str, list[str]]()
    try:
        for language in (i18n.CHINESE, i18n.ENGLISH):
            i18n.use(language)
            said[language] = [messages.concern(code, params)[0] for code, params in rows]
    finally:
        i18n.use(before)
        del application
    return [LocalText(zh, en) for zh, en in zip(said[i18n.CHINESE], said[i18n.ENGLISH], strict=True)]
