"""A second look at recharges: bonuses that cannot be used, and ladders that reward paying in by halves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pos_app.domain.programme.findings import Finding, Severity, Texts, found
from pos_app.domain.programme.prepaid import StoredValue
from pos_app.domain.programme.rules import Conditions

_TEXTS: Final[Texts] = {
    "bonus_unusable": (
        Severity.ERROR,
        "送了赠金，max_bonus_share_bp = 0 却一分也不能用",
        "a bonus is given, but max_bonus_share_bp = 0 lets none of it be used",
    ),
    "bonus_rich": (
        Severity.WARNING,
        "赠送不少于本金，请确认",
        "the bonus is no less than what is paid in; make sure that is meant",
    ),
    "bonus_falls": (
        Severity.WARNING,
        "按比例送得比 {other} 少，分几次充 {other} 更划算",
        "it gives less in proportion than {other}: paying that in several times gives more",
    ),
}


def review_prepaid(stored: StoredValue | None) -> Iterator[Finding]:
    """Look for bonuses that nobody can use, or that nobody can have meant."""
    if stored is None:
        return
    if stored.max_bonus_share_bp == 0 and any(ladder.bonus for ladder in stored.ladders):
        yield found(_TEXTS, "bonus_unusable", "stored_value.max_bonus_share_bp")
    for ladder in stored.ladders:
        if ladder.bonus >= ladder.amount:
            yield found(_TEXTS, "bonus_rich", f"stored_value.ladders.{ladder.ladder_id}.bonus")
    always = [ladder for ladder in stored.ladders if ladder.conditions == Conditions()]
    for lower, higher in pairwise(always):
        if higher.bonus.minor * lower.amount.minor < lower.bonus.minor * higher.amount.minor:
            yield found(_TEXTS, "bonus_falls", f"stored_value.ladders.{higher.ladder_id}", other=lower.ladder_id)
