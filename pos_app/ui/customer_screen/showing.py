"""From what happens at the till to what the customer's screen shows: no widgets, and work that does not grow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pos_app.domain.points import Points
from pos_app.domain.pricing.quote import ReductionKind
from pos_app.domain.quantity import UNIT_MILLI
from pos_app.domain.tender import TenderKind
from pos_app.ui.customer_feed import Finished, Paying, Ringing
from pos_app.ui.customer_screen.greeting import greeting
from pos_app.ui.customer_screen.state import CustomerState, Scene, ShownLine
from pos_app.ui.customer_screen.words import say
from pos_app.ui.formats import one_line

if TYPE_CHECKING:
    import datetime as dt

    from pos_app.config import CustomerScreenSettings
    from pos_app.domain.money import Money
    from pos_app.domain.pricing.basket import Basket, BasketLine
    from pos_app.domain.pricing.engine import Customer
    from pos_app.domain.pricing.quote import LinePrice, Quote, Reduction
    from pos_app.domain.tender import Tender

#: More lines than any screen has room for; of a longer basket the others are not even looked at.
MOST_LINES: Final = 14
#: So many lines of the basket are shown after the one that was touched, where it is not among the last.
_AFTER: Final = 3
_MOST_REDUCTIONS: Final = 2
_NAME: Final = 80
_BY_HAND: Final = frozenset({ReductionKind.MANUAL_LINE, ReductionKind.MANUAL_BILL})


@dataclass(frozen=True, slots=True)
class Look:
    """What does not change from sale to sale.

    Attributes:
        settings: Of the screen.
        language: Of the shop's papers.
        shop: Name of the shop.
        thanks: As papers say it.
        training: Whether training mode is on.
    """

    settings: CustomerScreenSettings
    language: str = "zh_CN"
    shop: str = ""
    thanks: str = ""
    training: bool = False


def customer_state(now: Ringing | Paying | Finished | None, look: Look, today: dt.date) -> CustomerState:
    """What the customer sees of what happens now, on a business day."""
    base = CustomerState(
        language=look.language,
        shop=one_line(look.shop, _NAME),
        opening=one_line(look.settings.opening, _NAME) or say(look.language, "welcome"),
        thanks=one_line(look.thanks, _NAME),
        training=look.training,
    )
    match now:
        case None:
            return base
        case Ringing(basket, quote, customer, line_no):
            base = _with_member(base, customer, quote, look, today)
            return _with_basket(replace(base, scene=Scene.BASKET), basket, quote, line_no)
        case Paying(basket, quote, customer, tenders, owed):
            base = _with_member(base, customer, quote, look, today)
            base = _with_basket(replace(base, scene=Scene.PAYMENT), basket, quote, None)
            return replace(base, due=owed, paid=_paid(tenders, look.language))
        case Finished(sale, customer):
            member = sale.member
            return replace(
                base,
                scene=Scene.THANKS,
                greeting=greeting(customer.member, look.language) if customer and look.settings.greets else "",
                points=member.points_after if member and look.settings.shows_points else None,
                earns=Points(sum(each.points.count for each in member.earned)) if member else None,
                saved=sale.saved or None,
                total=sale.payable,
                change=sale.change or None,
                wants_member=member is None,
            )


def _with_member(
    state: CustomerState, customer: Customer | None, quote: Quote, look: Look, today: dt.date
) -> CustomerState:
    if customer is None:
        return state
    wanted = look.settings
    stored = quote.stored
    return replace(
        state,
        greeting=greeting(customer.member, look.language) if wanted.greets else "",
        points=customer.account.balance(today) if wanted.shows_points else None,
        balance=stored.principal + stored.bonus if wanted.shows_balance and stored is not None else None,
        earns=quote.points_earned if quote.lines else None,
        wants_member=False,
    )


def _with_basket(state: CustomerState, basket: Basket, quote: Quote, line_no: int | None) -> CustomerState:
    first, last = _window(basket, line_no)
    pairs = zip(basket.lines[first:last], quote.lines[first:last], strict=True)
    return replace(
        state,
        lines=tuple(_line(line, price, state.language, is_current=line.line_no == line_no) for line, price in pairs),
        above=first,
        below=len(basket.lines) - last,
        pieces=str(len(basket.lines)) if basket.lines else "",
        saved=quote.saved or None,
        due=quote.payable,
        total=quote.payable,
    )


def _window(basket: Basket, line_no: int | None) -> tuple[int, int]:
    """First and end of the lines to look at: the last ones, unless one before them was touched."""
    count = len(basket.lines)
    last = count
    if line_no is not None and count > MOST_LINES:
        place = next((number for number, line in enumerate(basket.lines) if line.line_no == line_no), count - 1)
        if place < count - MOST_LINES:
            last = max(MOST_LINES, place + 1 + _AFTER)
    return max(0, last - MOST_LINES), last


def _line(line: BasketLine, price: LinePrice, language: str, *, is_current: bool) -> ShownLine:
    return ShownLine(
        name=one_line(line.product.name, _NAME),
        measure=_measure(line, price),
        amount=price.amount,
        reductions=_reductions(price.reductions, language),
        is_current=is_current,
    )


def _measure(line: BasketLine, price: LinePrice) -> str:
    """``2 × ¥3.50``, ``0.285 kg × ¥39.80``; nothing for one piece at the price that it costs."""
    product = line.product
    if line.quantity.milli == UNIT_MILLI and not product.is_weighed and price.amount == price.unit_price:
        return ""
    unit = f" {one_line(product.unit, 8)}" if product.is_weighed and product.unit else ""
    return f"{line.quantity.display()}{unit} × {price.unit_price.display()}"


def _reductions(given: tuple[Reduction, ...], language: str) -> tuple[tuple[str, Money], ...]:
    """The first reductions by name, the others together under the name of the last that has room."""
    shown = [(_words(each, language), each.amount) for each in given[:_MOST_REDUCTIONS]]
    for each in given[_MOST_REDUCTIONS:]:
        words, amount = shown[-1]
        shown[-1] = (words if words.endswith("…") else f"{words}…", amount + each.amount)
    return tuple(shown)


def _words(reduction: Reduction, language: str) -> str:
    if reduction.kind in _BY_HAND:
        return say(language, "discount")
    return one_line(reduction.name.in_language(language), _NAME)


def _paid(tenders: tuple[Tender, ...], language: str) -> tuple[tuple[str, Money], ...]:
    return tuple(
        (say(language, "by_points" if each.kind is TenderKind.POINTS else each.kind.value), each.amount)
        for each in tenders[-_MOST_TENDERS:]
    )


_MOST_TENDERS: Final = 5
