"""Members from a file, against a till in memory."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pos_testkit.import_fakes import ANY_CELL, MANAGER, FakeLedger, FakeReplica, codes, demo_rules, fake_till

from pos_app.application.context import TillContext
from pos_app.application.importing.members import RECORD_BATCH, ImportMembers
from pos_app.application.importing.model import ImportOptions, ImportPreview, ImportResult
from pos_app.application.importing.words import REASONS, reason
from pos_app.application.ports import MasterKind
from pos_app.domain import codec
from pos_app.domain.ids import StaffId
from pos_app.domain.ledger.bodies import OpeningLots
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.ledger.postings import MEMBER_AVAILABLE, POINTS_OPENING
from pos_app.domain.member import Birthday, Gender, Member, MemberStatus
from pos_app.domain.staff import Operator, Role
from pos_app.errors import KnownError

Till = tuple[TillContext, FakeLedger, FakeReplica]
HEAD = ["手机号", "姓名", "卡号", "等级", "积分"]


@pytest.fixture
def till() -> Till:
    return fake_till(demo_rules())


def run(till: Till, *rows: list[Any], head: list[Any] = HEAD, **options: Any) -> tuple[ImportPreview, ImportResult]:
    service = ImportMembers(till[0])
    preview = service.preview([head, *rows], ImportOptions(**options))
    return preview, service.apply(preview, MANAGER)


def test_a_member_comes_in_with_everything(till: Till) -> None:
    head = [*HEAD, "生日", "性别", "入会日期", "邮箱", "备注", "状态", "接收短信", "标签"]
    row = [
        "１３８００００１２３４ ",
        "王 小明",
        88000008.0,
        "金卡",
        "1,280",
        "1990年5月17日",
        "男",
        44927.0,
        "a@b.cn",
        "x",
        "正常",
    ]
    preview, result = run(till, [*row, "是", "茶,酒"], head=head)
    assert (result.new, result.points, preview.counts.rows) == (1, 1280, 1)
    (member,) = till[2].members.values()
    assert member == Member(
        member.member_id,
        dt.date(2023, 1, 1),
        phone="13800001234",
        name="王 小明",
        gender=Gender.MALE,
        birthday=Birthday(5, 17, 1990),
        email="a@b.cn",
        status=MemberStatus.ACTIVE,
        tier_id=member.tier_id,
        tier_since=dt.date(2025, 6, 18),
        cards=("88000008",),
        source="import",
        marketing_consent=True,
        note="x",
        tags=("茶", "酒"),
    )
    assert member.tier_id == "gold"
    kept = till[1].masters[MasterKind.MEMBER, member.member_id.hex]
    assert codec.decode(kept, Member) == member


def test_the_opening_balance_is_balanced_and_a_lot(till: Till) -> None:
    run(till, ["13800001234", "甲", "", "", 100], ["13800001235", "乙", "", "", 0], ["13800001236", "丙", "", "", 50.0])
    openings = [record for record in till[1].records if record.kind is RecordKind.MEMBERS_IMPORTED]
    (record,) = openings
    body = record.body
    assert isinstance(body, OpeningLots)
    assert (body.members, [lot.points.count for lot in body.lots]) == (3, [100, 50])
    assert [(posting.account, posting.amount) for posting in record.postings] == [
        (MEMBER_AVAILABLE, 100),
        (MEMBER_AVAILABLE, 50),
        (POINTS_OPENING, -150),
    ]
    assert body.lots[0].expires_on == demo_rules().new_lot_expiry(dt.date(2025, 6, 18))
    assert body.import_id == till[1].records[0].record_id
    assert "13800001234" not in str(till[1].records)


def test_the_same_file_again_changes_nothing(till: Till) -> None:
    rows = [["13800001234", "甲", "88000008", "银卡", 100], ["", "乙", "88000015", "", 7]]
    run(till, *rows)
    before = (len(till[1].records), dict(till[1].masters))
    preview, result = run(till, *rows)
    assert (preview.counts.same, preview.points, preview.points_ignored) == (2, 0, 2)
    assert (result.new, result.changed, result.same, result.import_id) == (0, 0, 2, None)
    assert (len(till[1].records), dict(till[1].masters)) == before


def test_the_same_preview_again_changes_nothing(till: Till) -> None:
    service = ImportMembers(till[0])
    preview = service.preview([HEAD, ["13800001234", "甲", "", "", 100]])
    service.apply(preview, MANAGER)
    records = len(till[1].records)
    assert service.apply(preview, MANAGER).new == 0
    assert len(till[1].records) == records


def test_a_file_comes_again_after_the_replica_was_not_written(till: Till) -> None:
    till[2].is_down = True
    with pytest.raises(OSError, match="replica locked"):
        run(till, ["13800001234", "甲", "", "", 100])
    till[2].is_down = False
    preview, _ = run(till, ["13800001234", "甲", "", "", 100])
    assert preview.counts.same == 1
    assert sum(record.kind is RecordKind.MEMBERS_IMPORTED for record in till[1].records) == 1


def test_a_change_keeps_what_the_file_does_not_say(till: Till) -> None:
    run(till, ["13800001234", "甲", "88000008", "银卡", 100])
    preview, result = run(till, ["13800001234", "甲乙", "", "", 500])
    assert (result.changed, result.points, preview.points_ignored) == (1, 0, 1)
    (member,) = till[2].members.values()
    assert (member.name, member.cards, member.tier_id) == ("甲乙", ("88000008",), "silver")


def test_a_tier_reached_meanwhile_is_not_taken_away(till: Till) -> None:
    run(till, ["13800001234", "甲", "", "金卡", 0])
    preview, _ = run(till, ["13800001234", "甲", "", "银卡", 0])
    assert preview.counts.same == 1
    assert [issue.code for issue in preview.warnings] == ["tier.kept"]


def test_errors_name_row_column_and_reason(till: Till) -> None:
    preview = ImportMembers(till[0]).preview(
        [
            ["惠民会员"],
            [],
            HEAD,
            ["13800001234", "甲", "", "", 1],
            ["1.38E+10", "乙", "", "", 1],
            ["12345", "丙", "", "", 1],
            [],
            ["13800001235", "丁", "", "钻石", "很多"],
            ["", "戊", "", "", 1],
            ["13800001234", "己", "", "", 1],
            ["13800001236", "庚", "88000008", "", -1],
            ["13800001237", "辛" * 60, "卡号", "", 1],
        ]
    )
    assert codes(preview) == [
        (5, "手机号", "number.lost_digits"),
        (6, "手机号", "phone.wrong"),
        (8, "积分", "number.wrong"),
        (8, "等级", "tier.unknown"),
        (9, "", "member.no_key"),
        (10, "手机号", "phone.repeated"),
        (11, "积分", "points.negative"),
        (12, "卡号", "card.wrong"),
        (12, "姓名", "text.too_long"),
    ]
    assert preview.counts == msgspec.structs.replace(preview.counts, rows=8, new=1, rejected=7)
    for issue in preview.errors:
        for language in ("zh_CN", "en"):
            assert "{" not in reason(issue, language)
            assert "?" not in reason(issue, language)


def test_nothing_is_imported_while_rows_are_rejected_unless_asked(till: Till) -> None:
    rows = [["13800001234", "甲", "", "", 1], ["1", "乙", "", "", 1]]
    with pytest.raises(KnownError, match=r"import\.rejected_rows"):
        run(till, *rows)
    assert not till[1].records
    assert not till[1].masters
    assert not till[2].members
    _, result = run(till, *rows, skip_rejected=True)
    assert (result.new, result.rejected) == (1, 1)


def test_duplicates_with_members_known_already(till: Till) -> None:
    run(till, ["13800001234", "甲", "88000008", "", 1], ["13800001235", "乙", "88000015", "", 1])
    preview = ImportMembers(till[0]).preview(
        [
            HEAD,
            ["13800001234", "甲", "88000015", "", 1],  # phone of one, card of the other
            ["13800001239", "乙", "88000015", "", 1],  # a new phone for the card's holder
            ["", "乙", "88000015", "", 1],
        ]
    )
    assert codes(preview) == [(2, "", "member.two_members"), (3, "卡号", "card.repeated"), (4, "卡号", "card.repeated")]
    preview = ImportMembers(till[0]).preview([HEAD, ["13800001239", "乙", "88000015", "", 1]])
    assert (preview.counts.changed, [issue.code for issue in preview.warnings]) == (1, ["phone.replaced"])
    preview = ImportMembers(till[0]).preview([HEAD, ["13800001234", "甲", "", "", 1], ["", "甲", "88000008", "", 1]])
    assert codes(preview) == [(3, "", "member.repeated")]


def test_a_number_given_to_somebody_else_makes_another_member(till: Till) -> None:
    run(till, ["13800001234", "甲", "88000008", "", 1])
    run(till, ["13800009999", "甲", "88000008", "", 1])
    del till[2].phones["13800001234"]
    run(till, ["13800001234", "新人", "", "", 5])
    assert sorted(member.name for member in till[2].members.values()) == ["新人", "甲"]
    preview, _ = run(till, ["13800001234", "新人", "", "", 5])
    assert preview.counts.same == 1


def test_what_changed_since_the_preview_stops_it(till: Till) -> None:
    service = ImportMembers(till[0])
    preview = service.preview([HEAD, ["13800001234", "甲", "88000008", "", 1]])
    captured = Member(till[0].personal.member_id("other"), dt.date(2025, 6, 18), phone="13800001234")
    till[2].put_members([captured])
    with pytest.raises(KnownError, match=r"import\.stale"):
        service.apply(preview, MANAGER)
    assert not till[1].records


def test_a_cashier_may_not(till: Till) -> None:
    service = ImportMembers(till[0])
    preview = service.preview([HEAD, ["13800001234", "甲", "", "", 1]])
    with pytest.raises(KnownError, match=r"permission\.missing"):
        service.apply(preview, Operator(StaffId("01"), "小陈", Role.CASHIER))


def test_a_fault_anywhere_leaves_nothing_behind() -> None:
    rows = [HEAD, *([f"138{index:08d}", "甲", "", "", 1] for index in range(RECORD_BATCH * 2 + 1))]
    context, ledger, replica = fake_till(demo_rules())
    ImportMembers(context).apply(ImportMembers(context).preview(rows), MANAGER)
    assert sum(record.kind is RecordKind.MEMBERS_IMPORTED for record in ledger.records) == 3
    steps = ledger.steps
    for fail_at in range(1, steps + 1):
        context, ledger, replica = fake_till(demo_rules())
        preview = ImportMembers(context).preview(rows)
        ledger.fail_at = fail_at
        with pytest.raises(OSError, match="disk full"):
            ImportMembers(context).apply(preview, MANAGER)
        assert not ledger.records
        assert not ledger.masters
        assert not replica.members
        assert ImportMembers(context).apply(preview, MANAGER).new == len(rows) - 1


def test_lost_zeros_of_cards(till: Till) -> None:
    rows = [["", "甲", f"00{index:06d}", "", 0] for index in range(10, 30)]
    preview = ImportMembers(till[0]).preview([HEAD, *rows, ["", "乙", 123.0, "", 0]])
    assert [(issue.row, issue.code) for issue in preview.warnings] == [(22, "card.short")]
    preview = ImportMembers(till[0]).preview([HEAD, *rows, ["", "乙", 123.0, "", 0]], ImportOptions(card_digits=8))
    assert [(issue.row, issue.code) for issue in preview.warnings] == [(22, "card.filled")]
    assert preview.members[-1].member.cards == ("00000123",)


def test_points_with_a_last_day(till: Till) -> None:
    head = [*HEAD, "积分有效期"]
    preview = ImportMembers(till[0]).preview(
        [
            head,
            ["13800001234", "", "", "", 9.7, "2026-01-31"],
            ["13800001235", "", "", "", 9, "2025-06-17"],
            ["13800001236", "", "", "", 9, ""],
        ]
    )
    assert [(planned.points, planned.points_expire) for planned in preview.members] == [
        (9, dt.date(2026, 1, 31)),
        (0, None),
        (9, None),
    ]
    assert [issue.code for issue in preview.warnings] == ["points.rounded", "points.expired"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(ANY_CELL, max_size=15), max_size=8))
def test_garbage_is_taken_or_refused_and_never_crashes(rows: list[list[Any]]) -> None:
    context, _ledger, replica = fake_till(demo_rules())
    head = [*HEAD, "积分有效期", "生日", "性别", "入会日期", "邮箱", "备注", "状态", "接收短信", "标签", "来源"]
    service = ImportMembers(context)
    preview = service.preview([head, *rows])
    counts = preview.counts
    assert counts.rows == counts.new + counts.changed + counts.same + counts.rejected
    assert all(issue.code in REASONS for issue in (*preview.errors, *preview.warnings))
    assert all(row.issues for row in preview.rejected)
    service.apply(msgspec.structs.replace(preview, options=ImportOptions(skip_rejected=True)), MANAGER)
    assert len(replica.members) == counts.new
    again = service.preview([head, *rows])
    assert (again.counts.new, again.counts.changed) == (0, 0)
    assert again.counts.rejected == counts.rejected
