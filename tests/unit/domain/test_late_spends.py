"""What was spent in time and arrives after its lot was booked as expired is no debt: so much less expired."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit.pure_till import Till
from pos_testkit.till_life import ANNA, BELA, incoming, programme

from pos_app.domain.ids import LotId
from pos_app.domain.ledger.accounts import fold_account
from pos_app.domain.ledger.bodies import LotAmount, PointsExpired
from pos_app.domain.ledger.journal import Record, RecordKind
from pos_app.domain.ledger.lots import NO_BASE, LotOrigin, OwnActivity
from pos_app.domain.ledger.moves import Move, Purpose, move_postings, take
from pos_app.domain.ledger.office_books import OfficeBooks
from pos_app.domain.ledger.outcomes import Applied, Merged
from pos_app.domain.ledger.postings import (
    ADVANCES,
    MEMBER_AVAILABLE,
    POINTS_EXPIRED,
    SAFE,
    Asset,
    Posting,
    entry,
    holdings_account,
)
from pos_app.domain.ledger.reward_bodies import HoldingsExpired, Rewarded
from pos_app.domain.member import LotExpired
from pos_app.domain.points import Points
from pos_app.domain.text import LocalText

LOT = LotId(build.some_uuid(70))
LAST = build.TODAY + dt.timedelta(days=10)
KINDS = (Asset.POINTS, Asset.PRINCIPAL, Asset.BONUS, Asset.COUPON, Asset.USE)


def given_to_anna(asset: Asset, amount: int) -> Move:
    return Move(asset, ANNA, LOT, amount, Purpose.ISSUED, made_on=build.TODAY, expires_on=LAST, makes_lot=True)


def postings_of(moves: tuple[Move, ...]) -> tuple[Posting, ...]:
    made = move_postings(moves)
    fen = sum(each.amount for each in made if each.asset is Asset.FEN)
    return made + entry(Asset.FEN, SAFE, -fen)


def reward(till: Till, move: Move) -> Record:
    till.book(RecordKind.MEMBER_REWARDED, Rewarded("goodwill", (), (move,)), postings_of((move,)), ANNA)
    return till.records[-1]


def spend(till: Till, asset: Asset, amount: int, day: dt.date) -> Record:
    till.today = day
    move = Move(asset, ANNA, LOT, -amount, Purpose.REDEEMED, made_on=build.TODAY, expires_on=LAST)
    return reward(till, move)


def expiry(till: Till, asset: Asset, amount: int) -> Record:
    till.today = LAST + dt.timedelta(days=1)
    if asset is Asset.POINTS:
        body = PointsExpired((LotAmount(LOT, Points(amount), LAST, build.TODAY),))
        postings = entry(Asset.POINTS, MEMBER_AVAILABLE, -amount, member_id=ANNA, lot_id=LOT)
        till.book(RecordKind.POINTS_EXPIRED, body, postings + entry(Asset.POINTS, POINTS_EXPIRED, amount), ANNA)
    else:
        gone = Move(asset, ANNA, LOT, -amount, Purpose.EXPIRED, made_on=build.TODAY, expires_on=LAST)
        till.book(RecordKind.HOLDINGS_EXPIRED, HoldingsExpired((gone,)), move_postings((gone,)), ANNA)
    return till.records[-1]


def books_with(record: Record) -> OfficeBooks:
    books = OfficeBooks()
    assert isinstance(books.apply(incoming(record)), Applied)
    return books


def tills() -> tuple[Till, Till, Till]:
    made = tuple(Till(programme()) for _ in range(3))
    for n, till in enumerate(made):
        till.ids = build.Ids(seed=n + 1)
    return made[0], made[1], made[2]


@given(
    asset=st.sampled_from(KINDS),
    amount=st.integers(1, 100),
    spent=st.lists(st.integers(1, 60), max_size=3),
    order=st.randoms(use_true_random=False),
)
def test_whatever_comes_first_the_member_owes_only_what_was_never_there(asset, amount, spent, order):
    one, two, house = tills()
    books = books_with(reward(one, given_to_anna(asset, amount)))
    records = [spend(two, asset, each, LAST) for each in spent] + [expiry(house, asset, amount)]
    order.shuffle(records)
    sums: dict[tuple[Asset, str], int] = {}
    for record in records:
        outcome = books.apply(incoming(record))
        assert isinstance(outcome, Applied)
        for posting in (*incoming(record).payload.postings, *outcome.adjusting):
            key = (posting.asset, posting.account)
            sums[key] = sums.get(key, 0) + posting.amount
    base = books.base(ANNA)
    over = max(0, sum(spent) - amount)
    owed = base.receivable if asset is Asset.POINTS else sum(each.amount for each in base.owed)
    assert owed == over
    assert (base.lots, base.wallet) == ((), ())
    left = max(0, amount - sum(spent))
    assert base.expired == ((LotExpired(LOT, left, LAST),) if left else ())
    company = POINTS_EXPIRED if asset is Asset.POINTS else holdings_account(asset, Purpose.EXPIRED)
    assert sums.get((asset, company), 0) == left
    if asset is Asset.PRINCIPAL:  # what the shop owes is what members hold, less what they owe
        assert sums[Asset.FEN, ADVANCES] == amount + over


def test_every_order_of_two_expiries_and_a_late_spend_is_the_same():
    seen = set()
    for order in permutations(range(3)):
        one, two, house = tills()
        books = books_with(reward(one, given_to_anna(Asset.POINTS, 50)))
        records = [spend(two, Asset.POINTS, 20, LAST), expiry(house, Asset.POINTS, 50), expiry(two, Asset.POINTS, 30)]
        for at in order:
            books.apply(incoming(records[at]))
        seen.add(books.base(ANNA))
    assert [(each.receivable, each.lots, each.expired) for each in seen] == [(0, (), (LotExpired(LOT, 30, LAST),))]


def test_what_was_spent_after_its_last_day_is_owed():
    one, two, house = tills()
    books = books_with(reward(one, given_to_anna(Asset.POINTS, 50)))
    books.apply(incoming(expiry(house, Asset.POINTS, 50)))
    books.apply(incoming(spend(two, Asset.POINTS, 20, LAST + dt.timedelta(days=1))))
    assert books.base(ANNA).receivable == 20
    assert books.base(ANNA).expired == (LotExpired(LOT, 50, LAST),)


def test_a_till_that_hears_of_the_expiry_before_its_own_spend_arrived_shows_no_debt():
    one, _, house = tills()
    books = books_with(reward(one, given_to_anna(Asset.POINTS, 50)))
    books.apply(incoming(expiry(house, Asset.POINTS, 50)))
    origin = LotOrigin(LOT, build.TODAY, LAST)
    own = OwnActivity(sums=((MEMBER_AVAILABLE, LOT, -20),), origins=(origin,), records=1)
    shown = fold_account(ANNA, books.base(ANNA), own)
    assert (shown.receivable, shown.expired_of(LOT)) == (0, 30)
    assert fold_account(ANNA, NO_BASE, own).receivable == 20


def test_of_two_entries_of_one_person_both_expiries_are_known():
    one, two, house = tills()
    books = books_with(reward(one, given_to_anna(Asset.POINTS, 50)))
    books.apply(incoming(expiry(house, Asset.POINTS, 50)))
    books.replace(Merged(ANNA, BELA))
    books.apply(incoming(spend(two, Asset.POINTS, 20, LAST)))
    assert books.base(BELA).receivable == 0
    assert books.base(BELA).expired == (LotExpired(LOT, 30, LAST),)


def test_what_expired_is_forgotten_when_nothing_can_ask_for_it_any_more():
    one, _, house = tills()
    books = books_with(reward(one, given_to_anna(Asset.POINTS, 50)))
    books.apply(incoming(expiry(house, Asset.POINTS, 50)))
    draft = books.draft(ANNA)
    draft.is_changed = True
    assert draft.freeze(LAST + dt.timedelta(days=1_200)).expired
    draft.is_changed = True
    assert draft.freeze(LAST + dt.timedelta(days=1_201)).expired == ()


def test_taking_is_taking():
    """The move that expires a holding is the one that tills write."""
    (held,) = books_with(reward(tills()[0], given_to_anna(Asset.COUPON, 1))).base(ANNA).wallet
    assert take(held, ANNA, 1, Purpose.EXPIRED, LocalText("")).expires_on == LAST
