"""Puts together what the till has to do with its head office: the link from the start, sync once the window stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos_app.domain.ledger.run_figures import RunFigures
    from pos_app.infrastructure.ledger.store import SqlLedger


def own_figures(ledger: SqlLedger) -> Callable[[int, int], tuple[RunFigures, bytes]]:
    """The till's own figures of a run of records, and the hash of the last; from any thread."""

    def figures(first: int, last: int) -> tuple[RunFigures, bytes]:
        from pos_app.domain.ledger.run_figures import RunFigures, figures_of

        sums = RunFigures()
        with ledger.read() as reader:
            for start in range(first, last + 1, 500):
                for row in reader.outgoing(start - 1, min(last, start + 499)):
                    sums += figures_of(bytes(row.payload))
            return sums, reader.record_hash(last) or b""

    return figures
