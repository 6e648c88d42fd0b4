"""A second pair of books, by code of its own: raw journal bytes in, what everybody has and owes out.

It knows JSON and the names of accounts, and nothing of the folds. Of one lot it keeps one figure: what waits and what
can be spent together.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

_MEMBER = "member:"
_OWED = "member:receivable"
_POINTS = "points"
_BACK = frozenset({"sale.refunded", "sale.voided"})
_EXPIRIES = frozenset({"points.expired", "holdings.expired"})


class AuditError(Exception):
    """The books cannot be right."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(f"{code}: {what}")
        self.code, self.what = code, what


def surplus_lot(member: str) -> str:
    """Where points go that repaid a debt which was repaid before: an id that follows from the member's."""
    parent = int(member, 16)
    noise = hashlib.sha256(b"guitai/derived/1\x00" + parent.to_bytes(16, "big") + b"surplus/0").digest()[:10]
    bits = int.from_bytes(noise, "big")
    high = parent >> 80 << 16 | 0x7000 | bits >> 68 & 0x0FFF
    return str(UUID(int=high << 64 | 0x8000_0000_0000_0000 | bits & 0x3FFF_FFFF_FFFF_FFFF))


@dataclass
class Person:
    """One account.

    Attributes:
        lots: By asset and lot.
        owed: By asset; of everything but points by lot.
        plain: The sum of all postings, by asset: what is there less what is owed, whatever the order was.
        overdrawn: What was spent that was not there, by asset, in all.
        expired: By asset and lot, what expired.
    """

    lots: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    owed: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    plain: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    overdrawn: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    expired: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    def has(self, asset: str) -> int:
        """What lies in all lots."""
        return sum(amount for (of, _), amount in self.lots.items() if of == asset)

    def owes(self, asset: str) -> int:
        """What is owed."""
        return sum(amount for (of, _), amount in self.owed.items() if of == asset)


class Auditor:
    """Books of its own, record by record in the order in which head office says it applied them."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = defaultdict(Person)
        self.seen: dict[str, bytes] = {}
        self.merged: dict[str, str] = {}
        self.last_days: dict[str, str] = {}
        self.back: dict[tuple[str, int], int] = defaultdict(int)
        self.sold: dict[tuple[str, int], int] = {}

    def root(self, member: str) -> str:
        """Who a member is by now."""
        while member in self.merged:
            member = self.merged[member]
        return member

    def merge(self, loser: str, winner: str) -> None:
        """Two turned out to be one."""
        loser, winner = self.root(loser), self.root(winner)
        if loser == winner:
            raise AuditError("S7", f"{loser} is merged into itself")
        self.merged[loser] = winner
        gone, goes_on = self.people.pop(loser, Person()), self.people[winner]
        for name in ("lots", "owed", "plain", "overdrawn", "expired"):
            there = getattr(goes_on, name)
            for key, amount in getattr(gone, name).items():
                there[key] += amount

    def apply(self, payload: bytes) -> set[str]:
        """Enter a record; returns whose accounts it changed. A record that was entered before changes nothing."""
        said = json.loads(payload)
        if said["id"] in self.seen:
            if self.seen[said["id"]] != payload:
                raise AuditError("L6", f"two contents of {said['id']}")
            return set()
        self.seen[said["id"]] = payload
        sums: dict[str, int] = defaultdict(int)
        touched: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for posting in said["postings"]:
            asset, account, amount = posting["asset"], posting["account"], posting["amount"]
            sums[asset] += amount
            if not account.startswith(_MEMBER):
                continue
            member = self.root(posting["member_id"].replace("-", ""))
            person = self.people[member]
            lot = (asset, posting.get("lot_id") or "")
            person.plain[asset] += amount
            if account == _OWED:
                key = (asset, "") if asset == _POINTS else lot
                person.owed[key] -= amount
                touched[member].add(key)
            else:
                person.lots[lot] += amount
                touched[member].add(lot)
                if said["kind"] in _EXPIRIES:
                    person.expired[lot] -= amount
        if any(sums.values()):
            raise AuditError("L1", f"{said['kind']} {said['id']} does not balance")
        is_expiry = said["kind"] in _EXPIRIES
        if is_expiry:
            gone = (*said["body"].get("lots", ()), *said["body"].get("moves", ()))
            self.last_days |= {each["lot_id"]: each["expires_on"] for each in gone}
        for member, keys in touched.items():
            self._even_out(member, keys, "" if is_expiry or said["kind"] in _BACK else said["business_date"], is_expiry)
        self._goods(said)
        return set(touched)

    def _even_out(self, member: str, keys: set[tuple[str, str]], on: str, is_expiry: bool) -> None:
        """A lot below zero is empty, and so much more is owed; less than nothing is owed by nobody.

        What was spent by its last day did not expire, whichever came first, and is no debt.
        """
        person = self.people[member]
        for asset, lot in keys:
            there = person.lots[asset, lot]
            if there < 0 and on <= self.last_days.get(lot, ""):
                back = -there if is_expiry else min(-there, person.expired[asset, lot])
                person.expired[asset, lot] -= back
                person.lots[asset, lot] += back
                person.plain[asset] += back
                there += back
            if there < 0:
                person.lots[asset, lot] = 0
                person.owed[asset, "" if asset == _POINTS else lot] -= there
                person.overdrawn[asset] -= there
        for asset, lot in keys | {(_POINTS, "")}:
            owed = person.owed[asset, lot]
            if owed < 0:
                person.owed[asset, lot] = 0
                person.lots[asset, lot if asset != _POINTS else surplus_lot(member)] -= owed

    def _goods(self, said: dict) -> None:
        """L7: of a sale no more comes back than was sold."""
        body = said["body"]
        if said["kind"] == "sale.completed":
            for line in body["lines"]:
                self.sold[body["sale_id"], line["line_no"]] = line["quantity"]
        elif said["kind"] in {"sale.refunded", "sale.voided"}:
            for line in body["lines"]:
                key = (body["sale_id"], line["line_no"])
                self.back[key] += line["quantity"]
                if key not in self.sold:
                    raise AuditError("S5", f"the refund of a sale that is not applied: {said['id']}")
                if self.back[key] > self.sold[key]:
                    raise AuditError("L7", f"more came back than was sold: {said['id']}")


def plain_sums(payloads: Iterable[bytes], merged: dict[str, str], member: str) -> tuple[Person, bool]:
    """What a set of records comes to for one member, each counted once, and whether anything expired in them."""
    seen: set[str] = set()
    person, has_expired = Person(), False
    for payload in payloads:
        said = json.loads(payload)
        if said["id"] in seen:
            continue
        seen.add(said["id"])
        has_expired |= said["kind"] in _EXPIRIES
        for posting in said["postings"]:
            who = (posting.get("member_id") or "").replace("-", "")
            while who in merged:
                who = merged[who]
            if who == member and posting["account"].startswith(_MEMBER):
                person.plain[posting["asset"]] += posting["amount"]
    return person, has_expired
