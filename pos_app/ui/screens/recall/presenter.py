"""Sales on hold at work."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.ui import formats
from pos_app.ui.presenter import Presenter
from pos_app.ui.screens.recall.state import HeldSale, RecallState
from pos_app.ui.state import Notice, Phase

if TYPE_CHECKING:
    from pos_app.application.ports import HeldSale as Held
    from pos_app.domain.ids import HoldId
    from pos_app.domain.money import Money
    from pos_app.domain.pricing.basket import Basket
    from pos_app.errors import KnownError
    from pos_app.ui.desk import Desk
    from pos_app.ui.requests import RecallRequest
    from pos_app.ui.screens.recall.view import RecallView


class RecallPresenter(Presenter["RecallView", RecallState]):
    """The list of F6."""

    def __init__(self, view: RecallView, desk: Desk) -> None:
        super().__init__(view, desk, RecallState())
        self._request: RecallRequest | None = None
        view.recall_requested.connect(self._on_recall)
        view.discard_requested.connect(self._on_discard)
        view.retry_requested.connect(self._read)
        view.back_requested.connect(desk.close)

    def enter(self, request: object) -> None:
        """Read what is on hold."""
        self._request = request  # type: ignore[assignment]  # the selling screen asks with a RecallRequest
        self.show(RecallState(phase=Phase.LOADING))
        self._read()

    def _read(self) -> None:
        till = self.desk.till

        def work() -> tuple[tuple[Held, Money], ...]:
            programme = till.selling.programme()
            # Priced without the member: enough to tell the sales apart.
            return tuple(
                (held, till.selling.price(held.basket, None, programme).payable) for held in till.selling.held()
            )

        self.desk.reader(work, self._on_held, self._on_failed)

    def _on_held(self, held: tuple[tuple[Held, Money], ...]) -> None:
        zone = self.desk.till.context.zone
        rows = tuple(
            HeldSale(
                key=each.hold_id,
                label=each.basket.lines[0].product.name,
                since=formats.clock(dt.datetime.fromtimestamp(each.created_ms / 1000, tz=zone)),
                cashier=each.operator,
                lines=len(each.basket.lines),
                amount=payable,
                member=each.label,
            )
            for each, payable in reversed(held)
        )
        self.show(RecallState(rows, Phase.READY if rows else Phase.EMPTY))

    def _on_recall(self, key: HoldId) -> None:
        selling, operator = self.desk.till.selling, self.desk.require_operator()
        self.desk.ledger(lambda: selling.recall(operator, key), self._on_recalled, self._on_failed)

    def _on_recalled(self, basket: Basket) -> None:
        self.desk.close()
        if self._request is not None:
            self._request.recalled(basket)

    def _on_discard(self, key: HoldId) -> None:
        selling, operator = self.desk.till.selling, self.desk.require_operator()
        self.desk.ledger(lambda: selling.drop_held(operator, key), self._on_discarded, self._on_failed)

    def _on_discarded(self, nothing: object) -> None:
        self._read()

    def _on_failed(self, error: KnownError) -> None:
        self.show(replace(self.state, phase=Phase.READY, notice=Notice.of(error)))
