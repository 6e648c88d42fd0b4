"""A head office of a few lines, in memory: enough for a till to push to, follow and be cut off from."""

from __future__ import annotations

import threading
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pos_testkit.loopback import Asked, Said

from pos_app.domain.ledger.run_figures import run_figures
from sync.protocol.batch import unpack
from sync.protocol.chain import GENESIS, Head, hashes, receipt_statement
from sync.protocol.enrolment import is_proof, make_code, offer_proof, parse_code, request_proof, stretch
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.messages import (
    DayFigures,
    DayStatement,
    Enrolled,
    EnrolmentOffer,
    EnrolmentRequest,
    FeedPage,
    FeedRow,
    JournalAnswer,
    RecoveredPage,
    RecoveredRecord,
    SetAside,
    SpendAnswer,
    SpendRequest,
)
from sync.protocol.pages import pack_page
from sync.protocol.signing import verify_request


class SmallOffice:
    """Answers requests of one till as head office would.

    Attributes:
        payloads: What was accepted.
        people: Personal data that came beside it.
        rows: The feed; a row's place is its position.
        is_shut: Answers nothing but 503.
        busy_times: So many questions about spending are put off first.
        set_aside: What every answer says is set aside.
        lost: Records of a machine that is gone: whoever enrols is its successor.
        not_sent: How many more that machine said that it had.
        line_breaks: The line breaks while records come back, as soon as some are there.
        place: Time zone and first hour of the day of the store.
    """

    def __init__(self, till_key: bytes, now_ms: Callable[[], int]) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.till_key = till_key
        self.now_ms = now_ms
        self.epoch = "e1"
        self.payloads: list[bytes] = []
        self.people: list[bytes] = []
        self.rows: list[FeedRow] = []
        self.is_shut = False
        self.busy_times = 0
        self.set_aside: tuple[SetAside, ...] = ()
        self.lost: list[RecoveredRecord] = []
        self.not_sent = 0
        self.line_breaks = False
        self.place = ("Asia/Shanghai", 4)
        self.changed = threading.Condition()
        self.waits_s = 30.0
        self.asked: list[str] = []
        self.code = make_code(bytes(range(12)))
        self.ca_pem = ""
        self.applicant: EnrolmentRequest | None = None

    @property
    def public_key(self) -> bytes:
        """Head office's own."""
        return self.key.public_key().public_bytes_raw()

    def head(self) -> Head:
        """Where the till's journal stands here."""
        return Head(len(self.payloads), hashes(GENESIS.hash, self.payloads)[-1]) if self.payloads else GENESIS

    def tell(self, *rows: FeedRow) -> None:
        """Something changes."""
        with self.changed:
            self.rows += rows
            self.changed.notify_all()

    def __call__(self, asked: Asked) -> Said:
        """Answer a request."""
        try:
            if self.is_shut:
                raise RefusedError(Refusal.BUSY, "closed for a test")
            if asked.target.startswith("/v1/enrolments"):
                return Said(self._enrol(asked))
            signed = verify_request(
                asked.method,
                asked.target,
                asked.headers,
                asked.body,
                find_key=lambda _: self.till_key,
                now_ms=self.now_ms(),
            )
            parts = urlsplit(asked.target)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self.asked.append(f"{asked.method} {parts.path}")
            return Said(self._answer(asked, parts.path, query, signed.key_id.till, signed.key_id.incarnation))
        except RefusedError as error:
            return Said(msgspec.json.encode(error.problem), error.status)

    def _answer(self, asked: Asked, path: str, query: dict[str, str], till: str, incarnation: int) -> bytes:
        if path == "/v1/journal" and asked.method == "GET":
            return self._give_back(int(query["after"]), int(query["limit"]))
        if path == "/v1/journal":
            return self._accept(asked.body, till, incarnation)
        if path == "/v1/feed":
            return self._page(query)
        if path == "/v1/days":
            return self._day(int(query["first"]), int(query["last"]))
        if path == "/v1/authorisations":
            if self.busy_times:
                self.busy_times -= 1
                raise RefusedError(Refusal.BUSY, "not applied yet")
            request = msgspec.json.decode(asked.body, type=SpendRequest)
            granted = sum(each.amount for each in request.items) <= 100
            return msgspec.json.encode(SpendAnswer(request.authorisation_id, granted, available=(100,)))
        raise RefusedError(Refusal.NOT_FOUND)  # there is no snapshot: the feed begins at its beginning

    def _enrol(self, asked: Asked) -> bytes:
        parsed = parse_code(self.code)
        assert parsed is not None
        key = stretch(parsed[1], b"salt" * 4)
        if asked.method == "GET":
            return msgspec.json.encode(EnrolmentOffer(self.ca_pem, offer_proof(key, self.ca_pem), b"salt" * 4))
        request = msgspec.json.decode(asked.body, type=EnrolmentRequest)
        if not is_proof(request_proof(key, request.public_key, request.till), request.proof):
            raise RefusedError(Refusal.CODE)
        self.till_key = request.public_key
        self.applicant = request
        till, number = request.till or "till-new", request.number or 7
        facts = {"address": "滨江路 9 号"}
        enrolled = Enrolled(
            till, number, "S8", "江边店", request.incarnation, self.public_key, self.epoch, store_facts=facts
        )
        keys = {"card_key": b"card key of the shop", "pin_key": b"pin key of the shop"}
        zone, hour = self.place
        enrolled = msgspec.structs.replace(enrolled, time_zone=zone, day_starts_hour=hour, **keys)
        if self.lost:
            self.payloads = [each.payload for each in self.lost]
            before = {"till": "till-0001", "number": 1, "incarnation": 2, "predecessor": self.head()}
            enrolled = msgspec.structs.replace(enrolled, not_sent=self.not_sent, **before)
        return msgspec.json.encode(enrolled)

    def _give_back(self, after: int, limit: int) -> bytes:
        if self.line_breaks and after:
            raise RefusedError(Refusal.BUSY, "the line broke")
        some = self.lost[after : after + limit]
        ends = [GENESIS.hash, *hashes(GENESIS.hash, [each.payload for each in self.lost])]
        through = after + len(some)
        page = RecoveredPage(Head(after, ends[after]), tuple(some), Head(through, ends[through]))
        return msgspec.json.encode(page)

    def _accept(self, body: bytes, till: str, incarnation: int) -> bytes:
        batch = unpack(body)
        after = batch.header.before.seq
        with self.changed:
            if after > len(self.payloads):
                raise RefusedError(
                    Refusal.GAP, accepted=len(self.payloads), accepted_hash=self.head().hash, server_ms=self.now_ms()
                )
            if batch.payloads:
                last = hashes(batch.header.before.hash, batch.payloads)[-1]
                Ed25519PublicKey.from_public_bytes(self.till_key).verify(batch.header.signature, last)
            self.payloads += batch.payloads[len(self.payloads) - after :]
            self.people += [bytes(each.person) for each in batch.header.people]
            head = self.head()
            signature = self.key.sign(receipt_statement(self.epoch, till, incarnation, head))
            self.changed.notify_all()
        answer = JournalAnswer(self.epoch, head, head.seq, signature, set_aside=self.set_aside, server_ms=self.now_ms())
        return msgspec.json.encode(answer)

    def _page(self, query: dict[str, str]) -> bytes:
        after, limit, wait_s = int(query["after"]), int(query["limit"]), int(query["wait_ms"]) / 1000
        with self.changed:
            self.changed.wait_for(lambda: len(self.rows) > after, timeout=min(wait_s, self.waits_s))
            rows = tuple(self.rows[after : after + limit])
            through = after + len(rows)
            behind = len(self.rows) - through
        if query["epoch"] != self.epoch:
            raise RefusedError(Refusal.EPOCH, epoch=self.epoch)
        page = FeedPage(
            query["epoch"], after, through, rows, len(self.payloads), behind=behind, server_ms=self.now_ms()
        )
        return pack_page(page)

    def _day(self, first: int, last: int) -> bytes:
        chosen = self.payloads[first - 1 : last]
        figures = msgspec.convert(msgspec.to_builtins(run_figures(chosen)), DayFigures)
        end = first - 1 + len(chosen)
        digest = hashes(GENESIS.hash, self.payloads[:end])[-1]
        return msgspec.json.encode(DayStatement(first, end, digest, figures, figures))

    def wait_until(self, ready: Callable[[], bool], timeout_s: float = 20.0) -> None:
        """Wait for something that a till brings about."""
        with self.changed:
            assert self.changed.wait_for(ready, timeout=timeout_s)
