"""Quantity, price and discount of a line at work: what was typed becomes exact, and permissions are asked for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pos_app.application.weighing import weighed_quantity
from pos_app.domain.money import FULL_RATE_BP, Money
from pos_app.domain.pricing.basket import ManualDiscount, ManualDiscountKind, PriceOverride
from pos_app.domain.quantity import Quantity
from pos_app.domain.staff import Permission
from pos_app.errors import KnownError
from pos_app.runtime.weighing import WeightState
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import EditKind
from pos_app.ui.screens.line_edit.state import DiscountKind, Edit, LineEdited, LineEditState, OnScale
from pos_app.ui.state import Notice

if TYPE_CHECKING:
    from pos_app.domain.staff import Operator
    from pos_app.ui.desk import Desk
    from pos_app.ui.requests import LineEditRequest
    from pos_app.ui.screens.line_edit.view import LineEditView

_UNUSABLE = {
    WeightState.MOVING: "scale.moving",
    WeightState.ZERO: "scale.empty",
    WeightState.NEGATIVE: "scale.negative",
    WeightState.OVERLOAD: "scale.overload",
    WeightState.UNIT: "scale.wrong_unit",
}
_WHOLE = (DiscountKind.WHOLE_PERCENT, DiscountKind.WHOLE_AMOUNT)


class LineEditPresenter(Presenter["LineEditView", LineEditState]):
    """One sheet for everything that can be changed of a line."""

    def __init__(self, view: LineEditView, desk: Desk) -> None:
        super().__init__(view, desk, LineEditState())
        self._request: LineEditRequest | None = None
        self._edit = Edit.QUANTITY
        self._discount = DiscountKind.PERCENT
        self._asked: LineEdited | None = None
        view.confirm_requested.connect(self._on_confirm)
        view.edit_requested.connect(self._on_edit)
        view.discount_requested.connect(self._on_discount)
        view.remove_requested.connect(self._on_remove)
        view.back_requested.connect(self._on_back)
        view.weigh_requested.connect(self._on_weigh)
        desk.scale.changed.connect(self._on_weight)

    def enter(self, request: object) -> None:
        """Show a line with what is to be changed first."""
        self._request = request  # type: ignore[assignment]  # the selling screen asks with a LineEditRequest
        if self._request is None:
            return
        self._edit = {
            EditKind.QUANTITY: Edit.QUANTITY,
            EditKind.WEIGHT: Edit.QUANTITY,
            EditKind.PRICE: Edit.PRICE,
            EditKind.OPEN_PRICE: Edit.PRICE,
            EditKind.DISCOUNT: Edit.DISCOUNT,
        }[self._request.kind]
        self._discount = DiscountKind.PERCENT
        self._draw()

    def _on_edit(self, edit: Edit) -> None:
        self._edit = edit
        self._draw()

    def _on_discount(self, kind: DiscountKind) -> None:
        self._discount = kind
        self._draw()

    def _on_back(self) -> None:
        """Nothing is changed; a line that nobody has said the weight or the price of goes out again."""
        request = self._request
        if request is not None and request.kind in (EditKind.WEIGHT, EditKind.OPEN_PRICE):
            self._on_remove()
        else:
            self.desk.close()

    def _on_weigh(self) -> None:
        """What lies on the scale is the quantity."""
        self._on_confirm(LineEdited(Edit.QUANTITY, ""))

    def _on_weight(self, weight: object) -> None:
        if self.desk.shell.active_view() is self.view and self.state.scale is not None:
            self.show(replace(self.state, scale=self._on_scale()))

    def _on_scale(self) -> OnScale | None:
        """What lies on the scale, where these goods are weighed and there is one."""
        scale, request = self.desk.scale, self._request
        if request is None or not request.line.product.is_weighed or not scale.is_set_up:
            return None
        return OnScale(scale.weight, request.line.product.tare_g, scale.was_sold)

    def _quantity(self, text: str) -> Quantity:
        """How much was typed, or lies on the scale if nothing was.

        Raises:
            KnownError: ``scale.moving`` and so on, ``scale.only_tare``, or as ``Quantity.parse``.
        """
        shown, request = self._on_scale(), self._request
        if text or shown is None or request is None:
            return Quantity.parse(text)
        weight = shown.weight
        if weight is None:
            raise KnownError("scale.silent")
        if weight.state is not WeightState.STABLE:
            raise KnownError(_UNUSABLE[weight.state])
        quantity = weighed_quantity(request.line.product, weight.grams, is_net=weight.is_net)
        self.desk.scale.sold()
        return quantity

    def _on_remove(self) -> None:
        if self._request is not None:
            self.desk.close()
            self._request.remove_chosen(self._request.line.line_no)

    def _on_confirm(self, asked: LineEdited) -> None:
        self._asked = asked
        self._apply(None)

    def _apply(self, approver: Operator | None) -> None:
        try:
            self._decide(approver)
        except KnownError as error:
            if not self.desk.approve_and_retry(error, self._on_approved):
                self.desk.shell.tell(good=False)
                self._draw(Notice.of(error))

    def _on_approved(self, approver: Operator) -> None:
        self._apply(approver)

    def _decide(self, approver: Operator | None) -> None:
        request, asked = self._request, self._asked
        if request is None or asked is None:
            return
        selling, operator = self.desk.till.selling, self.desk.require_operator()
        line_no = request.line.line_no
        match asked.edit:
            case Edit.QUANTITY:
                quantity = self._quantity(asked.text)
                self.desk.close()
                request.quantity_chosen(line_no, quantity)
            case Edit.PRICE:
                price = Money.parse(asked.text)
                if request.line.product.is_open_price:
                    override = PriceOverride(price, operator.staff_id)
                else:
                    override = selling.check_override(operator, approver, price)
                self.desk.close()
                request.override_chosen(line_no, override)
            case Edit.DISCOUNT:
                discount = _read_discount(asked, operator)
                if discount is not None:
                    discount = selling.check_discount(operator, approver, discount)
                self.desk.close()
                request.discount_chosen(None if asked.discount in _WHOLE else line_no, discount)

    def _draw(self, notice: Notice | None = None) -> None:
        request = self._request
        if request is None:
            return
        needed = {Edit.PRICE: Permission.PRICE_OVERRIDE, Edit.DISCOUNT: Permission.DISCOUNT}.get(self._edit)
        if self._edit is Edit.PRICE and request.line.product.is_open_price:
            needed = None
        operator = self.desk.operator
        self.show(
            LineEditState(
                edit=self._edit,
                name=request.line.product.name,
                quantity=None if request.kind is EditKind.WEIGHT else request.line.quantity,
                unit=request.line.product.unit,
                price=None if request.kind is EditKind.OPEN_PRICE else request.price.unit_price,
                amount=request.payable if self._discount in _WHOLE else request.price.amount,
                discount=self._discount,
                approval_needed=needed is not None and operator is not None and not operator.may(needed),
                notice=notice,
                scale=self._on_scale() if self._edit is Edit.QUANTITY else None,
            )
        )


def _read_discount(asked: LineEdited, operator: Operator) -> ManualDiscount | None:
    """What was typed as a discount; zero lifts it.

    Raises:
        KnownError: ``discount.unreadable``, ``discount.out_of_range``, or as ``Money.parse``.
    """
    if asked.discount in (DiscountKind.AMOUNT, DiscountKind.WHOLE_AMOUNT):
        off = Money.parse(asked.text)
        return ManualDiscount(ManualDiscountKind.AMOUNT, operator.staff_id, off=off) if off else None
    rate_bp = read_percent(asked.text)
    return ManualDiscount(ManualDiscountKind.PERCENT, operator.staff_id, off_bp=rate_bp) if rate_bp else None


def read_percent(text: str) -> int:
    """Read ``10`` or ``9.5`` (per cent off) as basis points.

    Raises:
        KnownError: ``discount.unreadable``, ``discount.out_of_range``.
    """
    cleaned = text.strip().removesuffix("%")
    try:
        rate = Decimal(cleaned) * 100 if len(cleaned) <= 8 else Decimal("NaN")
    except InvalidOperation:
        raise KnownError("discount.unreadable") from None
    if not rate.is_finite() or rate != rate.to_integral_value():
        raise KnownError("discount.unreadable")
    if not 0 <= rate <= FULL_RATE_BP:
        raise KnownError("discount.out_of_range")
    return int(rate)
