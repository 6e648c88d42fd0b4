"""What goes wrong in a shop, at a whole till: what the cashier is told, what is kept, and how it goes on."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pos_testkit.window import memory_folder

from pos_app.errors import KnownError
from pos_app.ui import fonts, i18n, messages, theme
from pos_app.ui.state import Notice


@pytest.fixture(scope="session")
def app(qapp):
    """The application with the till's fonts and theme."""
    fonts.install(qapp)
    theme.apply(qapp, "light")
    yield qapp
    i18n.use("en")


@pytest.fixture
def home(app) -> Iterator[Path]:
    """Where a till keeps everything."""
    with memory_folder() as folder:
        yield folder


@pytest.fixture
def clear(app) -> Iterator[Callable[[object], None]]:
    """Checks that a code has words of its own in both languages, without a gap; shows nothing technical."""

    def check(said: object) -> None:
        notice = Notice.of(said) if isinstance(said, KnownError) else said
        code, details = (notice, {}) if isinstance(notice, str) else (notice.code, notice.details)  # type: ignore[attr-defined]
        assert code in messages.WORDS, f"nobody has written words for {code}"
        texts = {}
        for language in ("zh_CN", "en"):
            assert i18n.use(language), "the catalogue is not compiled"
            texts[language] = messages.sentence(code, details)
            if details:
                assert "{" not in texts[language]
                assert "?" not in texts[language], texts[language]
        i18n.use("en")
        assert any("\u4e00" <= ch <= "\u9fff" for ch in texts["zh_CN"]), texts
        assert texts["zh_CN"] != texts["en"]
        assert len(texts["en"]) > 12

    yield check
    i18n.use("en")
