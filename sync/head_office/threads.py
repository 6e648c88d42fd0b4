"""Blocking work beside the event loop: so many at once, so many waiting, and the others come again later."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

from sync.protocol.errors import Refusal, RefusedError

P = ParamSpec("P")
T = TypeVar("T")
#: Who is turned away comes again within this time, spread evenly.
_AGAIN_MS: Final = (1_000, 8_000)


class Threads:
    """A few threads and a short queue.

    Args:
        count: Threads.
        queue: Calls that may wait.
    """

    def __init__(self, count: int, queue: int) -> None:
        self._pool: Final = ThreadPoolExecutor(count, thread_name_prefix="office")
        self._most: Final = count + queue
        self._busy = 0

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do it in a thread.

        Raises:
            RefusedError: ``sync.busy``: too many wait already.
        """
        if self._busy >= self._most:
            after = random.randint(*_AGAIN_MS)  # noqa: S311 - spreads load, guards nothing
            raise RefusedError(Refusal.BUSY, "too much at once", retry_after_ms=after)
        self._busy += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: work(*args, **kwargs))
        finally:
            self._busy -= 1

    def close(self) -> None:
        """Wait for what is under way."""
        self._pool.shutdown()
