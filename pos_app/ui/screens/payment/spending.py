"""What of a payment needs head office's word: which ways to pay, and which of them to take out again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.application.head_office import SpendAsset
from pos_app.domain.tender import Tender, TenderKind
from pos_app.ui.screens.payment import state as st
from pos_app.ui.state import Notice, Tone

if TYPE_CHECKING:
    from pos_app.application.selling import SellingService

#: What a kind of tender spends.
_SPENDS: Final = {
    st.POINTS: SpendAsset.POINTS,
    st.STORED_VALUE: SpendAsset.STORED_VALUE,
    st.GIFT_CARD: SpendAsset.GIFT_CARD,
}
_TENDERS: Final = {
    SpendAsset.POINTS: TenderKind.POINTS,
    SpendAsset.STORED_VALUE: TenderKind.STORED_VALUE,
    SpendAsset.GIFT_CARD: TenderKind.GIFT_CARD,
}


def unavailable_kinds(kinds: list[str], selling: SellingService) -> tuple[str, ...]:
    """Of kinds of tender those that cannot be taken now, because head office cannot be asked."""
    assets = selling.unavailable(_SPENDS[kind] for kind in kinds if kind in _SPENDS)
    return tuple(kind for kind in kinds if _SPENDS.get(kind) in assets)


def unavailable_notice(kinds: tuple[str, ...]) -> Notice | None:
    """Why they are greyed."""
    if not kinds:
        return None
    return Notice(Tone.WARNING, "spend.offline_tenders", {"assets": tuple(_SPENDS[kind].value for kind in kinds)})


def without(tenders: tuple[Tender, ...], asset: str) -> tuple[Tender, ...]:
    """Tenders without those that spend an asset."""
    kind = _TENDERS.get(SpendAsset(asset))
    return tuple(each for each in tenders if each.kind is not kind)
