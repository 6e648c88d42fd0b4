"""One of several at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.application.lookup import MAX_RESULTS, FoundProduct
from pos_app.domain.member import Member
from pos_app.domain.text import mask_name, mask_phone
from pos_app.ui import i18n
from pos_app.ui.presenter import Presenter
from pos_app.ui.screens.choice.state import Choice, ChoiceState

if TYPE_CHECKING:
    from pos_app.domain.catalog import Product
    from pos_app.ui.desk import Desk
    from pos_app.ui.requests import ChooseRequest
    from pos_app.ui.screens.choice.view import ChoiceView


class ChoicePresenter(Presenter["ChoiceView", ChoiceState]):
    """Hands back the one that was chosen."""

    def __init__(self, view: ChoiceView, desk: Desk) -> None:
        super().__init__(view, desk, ChoiceState())
        self._request: ChooseRequest | None = None
        self._things: list[Product | Member] = []
        view.choose_requested.connect(self._on_choose)
        view.back_requested.connect(desk.close)
        view.scanned.connect(self._on_scanned)

    def enter(self, request: object) -> None:
        """Show what was found."""
        self._request = request  # type: ignore[assignment]  # the selling screen asks with a ChooseRequest
        if self._request is None:
            return
        found = self._request.found
        programme = self.desk.till.selling.programme()
        ranks = [tier.tier_id for tier in programme.tiers]
        language = i18n.current()
        self._things = [*found.products, *found.members]
        choices = [Choice(number, each.name, each.product_id, each.price) for number, each in enumerate(found.products)]
        for number, member in enumerate(found.members, start=len(found.products)):
            tier = programme.tier(member.tier_id)
            choices.append(
                Choice(
                    number,
                    mask_name(member.name) or mask_phone(member.phone),
                    mask_phone(member.phone),
                    tier=tier.name.in_language(language),
                    tier_rank=ranks.index(tier.tier_id),
                )
            )
        more = len(found.products) >= MAX_RESULTS or len(found.members) >= MAX_RESULTS
        self.show(ChoiceState(tuple(choices), more))

    def _on_choose(self, key: int) -> None:
        request = self._request
        if request is None or not 0 <= key < len(self._things):
            return
        thing = self._things[key]
        self.desk.close()
        if isinstance(thing, Member):
            request.member_chosen(thing)
        else:
            request.product_chosen(FoundProduct(thing, request.found.quantity))

    def _on_scanned(self, text: str) -> None:
        """Scanning goes on: the choice is given up and the scan goes to the screen behind."""
        self.desk.close()
        self.desk.shell.deliver_scan(text)
