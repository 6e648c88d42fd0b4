"""A whole till with its window, off screen, for tests of devices."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pos_testkit.window import memory_folder

from pos_app.ui import fonts, i18n, theme


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
