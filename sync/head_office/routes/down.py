"""The way down: the feed, held open until there is something, and snapshots."""

from __future__ import annotations

from typing import Annotated, Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import PathParameter, QueryParameter

from sync.head_office.context import Office
from sync.head_office.epochs import epoch_of
from sync.head_office.feed import MAX_ROWS, MAX_WAIT_MS, Cursor, begin_where_ahead, read_page
from sync.head_office.gate import Caller
from sync.head_office.problems import described
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.messages import FeedPage, SignedManifest
from sync.protocol.pages import pack_page
from sync.protocol.version import PAGE

_SIGNED: Final = (Refusal.SIGNATURE, Refusal.REVOKED, Refusal.FENCED, Refusal.TOO_NEW)
_BINARY: Final = {200: ResponseSpec(bytes, description="sync/protocol/pages.py", media_type=PAGE)}


@get(
    "/feed",
    responses=_BINARY | described(*_SIGNED, Refusal.EPOCH, Refusal.TOO_OLD),
    summary="Changes down, held open until there is one",
)
async def feed(
    office: NamedDependency[Office],
    living: NamedDependency[Caller],
    epoch: Annotated[str, QueryParameter(max_length=64)],
    after: Annotated[int, QueryParameter(ge=0, le=2**62)],
    limit: Annotated[int, QueryParameter(ge=1, le=MAX_ROWS)] = MAX_ROWS,
    wait_ms: Annotated[int, QueryParameter(ge=0, le=MAX_WAIT_MS)] = 0,
) -> Response[bytes]:
    """Give a page."""
    cursor = Cursor(epoch, after)

    def read() -> tuple[FeedPage, bytes]:
        try:
            with office.database.transaction() as connection:
                page = read_page(
                    connection,
                    cursor,
                    till=living.till,
                    incarnation=living.incarnation,
                    limit=limit,
                    now_ms=office.now_ms(),
                )
        except RefusedError as error:
            with office.database.transaction() as connection:
                is_new = begin_where_ahead(connection, cursor, living.till, office.now_ms())
                epoch_now = epoch_of(connection)
            if is_new:  # after COMMIT
                raise RefusedError(Refusal.EPOCH, "head office went back in time", epoch=epoch_now) from error
            raise
        return page, pack_page(page)

    page, data = await office.threads.run(read)
    if wait_ms and not page.rows and page.through == after:
        await office.watch.wait_beyond(after, wait_ms)
        _, data = await office.threads.run(read)
    return Response(data, media_type=PAGE)


@get("/snapshot", responses=described(*_SIGNED), summary="Everything down: the manifest")
async def manifest(office: NamedDependency[Office], living: NamedDependency[Caller]) -> SignedManifest:
    """Give the newest manifest."""

    def read() -> SignedManifest | None:
        with office.database.transaction() as connection:
            return office.snapshots.latest(connection)

    found = await office.threads.run(read)
    if found is None:
        raise RefusedError(Refusal.NOT_FOUND, f"there is no snapshot yet for {living.till}")
    return found


@get("/snapshot/{sha256:str}", responses=_BINARY | described(*_SIGNED), summary="A piece of a snapshot")
async def chunk(
    office: NamedDependency[Office],
    living: NamedDependency[Caller],
    sha256: Annotated[str, PathParameter(min_length=64, max_length=64)],
) -> Response[bytes]:
    """Give a chunk."""
    path = office.snapshots.chunk(sha256)
    if path is None:
        raise RefusedError(Refusal.NOT_FOUND, f"there is no such piece for {living.till}")
    return Response(await office.threads.run(path.read_bytes), media_type=PAGE)
