"""Where a till keeps its things."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

#: Overrides where everything is: for tests, demos, and several tills on one machine.
HOME_VARIABLE: Final = "GUITAI_HOME"


class Paths(NamedTuple):
    """The folders and files of one till.

    Attributes:
        data: The ledger, the replica and the keys' file: what a backup is made of.
        logs: Log files.
        cache: What may be deleted at any time.
    """

    data: Path
    logs: Path
    cache: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.data / "settings.json"

    @property
    def receipts(self) -> Path:
        """The shop's own receipts: templates that differ from those the till carries, and a logo."""
        return self.data / "receipts"

    @property
    def training(self) -> Path:
        """The folder of training mode's throw-away ledger."""
        return self.cache / "training"

    def make(self) -> None:
        """Make the folders."""
        for folder in (self.data, self.logs, self.cache):
            folder.mkdir(parents=True, exist_ok=True)


def paths_below(root: Path) -> Paths:
    """The folders of a till that keeps everything in one place."""
    root = root.expanduser().absolute()
    return Paths(root / "data", root / "logs", root / "cache")


def till_paths() -> Paths:
    """The folders of this user's till, or below ``GUITAI_HOME``."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return paths_below(Path(home))
    from platformdirs import PlatformDirs

    # Not roaming: a ledger that follows its user to another machine would be a copied disk.
    folders = PlatformDirs("guitai", appauthor=False, roaming=False)
    return Paths(Path(folders.user_data_dir), Path(folders.user_log_dir), Path(folders.user_cache_dir))
