"""A receipt that is in no books, to see whether a printer prints what the shop's customers will get."""

from __future__ import annotations

from pos_app.application.context import TillContext
from pos_app.application.ports import JobKind
from pos_app.application.print_content import PrintContent, unbooked_header
from pos_app.domain.catalog import Product
from pos_app.domain.ids import CategoryId, ProductId, SaleId, ShiftId, receipt_number
from pos_app.domain.ledger.sales import SaleContext, build_sale
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import quote
from pos_app.domain.quantity import Quantity
from pos_app.domain.staff import Operator
from pos_app.domain.tender import Tender, TenderKind

#: The last number of a day, which no till reaches.
_SEQUENCE = 99_999


def sample_paper(context: TillContext, operator: Operator) -> PrintContent:
    """A small cash sale, marked as training: nobody can take it for a receipt, and no drawer opens."""
    now, today = context.local_now(), context.today()
    programme = context.programme()
    goods = (
        Product(ProductId("T1"), "测试商品 550ml", Money(200), CategoryId("test"), unit="瓶"),
        Product(ProductId("T2"), "称重商品 ABC", Money(39_80), CategoryId("test"), unit="kg", is_weighed=True),
    )
    basket = Basket().add(goods[0], Quantity.pieces(2)).add(goods[1], Quantity(285))
    priced = quote(basket, None, programme, now, today=today, store=context.store)
    paid = (Tender(TenderKind.CASH, priced.payable, priced.payable),) if priced.payable else ()
    sale, _ = build_sale(
        basket,
        priced,
        paid,
        None,
        programme,
        SaleContext(
            sale_id=SaleId(context.ids.new()),
            receipt_no=receipt_number(context.till_number, f"{today:%y%m%d}", _SEQUENCE),
            shift_id=ShiftId(context.ids.new()),
            today=today,
        ),
    )
    header = unbooked_header(context, operator, training=True)
    return PrintContent(JobKind.SALE, header, sale)
