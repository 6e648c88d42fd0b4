"""Benefits at work: one list at a time, each knowing its own rows and what they do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_app.application.explaining import explanation
from pos_app.application.ports import JobState
from pos_app.ui.device_words import printer_notice
from pos_app.ui.presenter import Presenter
from pos_app.ui.screens.benefits import state as st
from pos_app.ui.screens.benefits.cards_tab import CardsTab
from pos_app.ui.screens.benefits.coupons_tab import CouponsTab
from pos_app.ui.screens.benefits.recharge_tab import RechargeTab
from pos_app.ui.screens.benefits.redeem_tab import RedeemTab
from pos_app.ui.screens.benefits.sale_tab import SaleTab
from pos_app.ui.screens.benefits.state import BenefitsState
from pos_app.ui.screens.benefits.take_part_tab import TakePartTab

if TYPE_CHECKING:
    from pos_app.application.selling import MemberView
    from pos_app.runtime.printing import PrintResult
    from pos_app.ui.desk import Desk
    from pos_app.ui.requests import BenefitsRequest
    from pos_app.ui.screens.benefits.tab import BenefitsTab
    from pos_app.ui.screens.benefits.view import BenefitsView
    from pos_app.ui.state import Notice

#: What brings each list to life.
_TABS: Final[dict[str, type[BenefitsTab]]] = {
    st.SALE: SaleTab,
    st.COUPONS: CouponsTab,
    st.RECHARGE: RechargeTab,
    st.REDEEM: RedeemTab,
    st.CARDS: CardsTab,
    st.TAKE_PART: TakePartTab,
}


class BenefitsPresenter(Presenter["BenefitsView", BenefitsState]):
    """Turns from list to list; what a list does is its own."""

    def __init__(self, view: BenefitsView, desk: Desk) -> None:
        super().__init__(view, desk, BenefitsState())
        self._request: BenefitsRequest | None = None
        self._tabs: dict[str, BenefitsTab] = {}
        self._tab = st.SALE
        view.tab_requested.connect(self._on_tab)
        view.row_requested.connect(self._on_row)
        view.primary_requested.connect(self._on_primary)
        view.entry_requested.connect(self._on_entry)
        view.explain_requested.connect(self._on_explain)
        view.scanned.connect(self._on_scanned)
        view.back_requested.connect(self._on_back)
        self._explaining = False
        desk.printing.test_finished.connect(self._on_printed)
        self._known: MemberView | None = None
        desk.sale_changed.connect(self._on_sale_changed)

    def enter(self, request: object) -> None:
        """Show the lists for a sale."""
        asked: BenefitsRequest = request  # type: ignore[assignment]  # the selling screen asks with a BenefitsRequest
        self._request = asked
        self._known = asked.sale.member
        for tab in self._tabs.values():
            tab.deleteLater()
        self._tabs = {key: make(self.desk, asked, self) for key, make in _TABS.items()}
        self._tab = asked.tab if asked.tab in self._tabs else st.SALE
        self._draw(None)
        for tab in self._tabs.values():
            tab.changed.connect(self._draw)
            tab.loaded.connect(self._on_loaded)
            tab.load()

    def _on_loaded(self) -> None:
        self._draw(self.state.notice)

    def _on_sale_changed(self) -> None:
        """The member was read anew after something was booked for them: the lists and their counts are others."""
        request = self._request
        if request is None or self.desk.shell.active_view() is not self.view:
            return
        if request.sale.member is not self._known:
            self._known = request.sale.member
            for tab in self._tabs.values():
                tab.load()
            self._draw(self.state.notice)

    def _on_tab(self, key: str) -> None:
        if key in self._tabs:
            self._tab = key
            self._draw(None)

    def _on_row(self, key: object) -> None:
        self._tabs[self._tab].on_row(key)

    def _on_primary(self) -> None:
        self._tabs[self._tab].on_primary()

    def _on_entry(self, text: str) -> None:
        self._tabs[self._tab].on_entry(text)

    def _on_scanned(self, text: str) -> None:
        if not self._tabs[self._tab].on_scan(text):
            # Meant for the sale: the sheet makes way.
            self.desk.close()
            self.desk.shell.deliver_scan(text)

    def _on_back(self) -> None:
        if not self._tabs[self._tab].on_back():
            self.desk.close()

    def _on_explain(self) -> None:
        if self._request is None or self._request.sale.is_empty:
            return
        operator, context, sale = self.desk.require_operator(), self.desk.till.context, self._request.sale
        self._explaining = True
        self.desk.printing.test(explanation(context, operator, sale.basket, sale.quote))
        self.desk.close()

    def _on_printed(self, result: PrintResult) -> None:
        if not self._explaining:
            return  # a paper somebody else asked for
        self._explaining = False
        if result.state in (JobState.SENT, JobState.CONFIRMED):
            self.desk.tell("benefit.explained")
        else:
            self.desk.shell.toast(printer_notice(result.reason))

    def _draw(self, notice: Notice | None) -> None:
        counts = tuple((key, tab.count()) for key, tab in self._tabs.items())
        can_explain = self._request is not None and not self._request.sale.is_empty
        shown = self._tabs[self._tab].shown()
        self.show(replace(shown, counts=counts, notice=notice, can_explain=can_explain))
