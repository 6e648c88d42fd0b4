"""What every use case may rely on when it asks the ``Replica``."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from pos_testkit import builders
from pos_testkit.till import RealTill, some_members, some_products

from pos_app.domain.ids import MemberId, ProductId, StaffId
from pos_app.domain.ledger.lots import NO_BASE, Base, DayDone
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import Birthday, Gender, Member, MemberStatus, Progress, Usage
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.wallet import Holding

MEMBERS = some_members()


def names(found: object) -> list[str]:
    return [each.name for each in found]  # type: ignore[attr-defined]


class TestMembers:
    def test_by_id_phone_and_card(self, till: RealTill) -> None:
        replica = till.replica.reader
        for each in MEMBERS:
            assert replica.member(each.member_id) == each
            assert replica.member_by_phone(each.phone) == each
            for card in each.cards:
                assert replica.member_by_card(card) == each
        assert replica.member_count() == len(MEMBERS)

    @pytest.mark.parametrize("nothing", ["", "1380000", "%", "'; DROP TABLE member; --", "1" * 10_000])
    def test_what_nobody_has_finds_nobody(self, till: RealTill, nothing: str) -> None:
        replica = till.replica.reader
        assert replica.member_by_phone(nothing) is None
        assert replica.member_by_card(nothing) is None
        assert list(replica.members_by_last_four(nothing, 5)) == []

    def test_of_a_shared_phone_the_active_member_is_found(self, till: RealTill) -> None:
        closed = builders.member(50, phone="13912345678", status=MemberStatus.CLOSED)
        active = builders.member(51, phone="13912345678")
        till.replica.writer.put_members([closed, active])
        assert till.replica.reader.member_by_phone("13912345678") == active

    def test_by_last_four_digits_pages(self, till: RealTill) -> None:
        extra = [builders.member(100 + n, phone=f"13{n:05d}7777") for n in range(30)]
        till.replica.writer.put_members(extra)
        assert len(till.replica.reader.members_by_last_four("7777", 10)) == 10
        assert len(till.replica.reader.members_by_last_four("7777", 100)) == 30

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("欧阳", "欧阳娜娜"),
            ("娜", "欧阳娜娜"),
            ("oynn", "欧阳娜娜"),
            ("OY", "欧阳娜娜"),
            ("zzw", "曾志伟"),
            ("志伟", "曾志伟"),
            ("stf", "单田芳"),
            ("alice", "Alice Wong"),
            ("wong", "Alice Wong"),
            ("Alice W", "Alice Wong"),
        ],
    )
    def test_by_name_given_name_and_initials(self, till: RealTill, text: str, found: str) -> None:
        assert found in names(till.replica.reader.members_by_name(text, 10))

    @pytest.mark.parametrize("text", ["", "  ", "%", "*", "﷽", "龘"])
    def test_names_that_find_nobody(self, till: RealTill, text: str) -> None:
        assert list(till.replica.reader.members_by_name(text, 10)) == []

    def test_a_changed_member_is_found_by_the_new_data_alone(self, till: RealTill) -> None:
        old = MEMBERS[0]
        new = msgspec.structs.replace(old, phone="15500000000", name="赵六", cards=("M99999",))
        till.replica.writer.put_members([new])
        replica = till.replica.reader
        assert replica.member_by_phone(old.phone) is None
        assert replica.member_by_card(old.cards[0]) is None
        assert replica.member_by_phone("15500000000") == replica.member_by_card("M99999") == new
        assert replica.member_count() == len(MEMBERS)

    def test_a_card_that_went_to_another_member_stays_there(self, till: RealTill) -> None:
        first, second = MEMBERS[0], MEMBERS[1]
        till.replica.writer.put_members([msgspec.structs.replace(second, cards=(*second.cards, first.cards[0]))])
        till.replica.writer.put_members([msgspec.structs.replace(first, cards=())])
        found = till.replica.reader.member_by_card(first.cards[0])
        assert found is not None
        assert found.member_id == second.member_id

    def test_everything_of_a_member_comes_back(self, till: RealTill) -> None:
        full = Member(
            member_id=builders.member_id(77),
            joined_on=dt.date(2020, 2, 29),
            phone="13700000000",
            name="名字",
            gender=Gender.FEMALE,
            birthday=Birthday(2, 29, 1992),
            email="a@example.com",
            status=MemberStatus.FROZEN,
            tier_id=builders.tiers()[1].tier_id,
            tier_since=dt.date(2024, 1, 1),
            cards=("A1", "B2"),
            source="import",
            referrer_id=builders.member_id(1),
            marketing_consent=True,
            note="对花生过敏",
            tags=("vip", "团购"),
            given_tier=builders.tiers()[2].tier_id,
            given_on=dt.date(2023, 12, 31),
        )
        defaults = Member(builders.member_id(0), dt.date(2020, 1, 1))
        same = [f.name for f in msgspec.structs.fields(Member) if getattr(full, f.name) == getattr(defaults, f.name)]
        assert same == [], "a new field needs a value here, and a place in the row"
        till.replica.writer.put_members([full])
        assert till.replica.reader.member(full.member_id) == full


class TestAccounts:
    def test_a_member_head_office_never_spoke_of_has_no_base(self, till: RealTill) -> None:
        assert till.replica.reader.base(MEMBERS[0].member_id) == NO_BASE

    def test_a_base_comes_back_and_is_replaced(self, till: RealTill) -> None:
        base = Base(
            lots=(builders.lot(1, 50, expires_on=dt.date(2026, 1, 1), pending=3), builders.lot(2, 7)),
            receivable=4,
            progress=Progress(Money(12_345), 6, Points(-7)),
            progress_before=Progress(Money(-5), 1, Points(70)),
            days=(DayDone(dt.date(2025, 5, 7), 500, 1, 9, 2),),
            contains_seq=99,
            as_of_ms=1_750_000_000_000,
            last_visit=dt.date(2025, 6, 1),
            usage=(Usage("points:base", dt.date(2025, 6, 1), 40), Usage("points:double", dt.date(2025, 5, 7), -2)),
            wallet=(
                Holding(
                    Asset.COUPON, builders.lot_id(3), 2, "five-off", dt.date(2025, 5, 1), dt.date(2025, 7, 1), "C7"
                ),
                Holding(Asset.PRINCIPAL, builders.lot_id(4), 5_000, "ladder", dt.date(2025, 5, 2), pending=300),
            ),
            owed=(Holding(Asset.COUPON, builders.lot_id(5), 1, "ten-off", dt.date(2025, 4, 1)),),
        )
        who = MEMBERS[0].member_id
        till.replica.writer.put_accounts([(who, Base(contains_seq=1))])
        till.replica.writer.put_accounts([(who, base)])
        assert till.replica.reader.base(who) == base
        assert till.replica.reader.base(MemberId(builders.some_uuid(5))) == NO_BASE


class TestGoods:
    def test_by_barcode_and_item_number(self, till: RealTill) -> None:
        for each in some_products():
            assert till.replica.reader.product_by_code(each.product_id) == each
            for code in each.barcodes:
                assert till.replica.reader.product_by_code(code) == each
        assert till.replica.reader.product_by_code("999") is None

    def test_a_barcode_that_is_taken_off_no_longer_finds_the_product(self, till: RealTill) -> None:
        old = some_products()[0]
        till.replica.writer.put_products([msgspec.structs.replace(old, barcodes=("20000001",))], [])
        assert till.replica.reader.product_by_code(old.barcodes[0]) is None
        found = till.replica.reader.product_by_code("20000001")
        assert found is not None
        assert found.product_id == old.product_id

    @pytest.mark.parametrize("text", ["山泉2", "nfsq2", "NFSQ2", "p00002"])
    def test_by_part_of_the_name_initials_or_number(self, till: RealTill, text: str) -> None:
        assert names(till.replica.reader.products_by_text(text, 5))[0] == "农夫山泉2号"

    def test_every_reading_of_a_character_finds(self, till: RealTill) -> None:
        till.replica.writer.put_products([builders.product(60, name="长城干红")], [])
        for text in ("ccgh", "zcgh"):
            assert names(till.replica.reader.products_by_text(text, 5)) == ["长城干红"]

    @pytest.mark.parametrize("text", ["", " ", "%", "_", "no such thing", "x" * 10_000, "\x00\x01"])
    def test_texts_that_find_nothing(self, till: RealTill, text: str) -> None:
        assert list(till.replica.reader.products_by_text(text, 5)) == []

    def test_what_is_not_sold_is_found_by_code_and_not_offered(self, till: RealTill) -> None:
        gone = builders.product(61, name="停产", is_active=False)
        till.replica.writer.put_products([gone], [])
        replica = till.replica.reader
        assert replica.product_by_code(gone.product_id) == gone
        assert list(replica.products_by_text("停产", 5)) == []
        assert gone not in replica.products_of("drinks", 100)

    def test_categories_keep_the_order_of_the_shop(self, till: RealTill) -> None:
        replica = till.replica.reader
        assert [each.category_id for each in replica.categories()] == list(builders.CATEGORIES)
        till.replica.writer.put_products([], [builders.category("fruit", "水果!")])
        assert [each.category_id for each in replica.categories()] == list(builders.CATEGORIES)
        assert len(replica.products_of("fruit", 4)) == 4
        assert all(each.category_id == "fruit" for each in replica.products_of("fruit", 100))


class TestProgrammeAndStaff:
    def test_the_programme_in_force_else_the_latest(self, till: RealTill) -> None:
        day = dt.date(2026, 1, 1)
        next_year = msgspec.structs.replace(builders.programme(effective_from=day), version=2)
        till.replica.writer.put_programme(next_year)
        replica = till.replica.reader
        assert (replica.programme(dt.date(2025, 12, 31)) or next_year).version == 1
        assert replica.programme(day) == next_year
        ended = msgspec.structs.replace(next_year, version=3, effective_to=dt.date(2026, 6, 30))
        till.replica.writer.put_programme(ended)
        assert replica.programme(day) == ended
        assert replica.programme(dt.date(2026, 7, 1)) == next_year
        assert replica.programme(dt.date(2020, 1, 1)) == ended, "none in force: the latest"
        assert (replica.programme_version(2), replica.programme_version(3)) == (next_year, ended)
        assert replica.programme_version(9) is None

    def test_staff_who_left_are_not_shown(self, till: RealTill) -> None:
        replica = till.replica.reader
        assert [each.staff_id for each in replica.staff()] == ["1001", "1002", "1003"]
        first = replica.staff()[0]
        till.replica.writer.put_staff([msgspec.structs.replace(first, is_active=False)])
        assert [each.staff_id for each in replica.staff()] == [StaffId("1002"), StaffId("1003")]

    def test_a_product_number_is_not_a_staff_number(self, till: RealTill) -> None:
        assert till.replica.reader.product_by_code(ProductId("1001")) is None
