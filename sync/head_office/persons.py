"""People as head office knows them: what tills sent, field by field, and the standing that sales and refunds assign.

What is applied later wins, whatever clocks said.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import msgspec

from pos_app.domain.member import Member, MemberStatus, Standing

_FIELDS: Final = frozenset(Member.__struct_fields__)


def changed_person(before: Member | None, sent: Member, fields: Collection[str]) -> Member:
    """A person with what a till changed; other fields stay as they were, whatever that till knew of them.

    Args:
        before: As known here; None for somebody new.
        sent: The whole person as the till has it.
        fields: What it changed, by name; none that is known for all of it.
    """
    named = _FIELDS.intersection(fields)
    if before is None or not named:
        return sent
    changes: dict[str, Any] = {name: getattr(sent, name) for name in named}
    if "cards" in changes:  # two tills may each have given a card
        changes["cards"] = tuple(dict.fromkeys((*before.cards, *sent.cards)))
    if before.status is MemberStatus.TEMPORARY and sent.status is MemberStatus.ACTIVE:
        changes["status"] = sent.status
    return msgspec.structs.replace(before, **changes)


def assigned_person(before: Member, standing: Standing) -> Member:
    """A person with the standing that a sale or refund assigned."""
    return before if before.standing == standing else before.with_standing(standing)


def merged_person(winner: Member, loser: Member) -> Member:
    """One person of two entries: what the one does not say the other may, and the cards of both go on."""
    return msgspec.structs.replace(
        winner,
        name=winner.name or loser.name,
        gender=winner.gender or loser.gender,
        birthday=winner.birthday or loser.birthday,
        email=winner.email or loser.email,
        note=winner.note or loser.note,
        cards=tuple(dict.fromkeys((*winner.cards, *loser.cards))),
        tags=tuple(dict.fromkeys((*winner.tags, *loser.tags))),
        referrer_id=winner.referrer_id or (loser.referrer_id if loser.referrer_id != winner.member_id else None),
        marketing_consent=winner.marketing_consent and loser.marketing_consent,
    )
