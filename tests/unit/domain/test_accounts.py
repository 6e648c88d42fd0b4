"""What an account comes to when tills spent the same: nothing below zero, nothing lost, what is short is owed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build

from pos_app.domain.ledger.account_draft import AccountDraft, overdrawn, surplus_lot
from pos_app.domain.ledger.accounts import fold_account
from pos_app.domain.ledger.lots import NO_BASE, Base, DayDone, HoldingSum, LotOrigin, OwnActivity
from pos_app.domain.ledger.merging import merge_accounts
from pos_app.domain.ledger.postings import (
    MEMBER_AVAILABLE,
    MEMBER_PENDING,
    MEMBER_RECEIVABLE,
    Asset,
    Posting,
)
from pos_app.domain.member import VISITS, Lot, MemberAccount, Progress, ProgressDay, Usage
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.wallet import Holding
from pos_app.errors import BugError

ANNA = build.member_id(1)
LOTS = [build.lot_id(n) for n in range(1, 5)]
CARDS = [build.lot_id(n) for n in range(5, 8)]
DAY = dt.date(2025, 3, 1)
ORIGINS = (
    *(LotOrigin(each, DAY, None) for each in LOTS),
    *(LotOrigin(each, DAY, None, Asset.PRINCIPAL, "ladder") for each in CARDS),
)
amounts = st.integers(-50, 50)

bases = st.builds(
    Base,
    lots=st.lists(st.sampled_from(LOTS), unique=True).flatmap(
        lambda ids: st.tuples(
            *(
                st.builds(lambda i, a, p: Lot(i, a, DAY, None, p), st.just(i), st.integers(0, 30), st.integers(0, 9))
                for i in ids
            )
        )
    ),
    receivable=st.integers(0, 20),
    wallet=st.lists(st.sampled_from(CARDS), unique=True).flatmap(
        lambda ids: st.tuples(
            *(
                st.builds(lambda i, a: Holding(Asset.PRINCIPAL, i, a, "ladder", DAY), st.just(i), st.integers(1, 30))
                for i in ids
            )
        )
    ),
    owed=st.lists(st.sampled_from(CARDS), unique=True).flatmap(
        lambda ids: st.tuples(
            *(
                st.builds(lambda i, a: Holding(Asset.PRINCIPAL, i, a, "ladder", DAY), st.just(i), st.integers(1, 30))
                for i in ids
            )
        )
    ),
)
posted = st.lists(
    st.one_of(
        st.builds(
            lambda account, lot, amount: Posting(Asset.POINTS, account, amount, ANNA, lot),
            st.sampled_from([MEMBER_AVAILABLE, MEMBER_PENDING]),
            st.sampled_from(LOTS),
            amounts,
        ),
        st.builds(lambda amount: Posting(Asset.POINTS, MEMBER_RECEIVABLE, amount, ANNA), amounts),
        st.builds(
            lambda account, lot, amount: Posting(Asset.PRINCIPAL, account, amount, ANNA, lot),
            st.sampled_from([MEMBER_AVAILABLE, MEMBER_PENDING, MEMBER_RECEIVABLE]),
            st.sampled_from(CARDS),
            amounts,
        ),
    ),
    max_size=8,
)


def worth(account: Base | MemberAccount) -> tuple[int, int]:
    """Points and stored value, less what is owed of each."""
    return (
        sum(lot.available + lot.pending for lot in account.lots) - account.receivable,
        sum(each.amount + each.pending for each in account.wallet) - sum(each.amount for each in account.owed),
    )


def change(postings: list[Posting]) -> tuple[int, int]:
    return tuple(
        sum(each.amount for each in postings if each.asset is asset) for asset in (Asset.POINTS, Asset.PRINCIPAL)
    )


def nothing_below_zero(account: Base | MemberAccount) -> bool:
    return account.receivable >= 0 and all(
        figure >= 0
        for figures in (
            [(lot.available, lot.pending) for lot in account.lots],
            [(each.amount, each.pending) for each in (*account.wallet, *account.owed)],
        )
        for pair in figures
        for figure in pair
    )


@given(base=bases, postings=posted)
def test_whatever_was_spent_twice_nothing_is_lost_and_nothing_is_below_zero(base, postings):
    draft = AccountDraft(ANNA, base)
    origins = {each.lot_id: each for each in ORIGINS}
    for each in postings:
        draft.post(each.asset, each.account, each.amount, each.lot_id, origins)
    adjusting = draft.settle()
    after = draft.freeze()
    assert nothing_below_zero(after)
    assert worth(after) == tuple(a + b for a, b in zip(worth(base), change(postings), strict=True))
    for asset in Asset:
        assert sum(each.amount for each in adjusting if each.asset is asset) == 0
    # The books with the adjusting postings say the same as the account.
    for lot in {*(each.lot_id for each in (*postings, *adjusting)), *LOTS} - {None}:
        booked = sum(
            each.amount for each in (*postings, *adjusting) if each.lot_id == lot and each.account != MEMBER_RECEIVABLE
        )
        was = sum(each.available + each.pending for each in base.lots if each.lot_id == lot)
        was += sum(each.amount + each.pending for each in base.wallet if each.lot_id == lot)
        now = sum(each.available + each.pending for each in after.lots if each.lot_id == lot)
        now += sum(each.amount + each.pending for each in after.wallet if each.lot_id == lot)
        assert now == was + booked
    assert AccountDraft(ANNA, after).settle() == ()


@given(base=bases, postings=posted)
def test_a_till_folds_as_head_office_does(base, postings):
    own = OwnActivity(
        sums=tuple((each.account, each.lot_id, each.amount) for each in postings if each.asset is Asset.POINTS),
        holdings=tuple(
            HoldingSum(each.asset, each.account, each.lot_id, each.amount)
            for each in postings
            if each.asset is Asset.PRINCIPAL and each.lot_id is not None
        ),
        origins=ORIGINS,
    )
    account = fold_account(ANNA, base, own)
    assert nothing_below_zero(account)
    assert worth(account) == tuple(a + b for a, b in zip(worth(base), change(postings), strict=True))


def test_examples_of_what_a_lot_lacks():
    assert overdrawn(5, 3) == (5, 3, 0)
    assert overdrawn(-2, 5) == (0, 3, 0)
    assert overdrawn(10, -4) == (6, 0, 0)
    assert overdrawn(-7, 3) == (0, 0, 4)
    assert overdrawn(0, 0) == (0, 0, 0)


def test_a_debt_that_was_repaid_at_two_tills_is_points_again():
    own = OwnActivity(sums=((MEMBER_RECEIVABLE, None, 60),))
    account = fold_account(ANNA, Base(receivable=10), own)
    assert account.receivable == 0
    assert [(lot.lot_id, lot.available, lot.expires_on) for lot in account.lots] == [(surplus_lot(ANNA), 50, None)]


def test_what_head_office_has_emptied_and_was_spent_here_too_is_owed():
    own = OwnActivity(
        sums=((MEMBER_AVAILABLE, LOTS[0], -30),),
        holdings=(HoldingSum(Asset.PRINCIPAL, MEMBER_AVAILABLE, CARDS[0], -400),),
    )
    account = fold_account(ANNA, NO_BASE, own)
    assert (account.lots, account.receivable, account.wallet) == ((), 30, ())
    assert [(each.lot_id, each.amount, each.asset) for each in account.owed] == [(CARDS[0], 400, Asset.PRINCIPAL)]
    with pytest.raises(BugError, match="no known lot"):
        fold_account(ANNA, NO_BASE, OwnActivity(sums=((MEMBER_AVAILABLE, LOTS[0], 30),)))


def test_days_of_head_office_and_of_the_till_are_one_book():
    days = (
        DayDone(dt.date(2024, 5, 1), 100, 1, 1, 1),
        DayDone(DAY, 500, 1, 5, 1),
    )
    tomorrow = DAY + dt.timedelta(days=1)
    own = OwnActivity(
        days=(
            ProgressDay(DAY, Progress(Money(70), 1, Points(2))),
            ProgressDay(tomorrow, Progress(Money(30), 1, Points(0))),
        ),
        progress=Progress(Money(100), 2, Points(2)),
        usage=(Usage(VISITS, DAY, 1), Usage(VISITS, tomorrow, 1)),
    )
    account = fold_account(ANNA, Base(days=days), own, since=dt.date(2025, 1, 1))
    assert account.progress == Progress(Money(600), 2, Points(7))
    assert account.days == (
        ProgressDay(dt.date(2024, 5, 1), Progress(Money(100), 1, Points(1))),
        ProgressDay(DAY, Progress(Money(570), 1, Points(7))),
        ProgressDay(tomorrow, Progress(Money(30), 1)),
    )
    assert fold_account(ANNA, Base(days=days), own, since=DAY, days_since=None).days == ()


def test_the_whole_sale_of_a_day_came_back_here_and_head_office_has_not_heard():
    base = Base(days=(DayDone(DAY, 500, 1, 5, 1),))
    own = OwnActivity(days=(ProgressDay(DAY, Progress(Money(-500), 0, Points(-5))),), usage=(Usage(VISITS, DAY, -1),))
    assert fold_account(ANNA, base, own).progress == Progress()
    two = Base(days=(DayDone(DAY, 900, 1, 9, 2),))
    assert fold_account(ANNA, two, own).progress == Progress(Money(400), 1, Points(4))


@given(one=bases, other=bases)
def test_merged_accounts_have_all_of_both(one, other):
    merged = merge_accounts(one, other)
    assert worth(merged) == tuple(a + b for a, b in zip(worth(one), worth(other), strict=True))
    assert nothing_below_zero(merged)
    again = merge_accounts(other, one)
    assert (again.lots, again.wallet, again.owed, again.receivable) == (
        merged.lots,
        merged.wallet,
        merged.owed,
        merged.receivable,
    )
    assert merge_accounts(one, NO_BASE) == merge_accounts(NO_BASE, one)


def test_a_day_on_which_both_bought_is_one_visit():
    one = Base(days=(DayDone(DAY, 5, 1, 1, 1),), last_visit=DAY)
    other = Base(days=(DayDone(DAY, 7, 1, 2, 2),), last_visit=DAY - dt.timedelta(days=9))
    merged = merge_accounts(one, other)
    assert merged.days == (DayDone(DAY, 12, 1, 3, 3),)
    year = DayDone(dt.date(2021, 1, 1), 900, 20, 90)
    first = DayDone(dt.date(2021, 1, 1), 5, 1, 1, 1)
    assert merge_accounts(Base(days=(year,)), Base(days=(first,))).days == (DayDone(year.on, 905, 21, 91, 1),)
    assert merged.last_visit == DAY


def test_what_is_long_ago_is_summed_by_year_and_forgotten_where_no_limit_asks():
    draft = AccountDraft(ANNA, NO_BASE)
    for year in (2019, 2020, 2025):
        for month in (2, 7):
            draft.bought(dt.date(year, month, 3), Money(100))
            draft.use("points", dt.date(year, month, 3), 10)
            draft.use("life:give:welcome", dt.date(year, month, 3), 1)
    kept = draft.freeze(dt.date(2025, 8, 1))
    assert kept.days[:2] == (
        DayDone(dt.date(2019, 1, 1), 200, 2, 20),
        DayDone(dt.date(2020, 1, 1), 200, 2, 20),
    )
    assert [day.on.month for day in kept.days[2:]] == [2, 7]
    assert sorted(each.on.year for each in kept.usage if each.what == "points") == [2025, 2025]
    assert len([each for each in kept.usage if each.what.startswith("life:")]) == 6
    again = AccountDraft(ANNA, kept)
    again.use("points", dt.date(2025, 7, 30), 1)
    assert again.freeze(dt.date(2025, 8, 2)).days[:2] == kept.days[:2]
