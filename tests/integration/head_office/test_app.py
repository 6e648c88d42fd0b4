"""The HTTP interface: routes, refusals as problem documents, and bodies that mean harm."""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import uuid

import litestar
import msgspec
import pytest
import zstandard
from litestar.testing import TestClient
from pos_testkit.wire_till import WireTill

from sync.head_office.app import make_app
from sync.head_office.context import Config, Office
from sync.head_office.enrolling import Store, new_code, put_store
from sync.head_office.epochs import begin_epoch, epoch_of, is_lost
from sync.head_office.positions import last_position
from sync.head_office.problems import HANDLERS
from sync.head_office.publishing import publish_policy
from sync.protocol import batch as batches
from sync.protocol.enrolment import is_proof, offer_proof, parse_code, request_proof, stretch
from sync.protocol.errors import Problem, Refusal
from sync.protocol.messages import (
    About,
    DayStatement,
    Enrolled,
    EnrolmentOffer,
    EnrolmentRequest,
    JournalAnswer,
    Policy,
    SpendAnswer,
    SpendItem,
    SpendRequest,
)
from sync.protocol.pages import unpack_page
from sync.protocol.version import HEADER, JOURNAL, PROBLEM

NOW = 1_770_000_000_000


@pytest.fixture
def office(office_dsn, tmp_path):
    made = []

    def make() -> Office:
        made.append(Office(Config(office_dsn, tmp_path), lambda: NOW))
        return made[0]

    with TestClient(make_app(make)) as client:
        yield made[0], client


@pytest.fixture
def client(office):
    return office[1]


@pytest.fixture
def till(office):
    made = WireTill()
    with office[0].database.transaction() as connection:
        put_store(connection, Store("s1", "一号店"))
        connection.execute("INSERT INTO till VALUES (%s, 1, 's1', 'active', 0)", (made.till,))
        connection.execute(
            "INSERT INTO life (till, incarnation, public_key, base_hash, accepted_seq, accepted_hash, applied_seq)"
            " VALUES (%s, 1, %s, %s, 0, %s, 0)",
            (made.till, made.public_key, bytes(32), bytes(32)),
        )
    return made


def send(client, till, method, target, body=b"", **headers):
    signed = till.headers(method, target, body, NOW)
    kind = {"Content-Type": JOURNAL} if body else {}
    return client.request(method, target, content=body, headers=signed | kind | headers)


def problem(response, code: Refusal) -> Problem:
    assert response.headers["content-type"] == PROBLEM, response.text
    found = msgspec.json.decode(response.content, type=Problem)
    assert found.code == code, found
    return found


def test_who_answers_is_said_to_anybody(client):
    response = client.get("/v1/about")
    about = msgspec.json.decode(response.content, type=About)
    assert (about.protocol, about.server_ms) == (1, NOW)
    assert about.epoch
    assert response.headers[HEADER] == "1"


def test_a_machine_joins_and_sends_and_asks(office, client):
    with office[0].database.transaction() as connection:
        put_store(connection, Store("s1", "一号店"))
        code = new_code(connection, "s1", NOW)
    code_id, secret = parse_code(code)
    offer = msgspec.json.decode(client.get(f"/v1/enrolments/{code_id}").content, type=EnrolmentOffer)
    key = stretch(secret, offer.salt)
    assert is_proof(offer_proof(key, offer.ca_pem), offer.proof)
    till = WireTill()
    asked = EnrolmentRequest(code_id, till.public_key, request_proof(key, till.public_key, ""))
    response = client.post("/v1/enrolments", content=msgspec.json.encode(asked))
    joined = msgspec.json.decode(response.content, type=Enrolled)
    till.till = joined.till
    till.write(3)
    response = send(client, till, "POST", "/v1/journal", batches.pack(till.batch()))
    answer = msgspec.json.decode(response.content, type=JournalAnswer)
    assert (response.status_code, answer.accepted) == (200, till.head)
    page = unpack_page(send(client, till, "GET", f"/v1/feed?epoch={answer.epoch}&after=0&limit=10").content)
    assert page.epoch == answer.epoch
    day = msgspec.json.decode(send(client, till, "GET", "/v1/days?first=1&last=3").content, type=DayStatement)
    assert (day.last, day.hash) == (3, till.head.hash)
    problem(send(client, till, "GET", "/v1/snapshot"), Refusal.NOT_FOUND)
    problem(send(client, till, "GET", f"/v1/snapshot/{'0' * 64}"), Refusal.NOT_FOUND)


def test_whoever_hangs_up_in_the_middle_of_a_body_is_no_fault_of_ours(caplog):
    @litestar.post("/")
    async def body(request: litestar.Request) -> bytes:
        return await request.body()

    came = iter([{"type": "http.request", "body": b"half", "more_body": True}, {"type": "http.disconnect"}])
    said = []

    async def receive():
        return next(came)

    async def send_back(event):
        said.append(event)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-length", b"8")],
        "state": {},
    }
    asyncio.run(litestar.Litestar([body], exception_handlers=HANDLERS, openapi_config=None)(scope, receive, send_back))
    assert said[0]["status"] == 400
    assert caplog.records == []


def test_refusals_of_the_journal_are_problem_documents(client, till):
    till.write(4)
    found = problem(send(client, till, "POST", "/v1/journal", batches.pack(till.batch(2))), Refusal.GAP)
    assert found.accepted == 0
    other = WireTill("till-2")
    other.write()
    response = send(client, till, "POST", "/v1/journal", batches.pack(other.batch()))
    assert response.status_code == 401
    problem(response, Refusal.SIGNATURE)


@pytest.mark.parametrize(
    ("method", "target", "status", "code"),
    [
        ("GET", "/nothing", 404, Refusal.NOT_FOUND),
        ("GET", "/v1/nothing", 404, Refusal.NOT_FOUND),
        ("DELETE", "/v1/about", 405, Refusal.METHOD),
        ("GET", "/v1/journal?after=0", 401, Refusal.SIGNATURE),
        ("GET", "/v1/enrolments/K7QM", 403, Refusal.CODE),
        ("GET", "/v1/enrolments/%00%00%00%00", 403, Refusal.CODE),
        ("GET", "/v1/enrolments/K7QMX", 400, Refusal.BAD_REQUEST),
    ],
)
def test_what_is_not_there_or_not_allowed_is_said_the_same_way(client, method, target, status, code):
    response = client.request(method, target)
    assert response.status_code == status
    problem(response, code)


@pytest.mark.parametrize("query", ["", "after=-1", "after=x", "after=0&limit=0", "after=9999999999999999999999"])
def test_wrong_parameters_are_a_problem(client, till, query):
    response = send(client, till, "GET", f"/v1/journal?{query}")
    assert response.status_code == 400
    problem(response, Refusal.BAD_REQUEST)


def _bomb(till) -> bytes:
    till.write()
    packed = batches.pack(till.batch())
    _, place = batches.unpack_header(packed)
    return packed[:place] + zstandard.ZstdCompressor(level=19).compress(bytes(batches.MAX_PLAIN + 1))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"GJB1",
        b"\xff\xfe not text",
        b"GJB1\xff\xff\xff\xff",
        b'GJB1\x02\x00\x00\x00{"',
        b"[" * 100_000,
        b"GJB1" + (4_000).to_bytes(4, "little") + b"[" * 4_000,
        b'{"till": NaN}',
    ],
)
def test_bodies_that_are_no_batch_are_refused(client, till, body):
    response = send(client, till, "POST", "/v1/journal", body)
    assert response.status_code == 400
    problem(response, Refusal.BAD_REQUEST)


def test_a_bomb_is_refused(client, till):
    assert send(client, till, "POST", "/v1/journal", _bomb(till)).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"code_id":' * 20_000,
        b"\xff\xfe",
        b'{"code_id": 5, "public_key": "", "proof": ""}',
        b'{"code_id": "K7QM", "public_key": "AAAA", "proof": "AAAA"}',
        b'{"code_id": "K7QM", "public_key": "AAAA", "proof": "AAAA", "number": NaN}',
        b"",
    ],
)
def test_enrolments_that_mean_nothing_are_refused(client, body):
    response = client.post("/v1/enrolments", content=body)
    assert response.status_code == 400, response.text
    problem(response, Refusal.BAD_REQUEST)


@pytest.mark.parametrize("target", ["/v1/journal", "/v1/enrolments"])
def test_a_body_without_end_is_cut(client, till, target):
    """Said or unsaid: not more is read than a request may have."""
    response = client.post(target, content=bytes(10 << 20))
    assert response.status_code == 413
    problem(response, Refusal.TOO_LARGE)
    sent = 0

    def endless():
        nonlocal sent
        for _ in itertools.repeat(None, 100):
            sent += 1 << 18
            yield bytes(1 << 18)

    response = client.post(target, content=endless())
    assert response.status_code == 413


def test_a_question_for_spending_gets_the_same_answer_twice(client, till):
    body = msgspec.json.encode(SpendRequest(uuid.uuid4(), (SpendItem(uuid.uuid4(), "points", uuid.uuid4(), 5),), 0))
    first = send(client, till, "POST", "/v1/authorisations", body, **{"Content-Type": "application/json"})
    again = send(client, till, "POST", "/v1/authorisations", body, **{"Content-Type": "application/json"})
    assert first.content == again.content
    assert not msgspec.json.decode(first.content, type=SpendAnswer).granted


def test_a_wire_that_is_newer_is_told_so(client, till):
    response = send(client, till, "GET", "/v1/days?first=1&last=1", **{HEADER: "2"})
    assert response.status_code == 426
    problem(response, Refusal.TOO_NEW)


def test_one_till_is_not_another(client, till):
    """There is no way to name another till: what is answered is the signer's own."""
    stranger = WireTill(till.till)
    problem(send(client, stranger, "GET", "/v1/days?first=1&last=1"), Refusal.SIGNATURE)


def test_a_life_that_is_over_reads_nothing(client, till):
    till.write(2)
    send(client, till, "POST", "/v1/journal", batches.pack(till.batch()))
    again = till.copy(incarnation=2)
    again.write()
    send(client, again, "POST", "/v1/journal", batches.pack(again.batch(2)))
    for target in ("/v1/journal?after=0", "/v1/feed?epoch=x&after=0", "/v1/snapshot", "/v1/days?first=1&last=1"):
        assert problem(send(client, till, "GET", target), Refusal.FENCED)


def test_when_the_database_is_busy_the_till_is_told_when_to_come_again(office, client, monkeypatch):
    monkeypatch.setattr(office[0].threads, "_most", 0)
    response = client.get("/v1/about")
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) >= 1
    assert problem(response, Refusal.BUSY).retry_after_ms >= 1_000


def test_a_fault_of_ours_is_answered_without_its_words(office, client, monkeypatch, caplog):
    def fail(*_: object) -> None:
        raise ZeroDivisionError("13800000000")

    monkeypatch.setattr(office[0].enrolment, "offer", fail)
    response = client.get("/v1/enrolments/K7QM")
    assert response.status_code == 500
    problem(response, Refusal.BROKEN)
    assert "13800000000" not in response.text + caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_whoever_applies_is_told_of_new_records(office, client, till, office_dsn):
    import psycopg

    with psycopg.connect(office_dsn, autocommit=True) as connection:
        connection.execute("LISTEN guitai_journal")
        till.write()
        threading.Timer(0.05, lambda: send(client, till, "POST", "/v1/journal", batches.pack(till.batch()))).start()
        assert list(connection.notifies(timeout=20, stop_after=1))


def test_a_question_of_the_feed_is_held_until_there_is_something(office, client, till):
    with office[0].database.transaction() as connection:
        publish_policy(connection, Policy(("points",)), NOW)
        epoch = epoch_of(connection)
    page = unpack_page(send(client, till, "GET", f"/v1/feed?epoch={epoch}&after=0").content)
    assert [row.kind for row in page.rows] == ["policy"]

    def publish() -> None:
        with office[0].database.transaction() as connection:
            publish_policy(connection, Policy(), NOW)

    threading.Timer(0.3, publish).start()
    target = f"/v1/feed?epoch={epoch}&after={page.through}&wait_ms=30000"
    held = unpack_page(send(client, till, "GET", target).content)
    assert [row.kind for row in held.rows] == ["policy"]
    problem(send(client, till, "GET", "/v1/feed?epoch=other&after=0"), Refusal.EPOCH)


def test_the_interface_is_described(client):
    described = client.get("/schema/openapi.json").json()
    paths = described["paths"]
    assert {
        "/v1/about",
        "/v1/enrolments",
        "/v1/enrolments/{code_id}",
        "/v1/journal",
        "/v1/feed",
        "/v1/snapshot",
        "/v1/snapshot/{sha256}",
        "/v1/days",
        "/v1/authorisations",
    } <= set(paths)
    assert JOURNAL in paths["/v1/journal"]["post"]["requestBody"]["content"]
    assert "409" in paths["/v1/journal"]["post"]["responses"]


def test_a_till_that_stands_beyond_all_that_was_said_shows_that_the_database_was_put_back(office, client, till):
    def ask(epoch: str, after: int) -> str:
        send(client, till, "GET", f"/v1/feed?epoch={epoch}&after={after}")
        with office[0].database.transaction() as connection:
            return epoch_of(connection)

    with office[0].database.transaction() as connection:
        first, last = epoch_of(connection), last_position(connection)
    assert ask(first, last) == first
    assert ask("another", last + 5) == first
    assert ask(first, last + 5) != first, "only rows that were published were lost, and all the same it is noticed"
    second = ask("another", 0)
    assert ask(second, last + 5) == second, "whoever makes it up does not have it begun over and over"


def test_two_tills_that_find_the_same_loss_begin_one_epoch(office):
    database = office[0].database
    begun: list[str] = []

    def second() -> None:
        with database.transaction() as connection:
            seen = epoch_of(connection)
            has_seen.set()
            assert may_go_on.wait(10)
            begun.append(begin_epoch(connection, after=seen, lost="never heard of"))

    has_seen, may_go_on = threading.Event(), threading.Event()
    thread = threading.Thread(target=second)
    with database.transaction() as connection:
        first = epoch_of(connection)
        thread.start()
        assert has_seen.wait(10)
        made = begin_epoch(connection, after=first)
        may_go_on.set()
    thread.join(10)
    assert begun == [made]
    assert made != first
    with database.transaction() as connection:
        again = begin_epoch(connection, after=made, lost=made)
        former = connection.execute("SELECT value FROM fact WHERE key = 'former_epochs'").fetchone()
        assert json.loads(former[0]) == [first, "never heard of", made], "each once"
        connection.execute("UPDATE fact SET value = %s WHERE key = 'epoch' AND value = %s", (made, again))
    with database.transaction() as connection:
        assert epoch_of(connection) == made
        for told in (first, "never heard of"):
            assert not is_lost(connection, told, made, has_record=False), "what was lost with it is known by now"
        assert is_lost(connection, "another", made, has_record=True)
