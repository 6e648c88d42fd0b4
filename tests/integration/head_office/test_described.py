"""Whatever the description of head office's interface allows, and what it does not: asked of one that runs.

No answer is a fault, every answer is one that is described, and every refusal is a problem document: before the gate,
where nothing is signed, and behind it, where a till signs whatever it is that is sent.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from pos_testkit.machine import Machine, wall_ms
from pos_testkit.published_office import PublishedOffice
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sync.protocol.errors import Problem, Refusal
from sync.protocol.version import JOURNAL, PROBLEM

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("published_office")]
#: Of each route, each way.
EXAMPLES = 25
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
HASTY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
#: Nobody waits for the feed here.
WAIT_MS = 5


@schemathesis.serializer(JOURNAL)
def journal(_: object, value: Any) -> bytes:
    """A batch goes as it is."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


class Signed(requests.auth.AuthBase):
    """Signs as a till does."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        data = body.encode() if isinstance(body, str) else bytes(body)
        assert request.method
        request.headers.update(self.machine.till.headers(request.method, request.path_url, data, wall_ms()))
        return request


@pytest.mark.parametrize("signed", [True, False], ids=["signed", "by a stranger"])
def test_no_answer_is_a_fault_and_all_are_described(
    running: PublishedOffice, machines: tuple[Machine, Machine], tmp_path: Path, signed: bool
) -> None:
    machine, _ = machines
    machine.till.write(3)
    machine.push()
    authority = tmp_path / "ca.pem"
    authority.write_text(machine.ca_pem)
    seen: dict[str, set[int]] = {}

    def send(case: schemathesis.Case) -> None:
        wait = case.query.get("wait_ms") if case.query else None
        if isinstance(wait, int) and wait > WAIT_MS:
            case.query["wait_ms"] = WAIT_MS
        who = Signed(machine) if signed else None
        response = case.call(running.address, session=session, verify=str(authority), auth=who, timeout=20)
        seen.setdefault(case.operation.label, set()).add(response.status_code)
        case.validate_response(response, checks=CHECKS)
        if response.status_code >= 400:
            said = (response.request.method, response.request.url, response.status_code, response.content)
            assert response.headers.get("content-type") == [PROBLEM], said
            assert Refusal(msgspec.json.decode(response.content, type=Problem).code)

    with requests.Session() as session:
        session.trust_env = False  # no authority of the machine's
        where = f"{running.address}/schema/openapi.json"
        schema = schemathesis.openapi.from_dict(session.get(where, verify=str(authority), timeout=20).json())
        for found in schema.get_all_operations():
            operation = found.ok()
            HASTY(given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))(send))()
            with contextlib.suppress(Unsatisfiable):  # where nothing is asked for, or any bytes, nothing can be wrong
                HASTY(given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))(send))()
    assert len(seen) == len(list(schema.get_all_operations()))
    faults = {status for statuses in seen.values() for status in statuses if status >= 500}
    assert faults <= {503}, "that it is asked too early is no fault"
    inside = {label for label, statuses in seen.items() if 200 in statuses}
    behind = {"POST /v1/authorisations", "GET /v1/days", "GET /v1/feed", "GET /v1/journal"}
    assert inside & behind if signed else not inside & behind, seen
