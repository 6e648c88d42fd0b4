"""Why a bill is what it is, for a customer who asks: content of a paper that is in no books."""

from __future__ import annotations

from pos_app.application.context import TillContext
from pos_app.application.ports import JobKind
from pos_app.application.print_content import Explanation, PrintContent, unbooked_header
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.document import Draw
from pos_app.domain.staff import Operator


def explanation(context: TillContext, operator: Operator, basket: Basket, quote: Quote) -> PrintContent:
    """Every line with what was taken off it, every benefit with what it gave or why it did not, every point.

    The odds of the shop's draws stand below. It is no receipt: nothing was sold yet, and the paper says so.
    """
    header = unbooked_header(context, operator, training=context.training)
    draws = tuple(rule for rule in context.programme().burning if isinstance(rule, Draw))
    return PrintContent(JobKind.EXPLANATION, header, Explanation(basket, quote, draws))
