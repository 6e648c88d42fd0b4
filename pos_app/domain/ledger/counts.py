"""What records state for the log of usage, and the gifts they speak of: small parts of their bodies."""

from __future__ import annotations

import msgspec

from pos_app.domain.ids import MemberId
from pos_app.domain.text import LocalText


class CountedFor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something a record says an account had, whoever it is, for limits: see ``Usage``.

    Attributes:
        account_id: Whose.
        what: Of what.
        amount: How much; negative where it was taken back.
        gift: Of which of the things that rules gave in the record; None where of none.
    """

    account_id: MemberId
    what: str
    amount: int = 1
    gift: int | None = None


class GivenByRule(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something given by a rule, as a whole: its moves name its place in the record's ``given``.

    Attributes:
        rule_id: By which rule.
        name: In the shop's words.
        account_id: Whom it was for.
    """

    rule_id: str
    name: LocalText
    account_id: MemberId
