"""What a sale brought beside the goods, in words: prizes of draws and gifts, for whoever hands them over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.rewards import parts_given
from pos_app.ui import i18n
from pos_app.ui.gift_words import parts_words

if TYPE_CHECKING:
    from pos_app.domain.ledger.bodies import Sale


def gains_words(sale: Sale) -> tuple[str, ...]:
    """A line for each draw and each gift of the sale's own member."""
    language = i18n.current()
    drawn = [f"{each.name.in_language(language)}: {each.prize.in_language(language)}" for each in sale.draws]
    own = sale.member.member_id if sale.member is not None else None
    given = [
        f"{each.name.in_language(language)}: {parts_words(parts_given(sale.moves, place))}"
        for place, each in enumerate(sale.given)
        if each.account_id == own
    ]
    return (*drawn, *given)
