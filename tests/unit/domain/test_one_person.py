"""Who a member is, whatever the order in which tills tell: captured twice, changed, raised to a tier."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit.pure_till import Till
from pos_testkit.till_life import ANNA, BELA, at_head_office, goods, incoming, programme

from pos_app.domain.ledger.bodies import MemberCaptured, MemberChanged
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.ledger.office_books import OfficeBooks
from pos_app.domain.ledger.outcomes import (
    Applied,
    Merged,
    Notice,
)
from pos_app.domain.ledger.people import merge_people, winner_of
from pos_app.domain.member import Member, Standing


def captured(n: int, phone: str, joined_on: dt.date) -> Member:
    return Member(build.member_id(n), joined_on, phone=phone, name=f"会员{n}", cards=(f"C{n}",))


def test_one_person_captured_at_two_tills_is_one_member_with_all_of_both():
    phone = "13700000000"
    one, other = Till(programme()), Till(programme())
    other.ids = build.Ids(seed=9)
    first, second = captured(1, phone, build.TODAY - dt.timedelta(days=1)), captured(2, phone, build.TODAY)
    books = OfficeBooks()
    for till, person in ((other, second), (one, first)):
        till.book(RecordKind.MEMBER_CAPTURED, MemberCaptured(bytes(32), "shop"), (), person.member_id)
        till.sell(goods(12_345), person.member_id)
        till.sell(goods(1_000), person.member_id, points=30)
    outcomes = [books.apply(incoming(other.records[0], second))]
    outcomes += [books.apply(incoming(record)) for record in other.records[1:]]
    assert all(isinstance(each, Applied) for each in outcomes)
    outcome = books.apply(incoming(one.records[0], first))
    assert isinstance(outcome, Applied)
    assert outcome.merged == (Merged(second.member_id, first.member_id),)
    assert outcome.people == (msgspec.structs.replace(first, cards=("C1", "C2")),)
    for record in one.records[1:]:
        assert isinstance(books.apply(incoming(record)), Applied)
    theirs = [till.account(each.member_id) for till, each in ((one, first), (other, second))]
    both = at_head_office(one, books, first.member_id)
    assert both.balance(build.TODAY).count == sum(each.balance(build.TODAY).count for each in theirs)
    assert both.progress.visits == 1
    assert both.progress.spend == theirs[0].progress.spend + theirs[1].progress.spend
    # A till that has not heard of it sells to the old id: it is the same member.
    other.sell(goods(333), second.member_id)
    outcome = books.apply(incoming(other.records[-1]))
    assert isinstance(outcome, Applied)
    assert outcome.accounts == (first.member_id,)
    assert books.person(second.member_id) == books.person(first.member_id)


def test_changed_data_are_taken_field_by_field_and_never_a_standing():
    till = Till(programme())
    books = OfficeBooks()
    silver = Standing(build.tiers()[1].tier_id, build.TODAY)
    known = captured(1, "13700000000", build.TODAY).with_standing(silver)
    books.put_person(known)
    books.put_person(captured(2, "13700000001", build.TODAY))
    sent = msgspec.structs.replace(captured(1, "13700000001", build.TODAY), name="新名", email="x@example.com")
    till.book(RecordKind.MEMBER_CHANGED, MemberChanged(bytes(32), ("name", "phone")), (), ANNA)
    outcome = books.apply(incoming(till.records[0], sent))
    assert isinstance(outcome, Applied)
    assert outcome.people == (msgspec.structs.replace(known, name="新名", phone="13700000001"),)
    assert outcome.notices == (Notice("member.same_phone", {}, ANNA),)


@pytest.mark.parametrize("found", [True, False])
def test_a_standing_that_was_assigned_in_the_meantime_stays_where_it_counts_from_later(found):
    till = Till(programme())
    for _ in range(2):
        till.sell(goods(12_345), ANNA)
    assert till.members[ANNA].tier_id == build.tiers()[1].tier_id
    books = OfficeBooks()
    given = build.member(1)
    if not found:
        given = given.with_given(Standing(build.tiers()[2].tier_id, till.today + dt.timedelta(days=1)))
    books.put_person(given)
    for record in till.records:
        books.apply(incoming(record))
    assert books.person(ANNA) == (till.members[ANNA] if found else given)


people = st.builds(
    Member,
    member_id=st.sampled_from([build.member_id(n) for n in range(1, 4)]),
    joined_on=st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 3)),
    phone=st.sampled_from(["", "13700000000"]),
    name=st.sampled_from(["", "安娜"]),
    cards=st.lists(st.sampled_from(["A", "B", "C"]), unique=True, max_size=2).map(tuple),
    tier_id=st.sampled_from(["", "regular", "silver"]),
    tier_since=st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2024, 2, 1)),
    referrer_id=st.none() | st.sampled_from([build.member_id(n) for n in range(1, 6)]),
    note=st.sampled_from(["", "x", "y"]),
    tags=st.lists(st.sampled_from(["vip", "old"]), unique=True, max_size=2).map(tuple),
)


@given(one=people, other=people)
def test_merged_people_lack_nothing_that_either_had(one, other):
    winner, loser = winner_of(one, other)
    assert {winner.member_id, loser.member_id} == {one.member_id, other.member_id}
    if one.member_id != other.member_id:
        assert winner_of(other, one) == (winner, loser)
    merged = merge_people(winner, loser)
    assert merge_people(merged, loser) == merged, "once more changes nothing"
    assert (merged.member_id, merged.joined_on) == (winner.member_id, winner.joined_on)
    assert set(merged.cards) == {*one.cards, *other.cards}
    assert set(merged.tags) == {*one.tags, *other.tags}
    for name in ("phone", "name"):
        assert getattr(merged, name) in {getattr(winner, name), getattr(loser, name)}
        assert bool(getattr(merged, name)) == bool(getattr(one, name) or getattr(other, name))
    assert merged.referrer_id not in (winner.member_id, loser.member_id)
    assert merged.standing in (winner.standing, loser.standing)


def test_what_is_merged_stays_merged():
    books = OfficeBooks()
    till = Till(programme())
    till.sell(goods(12_345), ANNA)
    till.sell(goods(1_000), BELA)
    for record in till.records:
        books.apply(incoming(record))
    both = books.base(ANNA).lots + books.base(BELA).lots
    for _ in range(2):
        books.replace(Merged(BELA, ANNA))
    assert books.base(ANNA).lots == books.base(BELA).lots == tuple(sorted(both, key=lambda lot: lot.lot_id))
    books.replace(Merged(ANNA, build.member_id(3)))
    assert books.winner(BELA) == build.member_id(3)
    assert books.base(BELA).lots == books.base(build.member_id(3)).lots == books.base(ANNA).lots
