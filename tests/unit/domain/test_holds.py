"""What head office allows is there, once, whoever asks, however often and in whatever order."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import hypothesis.strategies as st
import msgspec
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from pos_testkit import builders as build
from pos_testkit.pure_till import Till

from pos_app.domain.ids import LotId
from pos_app.domain.ledger.bodies import ValueMoved
from pos_app.domain.ledger.holds import GIVEN_UP, Authorisations, Declined, Granted, HoldState, authorise
from pos_app.domain.ledger.journal import RecordKind, read_payload
from pos_app.domain.ledger.lots import NO_BASE, Base
from pos_app.domain.ledger.moves import Move, Purpose, move_postings
from pos_app.domain.ledger.office_books import OfficeBooks
from pos_app.domain.ledger.outcomes import AlreadyThere, Applied, Incoming, read_incoming
from pos_app.domain.ledger.postings import SAFE, Asset, entry
from pos_app.domain.ledger.reward_bodies import Rewarded
from pos_app.domain.ledger.spends import Spend
from pos_app.domain.wallet import Holding

ANNA = build.member_id(1)
TODAY = build.TODAY
LOTS = {
    build.lot_id(1): (Asset.POINTS, 100),
    build.lot_id(2): (Asset.POINTS, 40),
    build.lot_id(3): (Asset.PRINCIPAL, 5_000),
    build.lot_id(4): (Asset.COUPON, 1),
}
ACCOUNT = Base(
    lots=(build.lot(1, 100), build.lot(2, 40, expires_on=TODAY)),
    wallet=(
        Holding(Asset.PRINCIPAL, build.lot_id(3), 5_000, "ladder", TODAY),
        Holding(Asset.COUPON, build.lot_id(4), 1, "ten-off", TODAY),
    ),
)


def spend(lot: int, amount: int, asset: Asset | None = None) -> Spend:
    lot_id = build.lot_id(lot)
    return Spend(ANNA, asset or LOTS[lot_id][0], lot_id, amount)


def asked(*items: Spend, account: Base = ACCOUNT, held=None, today: dt.date = TODAY) -> Granted | Declined:
    return authorise(items, {ANNA: account}, held or {}, today)


def test_what_is_there_is_granted_and_what_is_not_is_declined_with_what_there_is():
    assert asked(spend(1, 60), spend(1, 40)) == Granted((spend(1, 100),))
    assert asked(spend(1, 60), spend(1, 41)) == Declined("spend.too_little", (100, 100))
    assert asked(spend(1, 101), spend(3, 1)) == Declined("spend.too_little", (100, 5_000))
    assert asked(spend(4, 1), held={(ANNA, build.lot_id(4)): 1}) == Declined("spend.too_little", (0,))
    assert asked(spend(2, 1), today=TODAY + dt.timedelta(days=1)) == Declined("spend.over", (0,))
    assert asked(spend(3, 1), today=TODAY - dt.timedelta(days=1)) == Declined("spend.over", (0,))
    assert asked(spend(4, 1, Asset.USE)) == Declined("spend.too_little", (0,))
    assert authorise((spend(1, 1),), {}, {}, TODAY) == Declined("spend.too_little", (0,))
    for wrong in ((), (spend(1, 0),), (spend(1, 1, Asset.TERM),), (spend(3, 1), spend(3, 1, Asset.BONUS))):
        assert asked(*wrong) == Declined("spend.wrong")


def test_what_is_owed_is_not_there_to_be_spent():
    owing = msgspec.structs.replace(
        ACCOUNT, receivable=30, owed=(Holding(Asset.PRINCIPAL, build.lot_id(9), 4_000, "ladder", TODAY),)
    )
    assert asked(spend(1, 100), account=owing) == Granted((spend(1, 100),))
    assert asked(spend(1, 100), spend(2, 11), account=owing) == Declined("spend.too_little", (100, 40))
    held = {(ANNA, build.lot_id(2)): 20}
    assert asked(spend(1, 91), account=owing, held=held) == Declined("spend.too_little", (90,))
    assert asked(spend(3, 1_001), account=owing) == Declined("spend.too_little", (1_000,))
    assert asked(spend(3, 1_000), account=owing) == Granted((spend(3, 1_000),))


def test_an_id_belongs_to_the_till_that_asked_first():
    book = Authorisations()
    one = build.some_uuid(1)
    assert book.ask(one, "T1", (spend(4, 1),), lambda _: ACCOUNT, TODAY) == Granted((spend(4, 1),))
    assert book.ask(one, "T2", (spend(4, 1),), lambda _: ACCOUNT, TODAY) == Declined("spend.wrong")
    book.release("T2", (one,))
    assert book.held(ANNA, build.lot_id(4)) == 1
    assert book.ask(one, "T1", (spend(4, 1),), lambda _: NO_BASE, TODAY) == Granted((spend(4, 1),))
    book.moved(ANNA, build.member_id(2))
    assert (book.held(ANNA, build.lot_id(4)), book.held(build.member_id(2), build.lot_id(4))) == (0, 1)
    book.release("T1", (one,))
    assert book.held(build.member_id(2), build.lot_id(4)) == 0


def test_a_question_that_comes_after_it_was_given_up_is_declined():
    book = Authorisations()
    one = build.some_uuid(1)
    book.release("T1", (one,))
    assert book.ask(one, "T1", (spend(4, 1),), lambda _: ACCOUNT, TODAY) == GIVEN_UP
    assert book.held(ANNA, build.lot_id(4)) == 0


class Leases(RuleBasedStateMachine):
    """Tills ask, sell what they were granted, give up, and their records come late, twice, and after others'."""

    def __init__(self) -> None:
        super().__init__()
        self.books = OfficeBooks()
        self.book = Authorisations()
        self.tills = {name: Till(build.programme()) for name in ("T1", "T2", "T3")}
        for n, till in enumerate(self.tills.values()):
            till.ids = build.Ids(seed=n + 1)
        self.answers: dict[UUID, Granted | Declined] = {}
        self.open: dict[UUID, str] = {}
        self.on_the_way: list[tuple[str, Incoming]] = []
        self.spent: dict[LotId, int] = {}
        self.count = 100

    @initialize()
    def given(self) -> None:
        moves = tuple(
            Move(asset, ANNA, lot_id, amount, Purpose.ISSUED, made_on=TODAY, makes_lot=True)
            for lot_id, (asset, amount) in LOTS.items()
        )
        self._send("T1", RecordKind.MEMBER_REWARDED, Rewarded("goodwill", (), moves), moves)
        self._arrive(0)

    def _send(self, name: str, kind: RecordKind, body: msgspec.Struct, moves: tuple[Move, ...]) -> None:
        till = self.tills[name]
        postings = move_postings(moves)
        fen = sum(each.amount for each in postings if each.asset is Asset.FEN)
        till.book(kind, body, postings + entry(Asset.FEN, SAFE, -fen), ANNA)
        record = till.records[-1]
        self.on_the_way.append((name, read_incoming(read_payload(record), record.hash)))

    @rule(
        till=st.sampled_from(["T1", "T2", "T3"]),
        items=st.lists(st.tuples(st.sampled_from(list(LOTS)), st.integers(1, 60)), min_size=1, max_size=3),
    )
    def ask(self, till: str, items: list[tuple[LotId, int]]) -> None:
        self.count += 1
        one = build.some_uuid(self.count)
        wanted = [Spend(ANNA, LOTS[lot_id][0], lot_id, min(n, LOTS[lot_id][1])) for lot_id, n in items]
        self.answers[one] = self.book.ask(one, till, wanted, self.books.base, TODAY)
        if isinstance(self.answers[one], Granted):
            self.open[one] = till

    @precondition(lambda self: self.answers)
    @rule(data=st.data())
    def ask_again(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(list(self.answers)))
        found = self.book.get(one)
        assert found is not None
        expected = GIVEN_UP if found.state is HoldState.RELEASED else self.answers[one]
        assert self.book.ask(one, found.till, (spend(1, 1),), self.books.base, TODAY) == expected

    @precondition(lambda self: self.open)
    @rule(data=st.data(), share=st.integers(0, 2))
    def sell(self, data: st.DataObject, share: int) -> None:
        one = data.draw(st.sampled_from(list(self.open)))
        till, answer = self.open.pop(one), self.answers[one]
        assert isinstance(answer, Granted)
        used = answer.items if share else answer.items[:1]  # not all of it has to be used
        moves = tuple(
            Move(each.asset, ANNA, each.lot_id, -each.amount, Purpose.REDEEMED, made_on=TODAY) for each in used
        )
        for each in used:
            self.spent[each.lot_id] = self.spent.get(each.lot_id, 0) + each.amount
        self._send(till, RecordKind.VALUE_MOVED, ValueMoved(moves, (), (one,)), moves)

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def give_up(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(list(self.open)))
        self.book.release(self.open.pop(one), (one,))

    @precondition(lambda self: self.on_the_way)
    @rule(data=st.data(), twice=st.booleans())
    def arrive(self, data: st.DataObject, twice: bool) -> None:
        at = data.draw(st.integers(0, len(self.on_the_way) - 1))
        again = self.on_the_way[at]
        self._arrive(at)
        if twice:
            assert isinstance(self.books.apply(again[1]), AlreadyThere)
            self.book.settle(again[0], getattr(again[1].body, "authorisations", ()))

    def _arrive(self, at: int) -> None:
        name, record = self.on_the_way.pop(at)
        outcome = self.books.apply(record)
        assert isinstance(outcome, Applied)
        assert outcome.notices == outcome.adjusting == (), "nothing that was allowed overdraws"
        self.book.settle(name, outcome.settled)

    @invariant()
    def goods_given_are_covered(self) -> None:
        for lot_id, spent in self.spent.items():
            assert spent <= LOTS[lot_id][1]

    @invariant()
    def what_is_held_lies_in_its_lot(self) -> None:
        base = self.books.base(ANNA)
        there = {lot.lot_id: lot.available for lot in base.lots} | {each.lot_id: each.amount for each in base.wallet}
        unsettled: dict[LotId, int] = {}
        for one, answer in self.answers.items():
            found = self.book.get(one)
            assert found is not None
            assert (found.state is HoldState.DECLINED) == isinstance(answer, Declined)
            if isinstance(answer, Granted) and found.state is HoldState.HELD:
                for item in answer.items:
                    unsettled[item.lot_id] = unsettled.get(item.lot_id, 0) + item.amount
        for lot_id in LOTS:
            assert self.book.held(ANNA, lot_id) == unsettled.get(lot_id, 0) <= there.get(lot_id, 0)


Leases.TestCase.settings = settings(max_examples=40, stateful_step_count=30)
TestLeases = Leases.TestCase
