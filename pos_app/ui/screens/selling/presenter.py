"""The selling screen at work: one box in, basket and member on screen, payment out."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QEvent, QObject

from pos_app.application.coupons import FoundCoupon
from pos_app.application.lookup import (
    FoundGiftCard,
    FoundMany,
    FoundMember,
    FoundMultiplier,
    FoundProduct,
    FoundReceipt,
    FoundUnit,
    UnknownPhone,
)
from pos_app.application.spending import spends_by_itself
from pos_app.application.unit_codes import sold_before
from pos_app.application.weighing import weighed_quantity
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.unit_code_rules import check_has_code
from pos_app.errors import KnownError
from pos_app.runtime.weighing import WeightState
from pos_app.ui.current_sale import CurrentSale
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import (
    ChooseRequest,
    EditKind,
    GoodsRequest,
    LineEditRequest,
    PaymentRequest,
    RefundRequest,
)
from pos_app.ui.screens.selling import showing
from pos_app.ui.screens.selling.benefit_use import BenefitUse
from pos_app.ui.screens.selling.draft import DraftKeeper
from pos_app.ui.screens.selling.holding import Holding
from pos_app.ui.screens.selling.member_finder import MemberFinder
from pos_app.ui.screens.selling.state import SellingState
from pos_app.ui.state import Notice, Phase, Tone

if TYPE_CHECKING:
    from pos_app.application.lookup import Found
    from pos_app.application.selling import SaleDone
    from pos_app.domain.pricing.basket import ManualDiscount, PriceOverride
    from pos_app.domain.pricing.engine import Customer
    from pos_app.domain.pricing.quote import Quote
    from pos_app.domain.programme.document import Programme
    from pos_app.domain.quantity import Quantity
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.selling.view import SellingView


class SellingPresenter(Presenter["SellingView", SellingState]):
    """Everything between the first scan and payment."""

    def __init__(self, view: SellingView, desk: Desk) -> None:
        super().__init__(view, desk, SellingState())
        self._programme: Programme = desk.till.selling.programme()
        self._sale = CurrentSale(self._price)
        self._drawer = showing.LineDrawer()
        self._notice: Notice | None = None
        self._change: Money | None = None
        self._last_number = ""
        self._multipliers: deque[Quantity | None] = deque()
        self._draft = DraftKeeper(desk, self._basket, self)
        self._draft.failed.connect(self._on_not_kept)
        self._finder = MemberFinder(desk, self._sale, self)
        self._finder.changed.connect(self._draw)
        self._finder.found.connect(self._on_member_found)
        self._finder.failed.connect(self._on_not_found)
        self._holding = Holding(desk, self._sale, self)
        self._holding.held.connect(self._on_held)
        self._holding.taken.connect(self._on_taken)
        self._holding.counted.connect(self._draw)
        self._holding.failed.connect(self._on_not_found)
        self._benefits = BenefitUse(desk, self._sale, self._finder, self)
        self._benefits.changed.connect(self._on_basket_changed)
        self._benefits.told.connect(self._say)
        self._benefits.failed.connect(self._on_not_found)
        self._benefits.points_wanted.connect(self._on_pay_with_points)
        self._restored = False
        self._connect()

    def _connect(self) -> None:
        view = self.view
        view.scanned.connect(self._on_input)
        view.input_requested.connect(self._on_input)
        view.pay_requested.connect(self._on_pay)
        view.member_requested.connect(self._finder.search)
        view.capture_requested.connect(self._on_capture)
        view.member_cleared.connect(self._on_member_cleared)
        view.quantity_requested.connect(self._on_quantity)
        view.discount_requested.connect(self._on_discount)
        view.hold_requested.connect(self._holding.hold)
        view.recall_requested.connect(self._holding.recall)
        view.refund_requested.connect(self._on_refund)
        view.benefits_requested.connect(self._on_benefits)
        view.offer_requested.connect(self._on_offer)
        view.more_requested.connect(self._on_more)
        view.goods_requested.connect(self._on_goods)
        view.step_requested.connect(self._on_step)
        view.remove_requested.connect(self._on_remove)
        view.line_requested.connect(self._on_line)
        view.retry_requested.connect(self._finder.again)
        view.installEventFilter(self)
        self.desk.till_changed.connect(self._on_till_changed)

    def enter(self, request: object) -> None:
        """Come to the counter: the sale that was open when the till stopped is there again."""
        self._programme = self.desk.till.selling.programme()
        self._sale.use_price(self._price)
        if not self._restored:
            self._restored = True
            self._holding.restore()
        self._holding.read_count()
        self._finder.refresh()
        self._draw()

    # One box

    def _on_input(self, text: object) -> None:
        # Taken along, so that of two scans in one burst the first alone is taken three times.
        quantity, self._sale.multiplier = self._sale.multiplier, None
        self._multipliers.append(quantity)
        lookup = self.desk.till.lookup
        self._notice = None
        self.desk.reader(lambda: lookup.resolve(str(text), quantity=quantity), self._on_found, self._on_unresolved)

    def _give_multiplier_back(self) -> None:
        """What was not taken by goods waits for the next; answers come in the order of the questions."""
        quantity = self._multipliers.popleft()
        if self._sale.multiplier is None:
            self._sale.multiplier = quantity

    def _on_unresolved(self, error: KnownError) -> None:
        self._give_multiplier_back()
        self._on_not_found(error)

    def _on_found(self, found: Found) -> None:
        if isinstance(found, FoundProduct | FoundMany):
            self._multipliers.popleft()
        else:
            self._give_multiplier_back()
        match found:
            case FoundProduct():
                self._add(found)
            case FoundMember():
                self._finder.use(found.member.member_id)
            case FoundMany():
                self.desk.open("choice", ChooseRequest(found, lambda who: self._finder.use(who.member_id), self._add))
            case FoundUnit():
                self._on_not_found(sold_before(found.product.name, found.sold))
            case FoundReceipt():
                self.desk.go("refund", RefundRequest(found.receipt_no))
            case FoundMultiplier():
                self._sale.multiplier = found.quantity
                self._say(Notice(Tone.INFO, "selling.multiplier", {"quantity": found.quantity.display()}))
            case FoundCoupon():
                self._benefits.coupon(found, self._programme)
            case FoundGiftCard(card):
                self._benefits.gift_card(card, self._programme)
            case UnknownPhone():
                self._finder.capture(found.phone)

    def _on_not_found(self, error: KnownError) -> None:
        self.desk.shell.tell(good=False)
        self._say(Notice.of(error))

    def _add(self, found: FoundProduct) -> None:
        try:
            check_has_code(self._programme.unit_codes, found.product, found.unit_code)
            weighed = self._from_scale(found)
            line_no = self._sale.add(weighed or found)
        except KnownError as error:
            self._on_not_found(error)
            return
        if weighed is not None:
            found = weighed
            self.desk.scale.sold()
        self._change = None
        self.desk.shell.tell(good=True)
        self._draw()  # first: what the ledger's lane does then competes with the drawing
        self._draft.keep()
        if found.asks_weight:
            self._open_edit(EditKind.WEIGHT)
        elif found.product.is_open_price and not self._sale.basket.line(line_no).override:
            self._open_edit(EditKind.OPEN_PRICE)

    def _from_scale(self, found: FoundProduct) -> FoundProduct | None:
        """Goods with the weight that lies on the scale; None unless it is steady and nobody has sold it yet.

        Raises:
            KnownError: ``scale.only_tare``.
        """
        scale = self.desk.scale
        weight = scale.weight if found.asks_weight and not scale.was_sold else None
        if weight is None or weight.state is not WeightState.STABLE:
            return None
        quantity = weighed_quantity(found.product, weight.grams, is_net=weight.is_net)
        return msgspec.structs.replace(found, quantity=quantity, asks_weight=False)

    def _on_goods(self) -> None:
        request = GoodsRequest(self._add, self._on_input, self._on_pay, self._totals)
        self.desk.go("goods", request)

    def _totals(self) -> tuple[str, Money]:
        return showing.pieces(self._sale.basket), self._sale.quote.payable

    # The member

    def _on_member_found(self) -> None:
        self._change = None
        self.desk.shell.tell(good=True)
        self._draft.keep()
        self._draw()

    def _on_member_cleared(self) -> None:
        self._finder.forget()
        self._sale.set_member(None)
        self._draft.keep()
        self._draw()

    def _on_capture(self) -> None:
        self._finder.capture()

    # Lines

    def _on_line(self, key: object) -> None:
        self._sale.select(key if isinstance(key, int) else None)
        self._draw()

    def _on_step(self, step: tuple[int, int]) -> None:
        line_no, pieces = step
        self._sale.select(line_no)
        self._change_line(lambda: self._sale.step(pieces))

    def _on_remove(self, key: int) -> None:
        def remove() -> None:
            line = self._sale.remove(key)
            self._notice = Notice(Tone.INFO, "selling.line_removed", {"name": line.product.name})

        self._change_line(remove)

    def _change_line(self, change: object) -> None:
        self._notice = None
        try:
            change()  # type: ignore[operator]
        except KnownError as error:
            self._on_not_found(error)
            return
        self._draft.keep()
        self._draw()

    def _on_quantity(self, key: object) -> None:
        self._sale.select(key if isinstance(key, int) else None)
        self._open_edit(EditKind.QUANTITY)

    def _on_discount(self, key: object) -> None:
        self._sale.select(key if isinstance(key, int) else None)
        self._open_edit(EditKind.DISCOUNT)

    def _open_edit(self, kind: EditKind) -> None:
        try:
            line = self._sale.selected()
        except KnownError as error:
            self._on_not_found(error)
            return
        self.desk.open(
            "line_edit",
            LineEditRequest(
                kind=kind,
                line=line,
                price=self._sale.price_of(line.line_no),
                payable=self._sale.payable(),
                quantity_chosen=self._on_quantity_chosen,
                override_chosen=self._on_override_chosen,
                discount_chosen=self._on_discount_chosen,
                remove_chosen=self._on_remove,
            ),
        )

    def _on_quantity_chosen(self, line_no: int, quantity: Quantity) -> None:
        self._sale.select(line_no)
        self._change_line(lambda: self._sale.set_quantity(quantity))

    def _on_override_chosen(self, line_no: int, override: PriceOverride | None) -> None:
        self._change_line(lambda: self._sale.set_override(line_no, override))

    def _on_discount_chosen(self, line_no: int | None, discount: ManualDiscount | None) -> None:
        self._change_line(lambda: self._sale.set_discount(line_no, discount))

    # Hold and recall

    def _on_held(self) -> None:
        self._begin_anew()
        self._say(Notice(Tone.SUCCESS, "selling.held"))

    def _on_taken(self, basket: Basket, restored: bool) -> None:
        self._change = None
        self._notice = Notice(Tone.INFO, "selling.restored") if restored else None
        self._sale.load(basket, None)
        self._draw()
        if basket.member_id is not None:
            self._finder.use(basket.member_id)

    # Elsewhere

    def _on_refund(self) -> None:
        self._change = None
        self.desk.go("refund", RefundRequest(""))

    def _on_more(self) -> None:
        self._change = None
        self.desk.go("more")

    def _on_benefits(self, tab: str | None) -> None:
        self._benefits.open(tab or "", self._programme)

    def _on_offer(self, key: object) -> None:
        self._benefits.offer(key, self._programme)

    def _on_basket_changed(self, notice: Notice | None) -> None:
        self._change = None
        self._notice = notice
        self._draft.keep()
        self._draw()

    def _on_pay_with_points(self) -> None:
        self._pay(with_points=True)

    def _on_pay(self) -> None:
        self._pay(with_points=False)

    def _pay(self, *, with_points: bool) -> None:
        if self._sale.is_empty:
            return
        refused = showing.refusals(self._sale.basket, self._sale.quote)
        if refused:  # before any money is taken
            line_no, why = next(iter(refused.items()))
            name = self._sale.basket.line(line_no).product.name
            self._on_not_found(KnownError("sale.line_refused", name=name, why=why))
            return
        selling = self.desk.till.selling
        for asset in selling.unavailable(spends_by_itself(self._sale.quote)):
            self._on_not_found(KnownError("spend.offline", asset=asset.value))
            return
        self.desk.go(
            "payment",
            PaymentRequest(
                sale_id=selling.new_sale_id(),
                basket=self._sale.basket,
                customer=self._sale.customer,
                programme=self._programme,
                with_points=with_points,
                completed=self._on_completed,
                refused=self._on_refused,
            ),
        )

    def _on_completed(self, done: SaleDone) -> None:
        self._begin_anew()
        self._change = done.sale.change
        self._last_number = done.sale.receipt_no
        self.desk.shell.tell(good=True)
        self._draw()

    def _on_refused(self, error: KnownError) -> None:
        """The price is no longer what the screen said: ask the member and the rules again."""
        self._programme = self.desk.till.selling.programme()
        self._sale.use_price(self._price)
        self._finder.again()
        self._on_not_found(error)

    def _begin_anew(self) -> None:
        self._finder.forget()
        self._notice = None
        self._programme = self.desk.till.selling.programme()
        self._sale.clear()
        # A draft still on its way would be written behind the sale that ended it, and come back after a restart.
        self._draft.keep_after_all()
        self._draw()

    def _on_till_changed(self, till: object) -> None:
        self._restored = False
        self._change = None
        self._begin_anew()

    # Shown and kept

    def _price(self, basket: Basket, customer: Customer | None) -> Quote:
        return self.desk.till.selling.price(basket, customer, self._programme)

    def _say(self, notice: Notice | None) -> None:
        self._notice = notice
        self._draw()

    def _draw(self) -> None:
        sale = self._sale
        notice = self._notice
        if notice is None and sale.quote.notice and not sale.is_empty:
            notice = Notice(Tone.WARNING, f"quote.{sale.quote.notice}")
        member = None
        if sale.member is not None:
            today = self.desk.till.context.today()
            member = showing.member_state(
                sale.member, sale.basket, sale.quote, self._programme, self.desk.till.context.local_now(), today
            )
        self.show(
            replace(
                self.state,
                lines=self._drawer.lines(sale.basket, sale.quote),
                current=sale.line_no,
                payable=sale.quote.payable,
                saved=sale.quote.saved,
                pieces=showing.pieces(sale.basket),
                member=member,
                member_phase=Phase.READY if member else self._finder.phase,
                notice=notice,
                held=self._holding.count,
                change=self._change,
                last_number=self._last_number,
                can_pay=not sale.is_empty,
            )
        )
        self.desk.sale_changed.emit()
        self.desk.customer.ring(sale.basket, sale.quote, sale.customer, sale.line_no)

    def _basket(self) -> Basket:
        return self._sale.basket

    def _on_not_kept(self, error: KnownError) -> None:
        self._say(Notice.of(error, Tone.WARNING))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            self._drawer.forget()
            self._draw()
        return super().eventFilter(watched, event)
