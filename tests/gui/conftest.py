"""What tests of the window share: off screen, the till's own fonts and words, no patience for Qt's warnings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from PySide6.QtCore import QtMsgType

from pos_app.resources import resources_dir
from pos_app.ui import fonts, i18n, theme

#: What the off-screen platform says of itself.
HARMLESS = ("This plugin does not support",)
BAD = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


@pytest.fixture(autouse=True)
def _no_qt_warnings(qtlog):
    yield
    said = [r.message for r in qtlog.records if r.type in BAD and not r.message.startswith(HARMLESS)]
    assert said == [], f"Qt warned: {said}"


@pytest.fixture(scope="session")
def catalogue():
    """The compiled Chinese catalogue, made anew when its source is younger."""
    source = resources_dir() / "i18n" / "guitai_zh_CN.ts"
    made = source.with_suffix(".qm")
    if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
        tool = Path(sys.executable).parent / "pyside6-lrelease"
        subprocess.run([tool, "-silent", source, "-qm", made], check=True)
    return made


@pytest.fixture(scope="session")
def app(qapp):
    """The application with the till's fonts and theme."""
    fonts.install(qapp)
    theme.apply(qapp, "light")
    return qapp


@pytest.fixture
def english(app):
    i18n.use("en")


@pytest.fixture
def chinese(app, catalogue):
    assert i18n.use("zh_CN")
    yield
    i18n.use("en")
