"""S8: what is shown is head office's row and the own records after it: each own record once, whatever comes when."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pos_testkit import told
from pos_testkit.till import RealTill, open_test_till, some_members, some_products

from pos_app.domain.ids import MemberId
from pos_app.domain.member import Member
from pos_app.infrastructure.replica.store import REPLICA_FILE, remove_database
from sync.protocol.messages import FeedRow

MEMBERS = some_members()[:4]
GOODS = some_products()
STEPS = 60


class Office:
    """Head office as far as points go: what it has of this till's records, what others did, and who is whom."""

    def __init__(self, till: RealTill) -> None:
        self.till = till
        self.own: list[tuple[int, MemberId, int]] = []
        self.others: dict[MemberId, int] = {}
        self.merged: dict[MemberId, MemberId] = {}
        self.applied = told.head(till)
        self.log: list[tuple[str, MemberId]] = []
        self.sent = 0

    def goes_on_as(self, member_id: MemberId) -> MemberId:
        while member_id in self.merged:
            member_id = self.merged[member_id]
        return member_id

    def balance(self, member_id: MemberId, through: int) -> int:
        """All that is known up to an own record."""
        ids = [each.member_id for each in MEMBERS if self.goes_on_as(each.member_id) == member_id]
        own = sum(count for seq, who, count in self.own if who in ids and seq <= through)
        return own + sum(self.others.get(each, 0) for each in ids)

    def changed(self, *rows: tuple[str, MemberId]) -> None:
        waiting = [row for row in self.log[self.sent :] if row not in rows]
        self.log[self.sent :] = [*waiting, *rows]

    def apply(self, through: int) -> None:
        who = {self.goes_on_as(each) for seq, each, _ in self.own if self.applied < seq <= through}
        self.applied = max(self.applied, through)
        self.changed(*(("account", each) for each in sorted(who)))

    def merge(self, loser: MemberId, winner: MemberId) -> None:
        loser, winner = self.goes_on_as(loser), self.goes_on_as(winner)
        if loser != winner:
            self.merged[loser] = winner
            self.changed(("account", winner), ("gone", loser), ("merge", loser))

    def row(self, kind: str, who: MemberId) -> FeedRow:
        """A change as it is now, which may be newer than when it was made."""
        if kind == "merge":
            return told.merge(who, self.merged[who])
        if kind == "gone" or who in self.merged:
            return FeedRow("account", who.hex)
        return told.points(who, self.balance(who, self.applied))

    def send(self, count: int) -> None:
        """The next rows, and only some of them."""
        rows = {(kind if kind != "gone" else "account", who): self.row(kind, who) for kind, who in self._next(count)}
        self.sent += min(count, len(self.log) - self.sent)
        told.say(self.till, *rows.values(), contains=self.applied, behind=len(self.log) - self.sent)

    def _next(self, count: int) -> list[tuple[str, MemberId]]:
        return self.log[self.sent : self.sent + count]

    def send_everything_anew(self) -> None:
        """To a till that lost its replica: all accounts and merges as they are now."""
        self.log = [("account", each.member_id) for each in MEMBERS if each.member_id not in self.merged]
        self.log += [("merge", loser) for loser in self.merged]
        self.sent = 0


def earn(till: RealTill, office: Office, who: Member) -> None:
    with till.ledger.read() as reader:
        if till.context.find_member(reader, who.member_id) is None:
            return  # turned out to be somebody else, before the replica was lost
    done = till.sell((GOODS[19], random.randint(1, 5)), member=who)
    member = done.sale.member
    assert member is not None
    gained = sum(each.points.count for each in member.earned) - sum(each.points.count for each in member.burned)
    office.own.append((done.seq, member.member_id, gained))


def expect(office: Office, till: RealTill, *, final: bool) -> None:
    today = till.context.today()
    for each in MEMBERS:
        account = told.shown(till, each.member_id)
        first = till.replica.reader.ids_of(each.member_id)
        base = till.replica.reader.base(first[0])
        there = sum(lot.available for lot in base.lots)
        after = [count for seq, who, count in office.own if who in first and seq > base.contains_seq]
        assert account.balance(today).count == there + sum(after), each.name
        assert account.own_records == len(after)
        if final:
            assert account.balance(today).count == office.balance(first[0], told.head(till))


@pytest.mark.parametrize("seed", range(12))
def test_every_own_record_counts_once_in_what_is_shown(tmp_path: Path, seed: int) -> None:
    random.seed(seed)
    till = open_test_till(tmp_path)
    office = Office(till)
    try:
        for _ in range(STEPS):
            match random.choice(("earn", "earn", "earn", "other", "apply", "apply", "send", "send", "merge", "lost")):
                case "earn":
                    earn(till, office, random.choice(MEMBERS))
                case "other":
                    who = office.goes_on_as(random.choice(MEMBERS).member_id)
                    office.others[who] = office.others.get(who, 0) + random.randint(1, 50)
                    office.changed(("account", who))
                case "apply":
                    office.apply(random.randint(office.applied, told.head(till)))
                case "send":
                    office.send(random.randint(0, 4))
                case "merge" if random.random() < 0.3:
                    office.merge(*(each.member_id for each in random.sample(MEMBERS, 2)))
                case "lost" if random.random() < 0.3:
                    till.close()
                    remove_database(tmp_path / REPLICA_FILE)
                    ids, till = till.ids, open_test_till(tmp_path)
                    till.ids, office.till = ids, till
                    office.send_everything_anew()
                case _:
                    pass
            expect(office, till, final=False)
        office.apply(told.head(till))
        while office.sent < len(office.log):
            office.send(3)
            expect(office, till, final=False)
        expect(office, till, final=True)
    finally:
        till.close()
