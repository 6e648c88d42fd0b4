"""What the till's end of the wire does with whatever a server may answer."""

from __future__ import annotations

import gc
import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pos_testkit.loopback import Asked, Loopback, Said, authority, loopback

from sync.client.enrolling import Applicant, enrol, read_address
from sync.client.events import FetchPage
from sync.client.state import Cursor
from sync.client.transport import Endpoint, Line, UnreachableError, pinned
from sync.protocol.batch import BatchHeader, unpack
from sync.protocol.chain import GENESIS, Head, receipt_statement
from sync.protocol.enrolment import is_proof, make_code, offer_proof, parse_code, request_proof, stretch
from sync.protocol.errors import Problem, Refusal, RefusedError
from sync.protocol.messages import (
    DayFigures,
    DayStatement,
    Enrolled,
    EnrolmentOffer,
    EnrolmentRequest,
    FeedPage,
    FeedRow,
    JournalAnswer,
    Manifest,
    SignedManifest,
)
from sync.protocol.pages import pack_chunk, pack_page
from sync.protocol.signing import KeyId, verify_request

TILL, OFFICE = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
KEY = KeyId("till-1", 1)
HEAD = Head(1, b"h" * 32)
NOW = 1_800_000_000_000
QUESTION = FetchPage(1, Cursor("e1", 7), 100, 0)
HEADER = BatchHeader("till-1", 1, GENESIS, 1, signature=b"s" * 64)


def line_to(server: Loopback, *, ca_pem: str = "", offset_ms: int = 0) -> Line:
    office = OFFICE.public_key().public_bytes_raw()
    endpoint = Endpoint(server.address, ca_pem or server.ca_pem, office, KEY, "0.1")
    return Line(endpoint, sign=TILL.sign, wall_ms=lambda: NOW, offset_ms=lambda: offset_ms)


def refused(call: Callable[[], object]) -> Problem:
    with pytest.raises(RefusedError) as found:
        call()
    return found.value.problem


def unreachable(call: Callable[[], object]) -> str:
    with pytest.raises(UnreachableError) as found:
        call()
    return found.value.reason


def signed_answer(key: Ed25519PrivateKey = OFFICE) -> bytes:
    signature = key.sign(receipt_statement("e1", KEY.till, KEY.incarnation, HEAD))
    return msgspec.json.encode(JournalAnswer("e1", HEAD, 1, signature))


def check(asked: Asked, *, now_ms: int = NOW) -> None:
    key = TILL.public_key().public_bytes_raw()
    verify_request(asked.method, asked.target, asked.headers, asked.body, find_key=lambda _: key, now_ms=now_ms)


def test_a_batch_arrives_whole_and_signed_and_its_answer_is_read() -> None:
    with loopback(lambda _: Said(signed_answer())) as server:
        line = line_to(server)
        assert line.push(HEADER, (b"{}",)).accepted == HEAD
        line.close()
    (asked,) = server.asked
    check(asked)
    assert unpack(asked.body).payloads == (b"{}",)
    assert asked.headers["Guitai-Protocol"] == "1"


def test_what_head_office_did_not_sign_is_no_answer() -> None:
    with loopback(lambda _: Said(signed_answer(TILL))) as server:
        line = line_to(server)
        assert unreachable(lambda: line.push(HEADER, (b"{}",))) == "sync.not_vouched"
        line.close()


def test_another_authority_is_not_trusted_and_gets_nothing() -> None:
    with loopback(lambda _: Said(signed_answer())) as server, loopback(lambda _: Said()) as other:
        line = line_to(server, ca_pem=other.ca_pem)
        assert unreachable(lambda: line.push(HEADER, (b"{}",))) == "sync.not_vouched"
        line.close()
    assert server.asked == []


def test_requests_are_signed_by_head_offices_clock_and_share_a_connection() -> None:
    page = pack_page(FeedPage("e1", 7, 8, (FeedRow("person", "x"),), 0))
    with loopback(lambda _: Said(page)) as server:
        line = line_to(server, offset_ms=86_400_000)
        assert line.page(QUESTION).through == 8
        line.page(QUESTION)
        line.close()
    first, second = server.asked
    check(first, now_ms=NOW + 86_400_000)
    assert first.target == "/v1/feed?epoch=e1&after=7&limit=100&wait_ms=0"
    assert first.peer == second.peer
    assert first.headers["Signature-Input"] != second.headers["Signature-Input"]  # a number used once


def test_a_refusal_keeps_its_words() -> None:
    told = Problem("sync.gap", "", 3, b"h" * 32, 99)
    with loopback(lambda _: Said(msgspec.json.encode(told), 409)) as server:
        line = line_to(server)
        assert refused(lambda: line.push(HEADER, (b"{}",))) == told
        line.close()


@pytest.mark.parametrize(
    ("said", "code", "waits_ms"),
    [
        (Said(b"<html>busy</html>", 503, {"Retry-After": "7"}), Refusal.BUSY, 7_000),
        (Said(b"", 429, {"Retry-After": "Mon, 01 Jan"}), Refusal.BUSY, 0),
        (Said(b"oops", 502), Refusal.BROKEN, 0),
        (Said(b"", 302, {"Location": "https://example.com/"}), Refusal.BROKEN, 0),
        (Said(b'{"code":"sync.of_later"}', 418), Refusal.BROKEN, 0),
    ],
)
def test_what_stands_between_is_understood_by_its_status(said: Said, code: Refusal, waits_ms: int) -> None:
    with loopback(lambda _: said) as server:
        line = line_to(server)
        problem = refused(lambda: line.day(1, 2))
        assert (problem.code, problem.retry_after_ms) == (code.value, waits_ms)
        line.close()
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "said",
    [
        Said(b"{", length=500),  # cut in the middle
        Said(b"x" * (9 << 20)),  # longer than an answer may be
        Said(b'{"first": "one"}'),
        Said(b"\xff\xfe"),
    ],
)
def test_an_answer_that_cannot_be_used_is_none(said: Said) -> None:
    with loopback(lambda _: said) as server:
        line = line_to(server)
        assert unreachable(lambda: line.day(1, 2)) in ("sync.offline", "sync.broken")
        line.close()


def test_a_line_goes_on_after_a_cut() -> None:
    statement = msgspec.json.encode(DayStatement(1, 2, b"", DayFigures(), DayFigures()))
    answers = [Said(b"{", length=500), Said(statement)]
    with loopback(lambda _: answers.pop(0)) as server:
        line = line_to(server)
        assert unreachable(lambda: line.day(1, 2)) == "sync.offline"
        assert line.day(1, 2).last == 2
        line.close()


def test_nobody_there_is_offline() -> None:
    with loopback(lambda _: Said()) as server:
        line = line_to(server)
    assert unreachable(lambda: line.day(1, 2)) == "sync.offline"
    line.close()


def test_pages_chunks_and_manifests_are_checked() -> None:
    name, data = pack_chunk((FeedRow("person", "x"),))
    manifest = msgspec.json.encode(Manifest("e1", 5, 1, {}, 1, (), (name,)))
    good = msgspec.json.encode(SignedManifest(manifest, OFFICE.sign(manifest)))
    bad = msgspec.json.encode(SignedManifest(manifest, TILL.sign(manifest)))
    damaged = bytearray(data)
    damaged[-1] ^= 1
    answers = [good, bad, data, bytes(damaged), data + b"x", b"no page"]
    with loopback(lambda _: Said(answers.pop(0))) as server:
        line = line_to(server)
        assert line.manifest().members == (name,)
        assert unreachable(line.manifest) == "sync.not_vouched"
        assert line.chunk(name) == (FeedRow("person", "x"),)
        for _ in range(2):
            assert unreachable(lambda: line.chunk(name)) == "sync.broken"
        assert unreachable(lambda: line.page(QUESTION)) == "sync.broken"
        line.close()


def test_a_question_that_waits_ends_when_the_till_hangs_up() -> None:
    arrived, release = threading.Event(), threading.Event()

    def wait(_: Asked) -> Said:
        arrived.set()
        release.wait(30)
        return Said()

    with loopback(wait) as server:
        line = line_to(server)
        found: list[str] = []
        thread = threading.Thread(target=lambda: found.append(unreachable(lambda: line.page(QUESTION))))
        thread.start()
        assert arrived.wait(10)
        begun = time.monotonic()
        line.hang_up()
        thread.join(10)
        assert found == ["sync.offline"]
        assert time.monotonic() - begun < 5  # and not after the twenty seconds that it would have waited
        assert unreachable(lambda: line.day(1, 2)) == "sync.offline"
        release.set()
        line.close()
    assert len(server.asked) == 1


# Enrolment


def test_who_is_gone_before_tls_begins_leaves_no_open_socket(tmp_path: Path) -> None:
    ca_pem, _ = authority(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as server:
        caller = socket.create_connection(server.getsockname())
        taken, _ = server.accept()
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        taken.close()  # with a reset
        assert select.select([caller], [], [], 10)[0]
        with pytest.raises(ConnectionResetError):
            pinned(ca_pem).wrap_socket(caller, server_hostname="127.0.0.1")
    gc.collect()  # a socket that is left open says so here


class Office:
    """The enrolling side of a head office."""

    def __init__(self) -> None:
        self.code = make_code(bytes(range(12)))
        self.salt = b"salt" * 4
        self.ca_pem = ""
        self.offered = ""
        self.taken: EnrolmentRequest | None = None

    def __call__(self, asked: Asked) -> Said:
        parsed = parse_code(self.code)
        assert parsed is not None
        key = stretch(parsed[1], self.salt)
        if asked.method == "GET":
            offer = EnrolmentOffer(self.offered or self.ca_pem, offer_proof(key, self.ca_pem), self.salt)
            return Said(msgspec.json.encode(offer))
        self.taken = msgspec.json.decode(asked.body, type=EnrolmentRequest)
        assert is_proof(request_proof(key, self.taken.public_key, self.taken.till), self.taken.proof)
        return Said(msgspec.json.encode(Enrolled("till-9", 9, "S1", "Shop", 1, b"k" * 32, "e1")))


def test_a_till_is_taken_in_by_who_knows_its_code() -> None:
    office = Office()
    with loopback(office) as server:
        office.ca_pem = server.ca_pem
        taken = enrol(server.address, office.code.lower().replace("-", " "), Applicant(b"p" * 32, software="0.1"))
    assert (taken.enrolled.till, taken.ca_pem, taken.address) == ("till-9", server.ca_pem, server.address)
    assert office.taken is not None
    assert (office.taken.public_key, office.taken.software) == (b"p" * 32, "0.1")
    assert office.code[-4:].encode() not in server.asked[0].target.encode()  # the secret stays here
    assert office.code[-4:].encode() not in server.asked[1].body


def test_who_does_not_know_the_code_is_not_joined() -> None:
    office = Office()
    with loopback(office) as server, loopback(lambda _: Said()) as other:
        office.ca_pem, office.offered = server.ca_pem, other.ca_pem
        problem = refused(lambda: enrol(server.address, office.code, Applicant(b"p" * 32)))
        assert problem.code == "sync.code"
        office.offered = ""
        slip = office.code[:-1] + ("0" if office.code[-1] != "0" else "1")
        assert refused(lambda: enrol(server.address, slip, Applicant(b"p" * 32))).code == "sync.code"
        assert refused(lambda: enrol(server.address, "K7QM", Applicant(b"p" * 32))).code == "sync.code"
    assert office.taken is None
    with loopback(lambda _: Said(b"<html>hello</html>")) as server:
        assert unreachable(lambda: enrol(server.address, office.code, Applicant(b"p" * 32))) == "sync.not_vouched"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("127.0.0.1", "https://127.0.0.1:8443"),
        (" https://office.example.com:444/ ", "https://office.example.com:444"),
        ("[::1]:9", "https://[::1]:9"),
        ("http://office.example.com", None),
        ("office example", None),
        ("office.example.com:99999", None),
        ("", None),
    ],
)
def test_addresses(typed: str, address: str | None) -> None:
    assert read_address(typed) == address
