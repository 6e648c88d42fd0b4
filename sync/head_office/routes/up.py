"""The way up: records in; records back; the day's figures."""

from __future__ import annotations

from typing import Annotated

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from sync.head_office.context import Office
from sync.head_office.gate import Caller
from sync.head_office.problems import described
from sync.head_office.reconciling import state_day
from sync.head_office.recovering import read_back
from sync.head_office.routes.asking import Asked, BatchOperation
from sync.protocol.batch import MAX_WIRE
from sync.protocol.errors import Refusal
from sync.protocol.messages import DayStatement, JournalAnswer, RecoveredPage

Place = Annotated[int, QueryParameter(ge=0, le=2**62)]
_SIGNED = (Refusal.SIGNATURE, Refusal.REVOKED, Refusal.TOO_NEW)


@post(
    "/journal",
    status_code=200,
    request_max_body_size=MAX_WIRE,
    operation_class=BatchOperation,
    responses=described(*_SIGNED, Refusal.GAP, Refusal.FORK, Refusal.FENCED),
    summary="Records up; a batch of none asks where head office stands",
)
async def push(office: NamedDependency[Office], asked: NamedDependency[Asked]) -> JournalAnswer:
    """Take records: let in and stored in one transaction, since a till that sends waits for each."""

    def take() -> JournalAnswer:
        now_ms = office.now_ms()
        signed = office.gate.verify(asked.method, asked.target, asked.headers, asked.body, now_ms)
        return office.journal.take_sent(signed, asked.body, now_ms)

    answer = await office.threads.run(take)
    office.bell.ring()
    return answer


@get(
    "/journal",
    responses=described(*_SIGNED, Refusal.FENCED),
    summary="Records of this till back, for a successor",
)
async def recover(
    office: NamedDependency[Office],
    living: NamedDependency[Caller],
    after: Place,
    limit: Annotated[int, QueryParameter(ge=1, le=500)] = 500,
) -> RecoveredPage:
    """Give records back."""

    def read() -> RecoveredPage:
        with office.database.transaction() as connection:
            return read_back(connection, living.till, living.incarnation, after, limit)

    return await office.threads.run(read)


@get(
    "/days",
    responses=described(*_SIGNED, Refusal.FENCED),
    summary="Head office's figures of a run of records, to compare",
)
async def day(
    office: NamedDependency[Office], living: NamedDependency[Caller], first: Place, last: Place
) -> DayStatement:
    """State a day."""

    def read() -> DayStatement:
        with office.database.transaction() as connection:
            return state_day(connection, living.till, living.incarnation, first, last)

    return await office.threads.run(read)
