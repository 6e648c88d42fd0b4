"""Where the till finds what it brings along. Apart from the settings, because the first window waits for this."""

from __future__ import annotations

from pathlib import Path


def resources_dir() -> Path:
    """The folder of icons, fonts, catalogues and templates: in a checkout beside the packages, in a wheel inside."""
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"
