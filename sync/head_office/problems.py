"""Every answer that is no answer is a problem document (RFC 9457) with a code that tills know."""

from __future__ import annotations

import logging
import math
import traceback
from typing import Any, Final

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec
from litestar.types import ExceptionHandlersMap

from sync.head_office.context import wall_ms
from sync.protocol.errors import STATUS, Problem, Refusal, RefusedError
from sync.protocol.version import PROBLEM

_log = logging.getLogger("guitai.office")
_BY_STATUS: Final = {
    401: Refusal.SIGNATURE,
    404: Refusal.NOT_FOUND,
    405: Refusal.METHOD,
    413: Refusal.TOO_LARGE,
    429: Refusal.BUSY,
    503: Refusal.BUSY,
}
#: What the framework says where a request ends in the middle of its body.
_HUNG_UP: Final = "client disconnected prematurely"
_RETRY_MS: Final = 2_000


def refused(_: Request[Any, Any, Any], error: RefusedError) -> Response[bytes]:
    """Head office's own refusals."""
    return _document(error.problem, error.status)


def http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """What the framework does not take: unknown paths, wrong parameters, bodies that are too long."""
    status = error.status_code
    if error.detail == _HUNG_UP:
        status = 400  # the framework calls it a fault of ours; whoever asked has gone, and nobody reads the answer
    if status >= 500 and status != 503:
        return broken(request, error)
    code = _BY_STATUS.get(status, Refusal.BAD_REQUEST)
    headers = dict(error.headers or {})
    detail = {404: "there is nothing here", 405: "not with this method", 413: "the body is too large"}
    text = detail.get(status, "a parameter or the body cannot be read")
    return _document(Problem(code.value, text, server_ms=wall_ms()), STATUS[code], headers)


def broken(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A fault of ours. The log has its type and place; an error's message may hold what somebody sent."""
    places = "; ".join(
        f"{each.name} ({each.filename}:{each.lineno})" for each in traceback.extract_tb(error.__traceback__)
    )
    _log.error("%s %s: %s at %s", request.method, request.scope["path"][:80], type(error).__name__, places)
    return _document(Problem(Refusal.BROKEN.value, "a fault of head office", server_ms=wall_ms()), 500)


def _document(problem: Problem, status: int, headers: dict[str, str] | None = None) -> Response[bytes]:
    fields = dict(headers or {})
    if status in (429, 503):
        after = problem.retry_after_ms or _RETRY_MS
        problem = msgspec.structs.replace(problem, retry_after_ms=after)
        if after >= 1_000:  # the field knows whole seconds; tills read the document as well
            fields["Retry-After"] = str(math.ceil(after / 1000))
    return Response(msgspec.json.encode(problem), status_code=status, media_type=PROBLEM, headers=fields)


def too_deep(_: Request[Any, Any, Any], __: RecursionError) -> Response[bytes]:
    """A body that is nested without end."""
    return _document(Problem(Refusal.BAD_REQUEST.value, "the body is nested too deeply", server_ms=wall_ms()), 400)


HANDLERS: Final[ExceptionHandlersMap] = {
    RecursionError: too_deep,
    RefusedError: refused,
    HTTPException: http_error,
    Exception: broken,
}


def described(*codes: Refusal) -> dict[int, ResponseSpec]:
    """What a route may refuse, for the description of the interface."""
    always = (Refusal.BAD_REQUEST, Refusal.NOT_FOUND, Refusal.TOO_LARGE, Refusal.BROKEN, Refusal.BUSY)
    by_status: dict[int, list[str]] = {}
    for code in (*always, *codes):
        by_status.setdefault(STATUS[code], []).append(code.value)
    return {
        status: ResponseSpec(Problem, description=", ".join(names), media_type=PROBLEM, generate_examples=False)
        for status, names in by_status.items()
    }
