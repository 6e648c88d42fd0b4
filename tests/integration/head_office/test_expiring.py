"""Head office books what expires, for all tills: once, not before it is certain, and never what is held."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from pos_testkit import builders
from pos_testkit.office_till import Office
from pos_testkit.pure_till import Till
from pos_testkit.till import some_members
from pos_testkit.till_life import programme

from pos_app.domain.ids import LotId
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.ledger.moves import Move, Purpose, move_postings
from pos_app.domain.ledger.postings import SAFE, Asset, entry
from pos_app.domain.ledger.reward_bodies import Rewarded
from pos_app.domain.member import LotExpired
from pos_app.domain.points import Points
from sync.head_office import expiring, expiry_rules
from sync.head_office.audit import audit
from sync.head_office.authorising import answer_spend
from sync.head_office.database import Database
from sync.head_office.expiry_rules import WAIT_DAYS
from sync.head_office.openings import Opening, take_over
from sync.protocol.messages import SpendItem, SpendRequest

ANNA = some_members()[0]
FIRST = builders.TODAY
LAST = FIRST + dt.timedelta(days=9)


def day(number: int) -> dt.date:
    """Days after the last one."""
    return LAST + dt.timedelta(days=number)


def noon(on: dt.date) -> int:
    return int(dt.datetime.combine(on, dt.time(12), ZoneInfo("Asia/Shanghai")).timestamp() * 1000)


class Shop:
    """A head office with Anna's imported points, and tills."""

    def __init__(self, database: Database) -> None:
        self.office = Office(database, now_ms=noon(FIRST))
        self.tills: dict[str, Till] = {}
        with database.transaction() as connection:
            opening = Opening(ANNA, Points(50), LAST)
            assert take_over(connection, [opening], "S001", FIRST, self.office.now_ms) == 1
        self.office.apply()
        (lot,) = self.office.base(ANNA.member_id).lots
        self.lot: LotId = lot.lot_id

    def till(self, name: str) -> Till:
        """A till that is enrolled."""
        self.office.enrol(name, len(self.tills) + 1)
        till = self.tills[name] = Till(programme())
        till.name, till.ids = name, builders.Ids(seed=len(self.tills))
        return till

    def send(self, till: Till, *, at: dt.date, waiting: int = 0) -> None:
        """Its records go up, or only its word that there are none; the clock moves to that day."""
        self.office.now_ms = noon(at)
        sent = self.office.sent[till.name]
        self.office.accept(till.name, [each.payload for each in till.records[sent:]])
        self.all_said(till.name, waiting)
        self.office.apply()

    def all_said(self, name: str, waiting: int) -> None:
        with self.office.database.transaction() as connection:
            connection.execute(
                "UPDATE life SET seen_ms = %s, waiting = %s WHERE till = %s", (self.office.now_ms, waiting, name)
            )

    def expire(self, on: dt.date) -> int:
        self.office.now_ms = noon(on)
        return self.office.expire()

    def points(self) -> int:
        return sum(lot.available for lot in self.office.base(ANNA.member_id).lots)

    def expired(self) -> tuple[LotExpired, ...]:
        return self.office.base(ANNA.member_id).expired

    def is_right(self) -> bool:
        with self.office.database.transaction() as connection:
            return audit(connection).wrong == ()


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


def give(till: Till, asset: Asset, amount: int, lot: LotId, on: dt.date) -> None:
    till.today = on
    purpose = Purpose.ISSUED if amount > 0 else Purpose.REDEEMED
    move = Move(asset, ANNA.member_id, lot, amount, purpose, made_on=FIRST, expires_on=LAST, makes_lot=amount > 0)
    postings = move_postings((move,))
    fen = sum(each.amount for each in postings if each.asset is Asset.FEN)
    postings += entry(Asset.FEN, SAFE, -fen)
    till.book(RecordKind.MEMBER_REWARDED, Rewarded("goodwill", (), (move,)), postings, ANNA.member_id)


def test_what_was_imported_is_booked_the_day_after_its_last_one_and_once(shop: Shop) -> None:
    assert shop.expire(LAST) == 0
    assert shop.points() == 50
    assert shop.expire(day(1)) == 1
    assert (shop.points(), shop.expired()) == (0, (LotExpired(shop.lot, 50, LAST),))
    assert shop.expire(day(1)) == 0
    assert shop.expire(day(100)) == 0
    assert shop.office.one("SELECT sum(amount) FROM posting WHERE account = 'company:points_expired'") == (50,)
    assert shop.is_right()


def test_it_waits_for_a_till_that_may_have_spent_of_it(shop: Shop) -> None:
    till = shop.till("T1")
    give(till, Asset.POINTS, -20, shop.lot, LAST)
    assert shop.expire(day(1)) == 0, "never heard of"
    shop.send(till, at=LAST)
    assert shop.expire(day(1)) == 0, "more of that day may come"
    assert shop.points() == 30
    shop.send(till, at=day(1), waiting=3)
    assert shop.expire(day(1)) == 0, "three records are under way"
    shop.send(till, at=day(1))
    assert shop.expire(day(1)) == 1
    assert shop.expired() == (LotExpired(shop.lot, 30, LAST),)
    assert shop.is_right()


def test_a_record_of_a_later_day_says_that_all_before_it_is_here(shop: Shop) -> None:
    till = shop.till("T1")
    give(till, Asset.COUPON, 1, LotId(uuid4()), day(1))
    shop.send(till, at=day(1), waiting=7)
    shop.expire(day(1))
    assert shop.points() == 0


def test_a_till_is_not_past_a_day_by_our_clock_alone(shop: Shop) -> None:
    till = shop.till("T1")
    shop.send(till, at=day(1))
    with shop.office.database.transaction() as connection:
        connection.execute("UPDATE life SET clock_off_ms = %s WHERE till = 'T1'", (-36 * 3_600_000,))
    assert shop.expire(day(1)) == 0


@pytest.mark.parametrize("state", ["revoked", "lost"])
def test_who_can_send_nothing_any_more_is_not_waited_for(shop: Shop, state: str) -> None:
    shop.till("T1")
    with shop.office.database.transaction() as connection:
        connection.execute("UPDATE till SET state = %s WHERE till = 'T1'", (state,))
    assert shop.expire(day(1)) == 1


def test_a_silent_till_is_waited_for_thirty_days(shop: Shop) -> None:
    till = shop.till("T1")
    give(till, Asset.POINTS, -20, shop.lot, LAST)
    assert shop.expire(day(WAIT_DAYS)) == 0
    assert shop.expire(day(WAIT_DAYS + 1)) == 1
    assert shop.points() == 0
    shop.send(till, at=day(WAIT_DAYS + 2))
    base = shop.office.base(ANNA.member_id)
    assert (base.receivable, base.expired) == (0, (LotExpired(shop.lot, 30, LAST),)), "spent in time, so it was theirs"
    assert shop.office.all("SELECT code FROM attention") == []
    assert shop.office.one("SELECT sum(amount) FROM posting WHERE account = 'company:points_expired'") == (30,)
    assert shop.is_right()


def test_what_is_held_is_left_until_it_is_settled(shop: Shop) -> None:
    till = shop.till("T1")
    shop.office.now_ms = noon(LAST)
    request = SpendRequest(uuid4(), (SpendItem(ANNA.member_id, "points", shop.lot, 20),), 0)
    with shop.office.database.transaction() as connection:
        assert answer_spend(connection, "T1", 1, request, shop.office.now_ms).granted
    shop.send(till, at=day(1))
    assert shop.expire(day(1)) == 1
    assert shop.points() == 20
    assert shop.expire(day(2)) == 0
    with shop.office.database.transaction() as connection:
        connection.execute("DELETE FROM hold")
    shop.send(till, at=day(3))
    assert shop.expire(day(3)) == 1
    assert (shop.points(), shop.expired()) == (0, (LotExpired(shop.lot, 50, LAST),))
    assert shop.is_right()


def test_holdings_of_all_kinds_expire_as_well(shop: Shop) -> None:
    till = shop.till("T1")
    lots = [LotId(uuid4()) for _ in range(4)]
    for lot, asset in zip(lots, (Asset.PRINCIPAL, Asset.BONUS, Asset.COUPON, Asset.USE), strict=True):
        give(till, asset, 3, lot, FIRST)
    shop.send(till, at=FIRST)
    shop.send(till, at=day(1))
    assert shop.expire(day(1)) == 2
    base = shop.office.base(ANNA.member_id)
    assert base.wallet == ()
    assert {each.lot_id for each in base.expired} == {shop.lot, *lots}
    assert shop.is_right()


def test_many_are_booked_in_small_records_chunk_by_chunk(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expiry_rules, "BATCH", 3)
    monkeypatch.setattr(expiring, "_MOST", 5)
    monkeypatch.setattr(expiring, "_PAGE", 2)
    office = Office(database, now_ms=noon(FIRST))
    people = [builders.member(n) for n in range(1, 13)]
    with database.transaction() as connection:
        take_over(connection, [Opening(each, Points(7), LAST) for each in people], "S001", FIRST, office.now_ms)
    office.apply()
    office.now_ms = noon(day(1))
    assert office.expire() == 5  # five and five, in records of three and two; then two
    assert all(office.base(each.member_id).lots == () for each in people)


def test_a_database_of_before_is_looked_through_once(shop: Shop) -> None:
    till = shop.till("T1")
    give(till, Asset.COUPON, 1, LotId(uuid4()), FIRST)
    shop.send(till, at=FIRST)
    assert shop.office.all("SELECT DISTINCT ends_on FROM account WHERE ends_on IS NOT NULL") == [(LAST,)]
    step = Path(expiring.__file__).parent / "migrations" / "versions" / "0002_expiry.sql"
    with psycopg.connect(shop.office.database.dsn) as connection:
        before = connection.execute("SELECT member, ends_on FROM account ORDER BY member").fetchall()
        connection.execute("ALTER TABLE account DROP COLUMN ends_on")
        connection.execute(step.read_bytes())
        assert connection.execute("SELECT member, ends_on FROM account ORDER BY member").fetchall() == before
