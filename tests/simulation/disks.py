"""Disks: what was committed survives a crash, what was not is gone.

The processes of the simulation run in one thread and can only die at crash points. There is one before and one behind
each commit, so a commit is whole or not there, and two commits may be torn apart: that is what some mutants do.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

S = TypeVar("S")


class CrashedError(Exception):
    """A process has just died; whatever it was about to do next does not happen."""


class MayCrash(Protocol):
    """Says when a process dies."""

    def crash_point(self, owner: str) -> None:
        """Raises :class:`CrashedError` when the moment has come."""


class Disk(Generic[S]):
    """A durable state, changed by commits."""

    def __init__(self, owner: str, state: S, world: MayCrash) -> None:
        self.owner, self.state, self._world = owner, state, world
        self.commits = 0

    def commit(self, change: Callable[[S], None]) -> None:
        """Make a change durable.

        Args:
            change: Must not fail and must not look at anything that can change.
        """
        self._world.crash_point(self.owner)
        change(self.state)
        self.commits += 1
        self._world.crash_point(self.owner)

    def copy(self) -> S:
        """A copy as a backup makes one: complete, and from then on on its own."""
        return copied(self.state)


def copied(state: S) -> S:
    """A state whose containers are new and whose contents (all unchangeable) are shared."""
    twin = copy.copy(state)
    for name, value in vars(twin).items():
        if isinstance(value, dict):
            setattr(twin, name, {key: list(each) if isinstance(each, list) else each for key, each in value.items()})
        elif isinstance(value, list | set):
            setattr(twin, name, copy.copy(value))
    return twin
