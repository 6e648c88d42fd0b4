"""Head office's HTTP interface, put together; described at ``/schema/openapi.json``."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig

from pos_app.version import __version__
from sync.head_office.context import Config, Office
from sync.head_office.problems import HANDLERS
from sync.head_office.routes import down, joining, spending, up
from sync.head_office.routes.asking import SMALL_BODY, asked_of, caller_of, living_caller
from sync.protocol.version import HEADER, PREFIX, PROTOCOL


def make_app(make_office: Callable[[], Office]) -> Litestar:
    """The application.

    Args:
        make_office: Makes what the routes work with, when the application starts.
    """

    @contextlib.asynccontextmanager
    async def running(app: Litestar) -> AsyncIterator[None]:
        office = make_office()
        app.state.office = office
        watching = asyncio.create_task(office.watch.run())
        try:
            yield
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
            await asyncio.to_thread(office.close)

    async def office_of(state: State) -> Office:
        office: Office = state.office
        return office

    routes = Router(
        PREFIX,
        route_handlers=[
            joining.about,
            joining.offer,
            joining.enrol,
            up.push,
            up.recover,
            up.day,
            down.feed,
            down.manifest,
            down.chunk,
            spending.authorise,
        ],
        dependencies={
            "office": Provide(office_of),
            "asked": Provide(asked_of),
            "caller": Provide(caller_of),
            "living": Provide(living_caller),
        },
    )
    return Litestar(
        [routes],
        lifespan=[running],
        exception_handlers=HANDLERS,
        request_max_body_size=SMALL_BODY,
        openapi_config=OpenAPIConfig("Guitai head office", __version__, path="/schema"),
        response_headers={HEADER: str(PROTOCOL)},
        debug=False,
    )


def app_of(config: Config) -> Litestar:
    """The application of a configuration."""
    return make_app(lambda: Office(config))
