"""Invented states of finding and signing up members."""

from __future__ import annotations

from gallery_sale import SELLING
from gallery_shot import Shot

from pos_app.domain.points import Points
from pos_app.ui.screens.member_capture.state import KnownMember, MemberCaptureState
from pos_app.ui.screens.member_search.state import FoundMember, MemberSearchState
from pos_app.ui.state import Notice, Phase, Tone

FOUND = (
    FoundMember("m1", "王*", "138****1234", "金卡", 2, Points(1_280), "11-03"),
    FoundMember("m2", "王**", "159****1234", "普通", 0, Points(0)),
    FoundMember("m3", "欧阳**", "177****1234", "白金卡", 3, Points(28_120), "11-21"),
    FoundMember("m4", "张*", "133****1234", "银卡", 1, Points(320), "08-14", usable=False, status="已冻结"),
)


def member_shots() -> list[Shot]:
    selling = ("selling", SELLING)
    return [
        Shot("member_search", "member_search", MemberSearchState("1234", FOUND, more=True), behind=selling),
        Shot("member_search_start", "member_search", MemberSearchState(), behind=selling),
        Shot("member_search_none", "member_search", MemberSearchState("9876", phase=Phase.EMPTY), behind=selling),
        Shot("member_search_failed", "member_search", MemberSearchState("12", phase=Phase.FAILED), behind=selling),
        Shot("member_capture", "member_capture", MemberCaptureState("13912345678", session=1), behind=selling),
        Shot(
            "member_capture_known",
            "member_capture",
            MemberCaptureState(
                "13812341234",
                duplicate=KnownMember("m1", "王*", "138****1234", "金卡", 2),
                notice=Notice(Tone.WARNING, "member.phone_known"),
                session=2,
            ),
            behind=selling,
        ),
        Shot(
            "member_capture_bad",
            "member_capture",
            MemberCaptureState(
                "1381234", notice=Notice(Tone.DANGER, "input.wrong_check_digit"), bad_field="phone", session=3
            ),
            behind=selling,
        ),
    ]
