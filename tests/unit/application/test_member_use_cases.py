"""Signing members up, finding them before they are made twice, giving them a card, changing their data."""

import msgspec
import pytest
from pos_testkit.counter import CASHIER, SUPERVISOR, Counter

from pos_app.application.members import MAX_NAME, NewMember
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.member import Birthday, MemberStatus


class TestCapture:
    def test_a_phone_number_is_enough(self, counter: Counter) -> None:
        seq = counter.head().seq
        member = counter.till.members.capture(CASHIER, NewMember(phone="139 1111-2222"))
        assert (member.phone, member.tier_id, member.status) == ("13911112222", "regular", MemberStatus.ACTIVE)
        assert counter.kinds(seq) == [RecordKind.MEMBER_CAPTURED]
        assert counter.real.replica.reader.member_by_phone("13911112222") == member

    def test_a_card_alone_makes_a_temporary_member(self, counter: Counter) -> None:
        member = counter.till.members.capture(CASHIER, NewMember(card="T00077"))
        assert (member.phone, member.status) == ("", MemberStatus.TEMPORARY)
        assert counter.real.replica.reader.member_by_card("T00077") == member

    def test_everything_that_is_asked_for(self, counter: Counter) -> None:
        form = NewMember(phone="13911112222", name="  张   三 ", birthday="1990-11-25", card="T1", email=" a@b.cn ")
        member = counter.till.members.capture(CASHIER, form)
        assert (member.name, member.birthday, member.email) == ("张 三", Birthday(11, 25, 1990), "a@b.cn")

    def test_the_journal_holds_no_personal_data(self, counter: Counter) -> None:
        counter.till.members.capture(CASHIER, NewMember(phone="13911112222", name="张三丰"))
        with counter.real.ledger.read() as reader:
            record = reader.record(counter.head().seq)
        assert record is not None
        assert b"13911112222" not in record.payload
        assert "张三丰".encode() not in record.payload

    def test_a_phone_that_is_known_names_whose_it_is(self, counter: Counter) -> None:
        who = counter.member(1)
        for text in (who.phone, f"+86 {who.phone}"):
            with counter.refuses("member.phone_known", member_id=who.member_id):
                counter.till.members.capture(CASHIER, NewMember(phone=text))
            assert counter.till.members.duplicate(text) == who
        assert counter.till.members.duplicate("138") is None
        assert counter.till.members.duplicate("13911112222") is None

    def test_the_same_customer_twice_in_a_hurry_is_one_member(self, counter: Counter) -> None:
        form = NewMember(phone="13911112222")
        counter.till.members.capture(CASHIER, form)
        with counter.refuses("member.phone_known"):
            counter.till.members.capture(CASHIER, form)
        counter.restart()
        with counter.refuses("member.phone_known"):
            counter.till.members.capture(CASHIER, form)

    @pytest.mark.parametrize(
        ("form", "code"),
        [
            (NewMember(), "member.needs_phone_or_card"),
            (NewMember(name="张三"), "member.needs_phone_or_card"),
            (NewMember(phone="   "), "member.needs_phone_or_card"),
            (NewMember(phone="1391111222"), "phone.wrong"),
            (NewMember(phone="139111122222"), "phone.wrong"),
            (NewMember(phone="12011112222"), "phone.wrong"),
            (NewMember(phone="1391111222a"), "phone.wrong"),
            (NewMember(phone="-13911112222\0"), "phone.wrong"),
            (NewMember(phone="1" * 10_000), "phone.wrong"),
            (NewMember(phone="13911112222", name="长" * (MAX_NAME + 1)), "name.too_long"),
            (NewMember(phone="13911112222", name="张\x1b@三"), "name.too_long"),
            (NewMember(phone="13911112222", birthday="31.2."), "birthday.wrong"),
            (NewMember(phone="13911112222", birthday="02-30"), "birthday.wrong"),
            (NewMember(phone="13911112222", card="M00001"), "card.known"),
            (NewMember(phone="13911112222", card="a b"), "card.wrong"),
            (NewMember(phone="13911112222", card="c" * 41), "card.wrong"),
            (NewMember(phone="13911112222", card="卡"), "card.wrong"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_kept(self, counter: Counter, form: NewMember, code: str) -> None:
        before = counter.real.replica.reader.member_count()
        with counter.refuses(code):
            counter.till.members.capture(CASHIER, form)
        assert counter.real.replica.reader.member_count() == before


class TestChanges:
    def test_a_card_is_bound_once_and_found(self, counter: Counter) -> None:
        who = counter.member(9)
        changed = counter.till.members.bind_card(CASHIER, who.member_id, "N00009")
        assert changed.cards == ("N00009",)
        assert counter.till.members.bind_card(CASHIER, who.member_id, "N00009").cards == ("N00009",)
        assert counter.real.replica.reader.member_by_card("N00009") == changed
        counter.restart()
        assert counter.member(9).cards == ("N00009",)

    def test_somebody_elses_card_is_not(self, counter: Counter) -> None:
        with counter.refuses("card.known"):
            counter.till.members.bind_card(CASHIER, counter.member(9).member_id, "M00001")
        for wrong in ("", "   ", "a b", "x" * 41):
            with counter.refuses("card.wrong"):
                counter.till.members.bind_card(CASHIER, counter.member(9).member_id, wrong)

    def test_nobodys_data_cannot_be_changed(self, counter: Counter) -> None:
        ghost = MemberId(counter.real.ids.new())
        with counter.refuses("member.unknown"):
            counter.till.members.bind_card(CASHIER, ghost, "N1")

    def test_data_is_changed_by_permission_and_the_journal_names_the_fields(self, counter: Counter) -> None:
        who = msgspec.structs.replace(counter.member(1), name="王大明")
        with counter.refuses("permission.missing", permission="edit_member"):
            counter.till.members.update(CASHIER, None, who, ("name",))
        counter.till.members.update(CASHIER, SUPERVISOR, who, ("name",))
        assert counter.member(1).name == "王大明"
        assert counter.kinds()[-1] == RecordKind.MEMBER_CHANGED
        assert counter.audit().ok
