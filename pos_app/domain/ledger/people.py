"""What records make of a person: their standing, their data, and two persons who turned out to be one.

One rule for the till that writes a record and for whoever applies it later, in whatever order the tills' records come.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.bodies import RefundMember, SaleMember
from pos_app.domain.member import Member, MemberStatus

#: What purchases make of a member, and who it is: no change of personal data says these.
_NOT_DATA = frozenset({"member_id", "joined_on", "tier_id", "tier_since", "given_tier", "given_on"})


def after_record(member: Member, part: SaleMember | RefundMember | None) -> Member:
    """The member once a sale or a refund has assigned what it assigns.

    A record that found another standing than there is now was made without knowing of that; then the one that counts
    from the later day stays. What is bought raises it again wherever the member is asked about next.
    """
    if part is None or part.standing is None:
        return member
    if part.standing_was is None or part.standing_was == member.standing:
        return member.with_standing(part.standing)
    return member.with_standing(part.standing) if part.standing.since > member.standing.since else member


def with_changes(known: Member, sent: Member, fields: Collection[str]) -> Member:
    """A person with what somebody changed of their data; the rest stays as it is known."""
    changed = {name: getattr(sent, name) for name in fields if name in Member.__struct_fields__}
    return msgspec.structs.replace(known, **{name: value for name, value in changed.items() if name not in _NOT_DATA})


def winner_of(one: Member, other: Member) -> tuple[Member, Member]:
    """Of two entries of one person, the one that stays (joined first, then by id) and the one that goes."""
    first, second = sorted((one, other), key=lambda each: (each.joined_on, each.member_id))
    return first, second


def merge_people(winner: Member, loser: Member) -> Member:
    """One person of two entries: what the winner's lacks is taken from the loser's, cards and tags from both.

    The standing that counts from the later day stays, so that no tier that was just reached is lost. Consent counts
    where it was given last, and nobody can say where that was: it stays the winner's.
    """
    theirs, ours = loser.standing, winner.standing
    is_theirs = theirs.tier_id != ours.tier_id and (not ours.tier_id or theirs.since > ours.since)
    standing = loser if is_theirs else winner
    status = winner.status
    if status is MemberStatus.TEMPORARY:
        status = loser.status
    return msgspec.structs.replace(
        winner,
        phone=winner.phone or loser.phone,
        name=winner.name or loser.name,
        gender=winner.gender or loser.gender,
        birthday=winner.birthday or loser.birthday,
        email=winner.email or loser.email,
        status=status,
        tier_id=standing.tier_id,
        tier_since=theirs.since if is_theirs else winner.tier_since,
        given_tier=standing.given_tier,
        given_on=standing.given_on,
        cards=tuple(dict.fromkeys((*winner.cards, *loser.cards))),
        source=winner.source or loser.source,
        referrer_id=_referrer(winner, loser),
        note="\n".join(dict.fromkeys((*winner.note.splitlines(), *loser.note.splitlines()))),
        tags=tuple(dict.fromkeys((*winner.tags, *loser.tags))),
    )


def _referrer(winner: Member, loser: Member) -> MemberId | None:
    """Who brought the person; nobody brought themselves."""
    for each in (winner.referrer_id, loser.referrer_id):
        if each is not None and each not in (winner.member_id, loser.member_id):
            return each
    return None
