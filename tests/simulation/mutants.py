"""Rules switched off, one at a time: each must be caught, else the simulation proves nothing.

Some are rules of the cores: those are replaced for a while. The others are what a database, a disk or a process must
do, and the world does it wrong: it asks ``World.has_mutant``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final
from unittest import mock

import msgspec

from pos_app.domain.ledger import account_draft
from pos_app.domain.ledger.account_draft import AccountDraft
from pos_app.domain.ledger.office_books import OfficeBooks
from sync.client import upward
from sync.client.events import Push
from sync.head_office import accepting
from sync.head_office.accepting import Accepted, NewRecord

#: What the world does wrong.
OF_THE_WORLD: Final = {
    "answer before the commit": "head office acknowledges what is not durable yet",
    "applied twice": "how far a life is applied is not written in the transaction of what was applied",
    "authorisation not idempotent": "the same question is answered anew",
    "contains after the rows": "a page's rows and what they contain are read at two moments",
    "cursor apart": "a page's cursor is kept before its rows",
    "epoch kept after restore": "head office does not notice that its database went back in time",
    "grant without hold": "what is granted is not held",
    "held dependents forgotten": "records that build on one that is set aside are dropped",
    "holds never settled": "a sale leaves what was held for it",
    "no new life after a restore": "a ledger that was put back goes on as if nothing had been",
    "position before the lock": "a place in the feed is taken before the transaction is done",
    "retry under a new id": "a sale whose COMMIT is in doubt is simply written again",
}


def _no_dedupe(life: Any, batch: Any, run: Any, *, begins: bool) -> Accepted:
    """All of a batch is new."""
    first = batch.header.before.seq + 1
    records = tuple(
        NewRecord(seq, payload, digest)
        for seq, (payload, digest) in enumerate(zip(batch.payloads, run, strict=True), start=first)
    )
    if not records:
        return Accepted(life, begins, (), ())
    head = accepting.Head(records[-1].seq, records[-1].hash)
    return Accepted(msgspec.structs.replace(life, accepted=head), begins, records, batch.header.people)


def _gap_taken(real: Callable[..., Any]) -> Callable[..., Any]:
    def go_on(known: Any, life: Any, batch: Any, run: Any) -> Any:
        if run and batch.header.before.seq > life.accepted.seq:
            return accepting._taken(life, batch, run, begins=False)
        return real(known, life, batch, run)

    return go_on


def _no_fence(real: Callable[..., Any]) -> Callable[..., Any]:
    def judge(known: Any, batch: Any, is_signed: Any) -> Any:
        lives = tuple(
            msgspec.structs.replace(each, fenced="")
            for each in known.lives
            if each.incarnation <= batch.header.incarnation
        )
        return real(msgspec.structs.replace(known, lives=lives), batch, is_signed)

    return judge


def _fork_taken(known: Any, life: Any, batch: Any, run: Any) -> Any:
    if batch.header.before.seq > life.accepted.seq:
        return accepting.Refused(
            accepting._refusal(accepting.Refusal.GAP, "records before these are missing", life.accepted)
        )
    return accepting._taken(life, batch, run, begins=False)


def _eager(turn: Any) -> None:
    """Sends though something is under way."""
    up, state = turn.state.up, turn.state
    if not turn.is_open() or (not up.number and turn.now < max(up.due_ms, state.not_before_ms)):
        return
    count = max(0, min(up.limit, state.head - up.after))
    if up.number and not count:
        return
    number = turn.number()
    turn.set_up(number=number, count=count)
    turn.emit(Push(number, up.after, count, state.kept.signed, 0))


def _clamped(real: Callable[..., Any]) -> Callable[..., Any]:
    def overdrawn(available: int, pending: int) -> tuple[int, int, int]:
        return (*real(available, pending)[:2], 0)

    return overdrawn


def _owed_all_the_same(draft: Any, lot_id: Any, short: int, *, is_expiry: bool, dated: Any) -> int:
    """What was booked as expired stays so, and who had spent it in time owes it."""
    return short if is_expiry else 0


def _patches() -> dict[str, tuple[Any, str, Any]]:
    return {
        "clamped at zero": (account_draft, "overdrawn", _clamped(account_draft.overdrawn)),
        "former lives not fenced": (accepting, "judge", _no_fence(accepting.judge)),
        "forks not noticed": (accepting, "_go_on", _fork_taken),
        "gaps accepted": (accepting, "_go_on", _gap_taken(accepting._go_on)),
        "late spends owed": (AccountDraft, "_not_expired", _owed_all_the_same),
        "loser's later records lost": (OfficeBooks, "winner", lambda self, member_id: member_id),
        "no dedupe at accept": (accepting, "_taken", _no_dedupe),
        "own records not compared": (upward, "_is_own", lambda turn, accepted, own_hash: True),
        "two appends in flight": (upward, "go", _eager),
    }


#: All there are.
NAMES: Final = tuple(sorted([*OF_THE_WORLD, *_patches()]))


@contextmanager
def switched_off(names: Iterable[str]) -> Iterator[None]:
    """Switch rules of the cores off for a while; those of the world ask ``World.has_mutant``."""
    patches = _patches()
    with ExitStack() as stack:
        for name in names:
            if name in patches:
                stack.enter_context(mock.patch.object(*patches[name]))
            elif name not in OF_THE_WORLD:
                raise KeyError(f"no rule is called {name!r}; there are {', '.join(NAMES)}")
        yield
