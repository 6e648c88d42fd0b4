"""What head office says reaches the counter, and what the till itself knows better stays until head office has it."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pos_testkit import builders, told
from pos_testkit.till import CASHIER, MANAGER, RealTill, open_test_till, real_till, some_members, some_products

from pos_app.application.members import NewMember
from pos_app.application.ports import MasterKind
from pos_app.domain.ids import MemberId, ProductId, StaffId
from pos_app.domain.member import Member
from pos_app.domain.staff import Role, Staff
from pos_app.domain.unit_codes import code_hash
from pos_app.errors import KnownError
from sync.protocol.messages import Policy, RowKind, UnitSold

ANNA, BERT, CARA, *_ = some_members()
GOODS = some_products()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[RealTill]:
    with real_till(tmp_path / "data") as opened:
        yield opened


def member(till: RealTill, member_id: MemberId) -> Member:
    with till.ledger.read() as reader:
        return till.context.member(reader, member_id)


def renamed(who: Member, name: str, **more: object) -> Member:
    return msgspec.structs.replace(who, name=name, **more)  # type: ignore[arg-type]


class TestPages:
    def test_a_page_is_taken_over_with_its_cursor_and_goes_on_from_there(self, till: RealTill) -> None:
        sink = told.feed_sink(till)
        assert sink.cursor() is None
        sink.take_over(told.page(0, [told.person(renamed(ANNA, "安娜"))], told.head(till)))
        assert (sink.cursor().epoch, sink.cursor().position) == (told.EPOCH, 1)  # type: ignore[union-attr]
        assert sink.as_of_ms() == told.NOW_MS
        assert member(till, ANNA.member_id).name == "安娜"

    def test_a_page_that_comes_again_or_from_elsewhere_changes_nothing(self, till: RealTill) -> None:
        told.say(till, told.person(renamed(ANNA, "一")))
        told.say(till, told.person(renamed(ANNA, "二")))
        sink = told.feed_sink(till)
        before = sink.cursor()
        for late in (
            told.page(0, [told.person(renamed(ANNA, "一"))], told.head(till)),
            told.page(7, [told.person(renamed(ANNA, "七"))], told.head(till)),
            told.page(2, [told.person(renamed(ANNA, "别处"))], told.head(till), epoch="epoch-2"),
        ):
            sink.take_over(late)
        assert sink.cursor() == before
        assert member(till, ANNA.member_id).name == "二"

    def test_a_till_with_nothing_yet_follows_a_head_office_that_was_put_back_from_its_beginning(
        self, till: RealTill
    ) -> None:
        """It took a snapshot in which nothing was, then head office found out that it is of another epoch."""
        sink = told.feed_sink(till)
        sink.take_over(msgspec.structs.replace(told.page(0, [], told.head(till)), through=0))
        assert (sink.cursor().epoch, sink.cursor().position) == (told.EPOCH, 0)  # type: ignore[union-attr]
        sink.take_over(told.page(0, [told.person(renamed(ANNA, "安娜"))], told.head(till), epoch="epoch-2"))
        assert (sink.cursor().epoch, sink.cursor().position) == ("epoch-2", 1)  # type: ignore[union-attr]
        assert member(till, ANNA.member_id).name == "安娜"

    def test_a_row_that_cannot_be_read_leaves_all_of_its_page_out(self, till: RealTill) -> None:
        sink = told.feed_sink(till)
        torn = told.plain(RowKind.ACCOUNT, BERT.member_id.hex, {"lots": "many"})
        with pytest.raises(KnownError, match=r"sync\.row_unreadable"):
            sink.take_over(told.page(0, [told.person(renamed(ANNA, "安娜")), torn], told.head(till)))
        assert sink.cursor() is None
        assert member(till, ANNA.member_id).name == ANNA.name

    def test_kinds_that_are_not_known_are_counted_and_passed_over(self, till: RealTill) -> None:
        told.say(till, told.plain("hologram", "1", {"any": 1}), told.plain("hologram", "2", {}))
        told.say(till, told.plain("hologram", "3", {}), told.person(renamed(ANNA, "安娜")))
        assert told.feed_sink(till).passed_over() == 3
        assert member(till, ANNA.member_id).name == "安娜"


class TestMembers:
    def test_an_own_change_counts_until_head_office_has_it(self, till: RealTill) -> None:
        before = told.head(till)
        changed = renamed(ANNA, "我改的", phone="13800009999")
        till.app.members.update(MANAGER, None, changed, ("name", "phone"))
        told.say(till, told.person(renamed(ANNA, "总部改的")), contains=before)
        assert member(till, ANNA.member_id) == changed
        assert till.replica.reader.member_by_phone("13800009999") == changed
        told.say(till, told.person(renamed(changed, "两边都改")))
        assert member(till, ANNA.member_id).name == "两边都改"

    def test_what_was_said_meanwhile_counts_once_head_office_has_the_own_change(self, till: RealTill) -> None:
        before = told.head(till)
        till.app.members.update(MANAGER, None, renamed(ANNA, "我改的"), ("name",))
        told.say(till, told.person(renamed(ANNA, "总部改的")), contains=before)
        # Nothing more is said of her: head office has the record, and holds to its own word.
        told.say(till, contains=told.head(till), behind=3)
        assert member(till, ANNA.member_id).name == "我改的"
        told.say(till, contains=told.head(till))
        assert member(till, ANNA.member_id).name == "总部改的"
        assert till.replica.reader.members_by_name("总部", 5)

    def test_a_new_replica_follows_the_same_rule(self, tmp_path: Path) -> None:
        till = open_test_till(tmp_path)
        signed_up = till.app.members.capture(MANAGER, NewMember(phone="13900001111", name="新来的"))
        told.say(till, told.person(renamed(ANNA, "总部改的")))
        till.app.members.update(MANAGER, None, renamed(BERT, "我改的"), ("name",))
        till.close()
        again = open_test_till(tmp_path)
        try:
            assert member(again, ANNA.member_id).name == "总部改的"
            assert member(again, BERT.member_id).name == "我改的"
            assert again.replica.reader.member_by_phone("13900001111") == signed_up
        finally:
            again.close()

    def test_who_is_erased_is_found_by_nothing_and_kept_nowhere(self, till: RealTill) -> None:
        till.app.members.update(MANAGER, None, renamed(ANNA, "安娜"), ("name",))
        told.say(till, told.person(None, ANNA.member_id))
        reader = till.replica.reader
        with pytest.raises(KnownError, match=r"member\.unknown"):
            member(till, ANNA.member_id)
        assert reader.member_by_phone(ANNA.phone) is None
        assert reader.member_by_card(ANNA.cards[0]) is None
        assert not reader.members_by_name("安娜", 5)
        with till.ledger.read() as books:
            assert all(ANNA.phone.encode() not in row.body for row in books.master_since(0, 1000))
        told.say(till, told.person(ANNA))
        assert member(till, ANNA.member_id) == ANNA
        assert reader.member_by_card(ANNA.cards[0]) == ANNA

    def test_two_who_are_one_are_found_by_everything_that_either_had(self, till: RealTill) -> None:
        told.say(till, told.merge(BERT.member_id, ANNA.member_id), told.person(renamed(ANNA, "合并")))
        reader = till.replica.reader
        assert reader.ids_of(BERT.member_id) == (ANNA.member_id, BERT.member_id) == reader.ids_of(ANNA.member_id)
        for found in (
            member(till, BERT.member_id),
            reader.member_by_card(BERT.cards[0]),
            reader.member(BERT.member_id),
        ):
            assert found is not None
            assert (found.member_id, found.name) == (ANNA.member_id, "合并")

    def test_a_chain_of_merges_leads_to_its_end_in_any_order(self, till: RealTill) -> None:
        told.say(till, told.merge(BERT.member_id, ANNA.member_id))
        told.say(till, told.merge(ANNA.member_id, CARA.member_id))
        assert {member(till, each.member_id).member_id for each in (ANNA, BERT, CARA)} == {CARA.member_id}
        with real_till(till.folder.parent / "other") as other:
            told.say(other, told.merge(ANNA.member_id, CARA.member_id))
            told.say(other, told.merge(BERT.member_id, ANNA.member_id))
            assert {member(other, each.member_id).member_id for each in (ANNA, BERT, CARA)} == {CARA.member_id}
            assert set(other.replica.reader.ids_of(BERT.member_id)) == {each.member_id for each in (ANNA, BERT, CARA)}

    def test_a_merge_that_comes_before_its_winner_finds_the_loser_until_then(self, till: RealTill) -> None:
        winner = builders.member(77, phone=BERT.phone, name="先来的")
        told.say(till, told.merge(BERT.member_id, winner.member_id), behind=1)
        assert member(till, BERT.member_id) == BERT
        told.say(till, told.person(winner))
        assert member(till, BERT.member_id) == winner
        assert till.replica.reader.member_by_card(BERT.cards[0]) == winner
        assert till.replica.reader.member_by_phone(BERT.phone) == winner


class TestMasterData:
    def test_goods_and_staff_of_head_office_replace_own_ones_and_go_when_it_says_so(self, till: RealTill) -> None:
        tea = builders.product(900, 700, name="总部的茶", barcodes=("6900000000009",))
        boss = Staff(StaffId("9001"), "总部经理", Role.MANAGER, "x")
        told.say(till, told.master(RowKind.PRODUCT, tea.product_id, tea), told.master(RowKind.STAFF, "9001", boss))
        replica = till.replica.reader
        assert replica.product_by_code("6900000000009") == tea
        assert replica.product_by_code(GOODS[0].product_id) is None
        assert [each.staff_id for each in replica.staff()] == ["9001"]
        assert replica.categories()  # nothing was said of them
        told.say(till, told.master(RowKind.PRODUCT, tea.product_id, None), told.master(RowKind.STAFF, "9001", None))
        assert replica.product_by_code("6900000000009") is None
        assert replica.product_by_code(ProductId(tea.product_id)) is None
        assert replica.staff() == []

    def test_own_goods_do_not_come_back_with_the_next_start(self, tmp_path: Path) -> None:
        tea = builders.product(900, 700, name="总部的茶")
        till = open_test_till(tmp_path)
        told.say(till, told.master(RowKind.PRODUCT, tea.product_id, tea))
        with till.ledger.write(CASHIER) as tx:
            rows = [(each.product_id, msgspec.json.encode({"no": "product"})) for each in GOODS[:1]]
            tx.put_master(MasterKind.PRODUCT, rows)
        till.close()
        again = open_test_till(tmp_path)
        try:
            assert again.replica.reader.product_by_code(GOODS[0].product_id) is None
            assert again.replica.reader.product_by_code(tea.product_id) == tea
        finally:
            again.close()

    def test_programme_policy_keys_and_what_the_shop_gave(self, till: RealTill) -> None:
        programme = msgspec.structs.replace(till.context.programme(), version=42)
        key = bytes(range(32))
        told.say(
            till,
            told.master(RowKind.PROGRAMME, "42", programme),
            told.plain(RowKind.POLICY, "policy", Policy(offline_spending=("points",))),
            told.plain(RowKind.TILL_KEY, "ab" * 8, base64.b64encode(key).decode()),
            told.plain(RowKind.SHOP_GIVEN, "give:welcome:2026-01", 17),
        )
        replica = till.replica.reader
        assert till.context.programme().version == 42
        assert replica.offline_spending() == {"points"}
        assert replica.till_key("ab" * 8) == key
        there = replica.shop_given("give:welcome", dt.date(2026, 1, 31))
        assert (there.amount, there.through_seq) == (17, told.head(till))
        assert replica.shop_given("give:welcome", dt.date(2026, 2, 1)).amount == 0
        told.say(till, told.master(RowKind.TILL_KEY, "ab" * 8, None), told.master(RowKind.POLICY, "policy", None))
        assert replica.till_key("ab" * 8) is None
        assert replica.offline_spending() == frozenset()

    def test_an_item_that_another_till_sold_is_known_here_and_own_sales_are_not_doubled(self, till: RealTill) -> None:
        code, own = code_hash("01690000000000921A1").hex(), code_hash("01690000000000921A2").hex()
        told.say(
            till,
            told.plain(RowKind.UNIT_CODE, code, UnitSold("till-0002", "0002260101-0001")),
            told.plain(RowKind.UNIT_CODE, own, UnitSold(till.context.till, "0001260101-0001")),
        )
        sold = till.replica.reader.unit_sold("01690000000000921A1")
        assert sold is not None
        assert (sold.till, sold.receipt_no) == ("till-0002", "0002260101-0001")
        assert till.replica.reader.unit_sold("01690000000000921A2") is None
        told.say(till, told.master(RowKind.UNIT_CODE, code, None))
        assert till.replica.reader.unit_sold("01690000000000921A1") is None
