"""Who answers, and how a machine becomes a till: the routes that are not signed."""

from __future__ import annotations

from typing import Annotated

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter

from pos_app.version import __version__
from sync.head_office.context import Office
from sync.head_office.epochs import epoch_of
from sync.head_office.problems import described
from sync.head_office.routes.asking import SMALL_BODY
from sync.protocol.enrolment import GROUP
from sync.protocol.errors import Refusal
from sync.protocol.messages import About, Enrolled, EnrolmentOffer, EnrolmentRequest
from sync.protocol.version import PROTOCOL


@get("/about", responses=described(), summary="Who answers, and what time it is there")
async def about(office: NamedDependency[Office]) -> About:
    """Who answers."""

    def read() -> str:
        with office.database.transaction() as connection:
            return epoch_of(connection)

    epoch = await office.threads.run(read)
    return About(office.name, PROTOCOL, __version__, epoch, office.now_ms())


@get(
    "/enrolments/{code_id:str}",
    responses=described(Refusal.CODE),
    summary="The authority to trust, with a proof that only the code's owner can make",
)
async def offer(
    office: NamedDependency[Office], code_id: Annotated[str, PathParameter(min_length=GROUP, max_length=GROUP)]
) -> EnrolmentOffer:
    """The authority to trust."""
    return await office.threads.run(office.enrolment.offer, code_id, office.now_ms())


@post(
    "/enrolments",
    status_code=200,
    request_max_body_size=SMALL_BODY,
    responses=described(Refusal.CODE, Refusal.NUMBER),
    summary="Become a till of a store, or its successor",
)
async def enrol(data: JSONBody[EnrolmentRequest], office: NamedDependency[Office]) -> Enrolled:
    """Become a till."""
    return await office.threads.run(office.enrolment.enrol, data, office.now_ms())
