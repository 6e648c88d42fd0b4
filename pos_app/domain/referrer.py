"""Who brought a member, and why nobody is rewarded for it: guards against people who bring themselves."""

from __future__ import annotations

import msgspec

from pos_app.domain.ids import MemberId
from pos_app.domain.member import Member, MemberAccount, MemberStatus


class Referrer(msgspec.Struct, frozen=True):
    """The member who brought another.

    Attributes:
        member: Who.
        account: Balances and what was had.
        brought_by: Who brought the referrer, who brought that one, and so on, as far as is known.
    """

    member: Member
    account: MemberAccount
    brought_by: tuple[MemberId, ...] = ()


def referrer_refusal(referred: Member, referrer: Member, brought_by: tuple[MemberId, ...] = ()) -> str | None:
    """Why bringing a member is not rewarded: a reason code, or None when it is.

    Args:
        referred: Who was brought.
        referrer: Who brought them.
        brought_by: See :class:`Referrer`.
    """
    if is_same_person(referred, referrer):
        return "referrer_is_self"
    if referrer.status in (MemberStatus.FROZEN, MemberStatus.CLOSED):
        return "referrer_not_active"
    if referred.member_id in brought_by:
        return "referrer_circle"
    if referred.joined_on < referrer.joined_on:
        return "referrer_newer"
    return None


def is_same_person(one: Member, other: Member) -> bool:
    """Whether two members are one person, as far as can be told: same phone, a shared card, same name and birthday."""
    if one.member_id == other.member_id:
        return True
    phone = bool(one.phone) and one.phone == other.phone
    card = bool(set(one.cards) & set(other.cards))
    known = bool(one.name) and one.birthday is not None
    return phone or card or (known and one.name == other.name and one.birthday == other.birthday)
