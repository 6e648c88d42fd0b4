"""May a member spend this?"""

from __future__ import annotations

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from sync.head_office.authorising import answer_spend
from sync.head_office.context import Office
from sync.head_office.gate import Caller
from sync.head_office.problems import described
from sync.protocol.errors import Refusal
from sync.protocol.messages import SpendAnswer, SpendRequest


@post(
    "/authorisations",
    status_code=200,
    responses=described(Refusal.SIGNATURE, Refusal.REVOKED, Refusal.FENCED, Refusal.TOO_NEW),
    summary="May a member spend this? The same id always gets the same answer",
)
async def authorise(
    data: JSONBody[SpendRequest], office: NamedDependency[Office], living: NamedDependency[Caller]
) -> SpendAnswer:
    """Answer."""

    def answer() -> SpendAnswer:
        with office.database.transaction() as connection:
            return answer_spend(connection, living.till, living.incarnation, data, office.now_ms())

    return await office.threads.run(answer)
