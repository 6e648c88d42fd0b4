"""A counter on real files, with and without an open shift."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pos_testkit.counter import Counter, counter_at

_MEMORY = Path("/dev/shm")


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """In memory where there is such a place: use cases are tried here, not the disk's patience with fsync."""
    if not (_MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="guitai-test-", dir=_MEMORY) as folder:
        yield Path(folder)


@pytest.fixture
def counter(quick_folder: Path) -> Iterator[Counter]:
    with counter_at(quick_folder) as opened:
        yield opened


@pytest.fixture
def quiet_counter(quick_folder: Path) -> Iterator[Counter]:
    """Nobody has opened a shift yet."""
    with counter_at(quick_folder, opening_float=None) as opened:
        yield opened
