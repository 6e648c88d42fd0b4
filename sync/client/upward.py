"""The way up: one batch at a time, in order, from where head office says it stands."""

from __future__ import annotations

import msgspec

from sync.client.events import Push, PushAnswered, PushLost, PushRefused
from sync.client.state import Kept, Wanted
from sync.client.turn import FINAL, WENT_BACK, Turn
from sync.protocol.batch import Acknowledged
from sync.protocol.chain import Head
from sync.protocol.errors import Refusal


def appended(turn: Turn, head: int) -> None:
    """The journal has grown: what is written together goes together, and soon."""
    if head <= turn.state.head:
        return
    turn.set(head=head)
    up, rules = turn.state.up, turn.state.rules
    if up.number == 0 and not up.waits:
        soon = turn.now if head - up.after >= up.limit else turn.now + rules.debounce_ms
        turn.set_up(due_ms=min(up.due_ms, soon))


def go(turn: Turn) -> None:
    """Send what is due."""
    up, state = turn.state.up, turn.state
    if not turn.is_open() or up.number or turn.now < max(up.due_ms, state.not_before_ms):
        return
    count = max(0, min(up.limit, state.head - up.after))
    number = turn.number()
    turn.set_up(number=number, count=count)
    turn.emit(Push(number, up.after, count, state.kept.signed, max(0, state.head - up.after - count)))


def answered(turn: Turn, event: PushAnswered) -> None:
    """Head office has the journal up to somewhere: go on from there."""
    up, answer = turn.state.up, event.answer
    if event.number != up.number:
        return
    turn.set_up(number=0)
    turn.reached(answer.server_ms)
    if not _is_own(turn, answer.accepted, event.own_hash):
        return
    same_epoch = turn.state.kept.epoch == answer.epoch
    signed = Acknowledged(answer.epoch, answer.accepted, answer.cosignature)
    turn.keep(Kept(answer.accepted, signed, answer.applied))
    pace, rules = answer.pace, turn.state.rules
    turn.set(
        set_aside=answer.set_aside,
        attention=answer.attention,
        window_ms=max(0, pace.reconnect_window_ms),
        poll_wait_ms=max(0, pace.poll_ms),
        not_before_ms=max(turn.state.not_before_ms, turn.now + pace.retry_after_ms),
    )
    turn.set_up(after=answer.accepted.seq, was_clock=False)
    if up.count and same_epoch and answer.accepted.seq <= up.after:
        turn.fail_up(Refusal.BROKEN)  # it took the batch and did not get any further
        return
    allowed = max(1, min(rules.batch, pace.batch))
    turn.set_up(
        limit=min(allowed, up.limit * 2) if up.count else min(allowed, up.limit),
        failures=0,
        has_answer=True,
        waits=False,
        trouble="",
        stuck_seq=0 if answer.accepted.seq >= up.stuck_seq else up.stuck_seq,
        checks=0 if up.count else up.checks + 1,
    )
    turn.set_up(due_ms=_next_due(turn))
    wanted = turn.state.wanted
    if wanted is not None and answer.accepted.seq >= wanted.through:
        turn.set(wanted=msgspec.structs.replace(wanted, is_up=True))


def _next_due(turn: Turn) -> int:
    state, rules = turn.state, turn.state.rules
    if state.up.after < state.head:
        return turn.now
    if state.kept.applied < state.kept.accepted.seq:
        return turn.now + min(rules.last_retry_ms, rules.check_ms << min(state.up.checks, 20))
    return turn.now + rules.idle_check_ms


def refused(turn: Turn, event: PushRefused) -> None:
    """A refusal says what to do about it."""
    up, problem = turn.state.up, event.problem
    if event.number != up.number:
        return
    turn.set_up(number=0)
    code = turn.heed(problem)
    if code in FINAL:
        turn.stop(code)
    elif code is Refusal.GAP:
        _gap(turn, Head(problem.accepted, problem.accepted_hash), event.own_hash)
    elif code is Refusal.CLOCK:
        if turn.set_clock(up, problem):
            turn.set_up(was_clock=True, due_ms=turn.now)
        else:
            turn.fail_up(code)
    elif code in (Refusal.BAD_REQUEST, Refusal.TOO_LARGE) and up.count:
        _smaller(turn)
    else:
        turn.fail_up(code, rarely=code is Refusal.TOO_NEW)


def _gap(turn: Turn, accepted: Head, own_hash: bytes | None) -> None:
    up = turn.state.up
    if not _is_own(turn, accepted, own_hash):
        return
    # What it signed last stays as it is: by that, head office sees what it has lost.
    turn.keep(msgspec.structs.replace(turn.state.kept, accepted=accepted))
    turn.set_up(after=accepted.seq)
    if up.failures or accepted.seq == up.after:
        turn.fail_up(Refusal.GAP)
    else:
        turn.set_up(failures=1, waits=True, due_ms=turn.now)


def _smaller(turn: Turn) -> None:
    """Something in the batch cannot be read there: find out which record, so that all before it get through."""
    up = turn.state.up
    if up.count > 1:
        turn.set_up(limit=up.count // 2, waits=True, due_ms=turn.now)
        return
    turn.set_up(limit=1, stuck_seq=up.after + 1)
    turn.fail_up("sync.refused_record", rarely=True)


def lost(turn: Turn, event: PushLost) -> None:
    """No answer: the same again later; whatever became of it, that changes nothing."""
    if event.number == turn.state.up.number:
        turn.fail_up(event.reason)


def want(turn: Turn) -> None:
    """Somebody wants everything up: now, whatever was waited for."""
    turn.set(wanted=Wanted(turn.state.head), stopped="")
    if turn.state.up.number == 0:
        turn.set_up(due_ms=turn.now, waits=False)


def _is_own(turn: Turn, accepted: Head, own_hash: bytes | None) -> bool:
    """Whether head office's head is a record of this journal; else sync stops."""
    if accepted.seq == 0 or own_hash == accepted.hash:
        return True
    turn.stop(WENT_BACK if own_hash is None else Refusal.FORK)
    return False
