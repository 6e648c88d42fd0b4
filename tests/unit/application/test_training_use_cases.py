"""Training touches nothing real: no books, no drawer, no number that a real receipt could have."""

from __future__ import annotations

from dataclasses import replace

from pos_testkit.counter import CASHIER, MANAGER, Counter, cash

from pos_app.application.ports import JobKind
from pos_app.application.selling import CompleteSale
from pos_app.application.till import build_till
from pos_app.domain.ids import TRAINING_TILL, is_receipt_number, receipt_number


def test_a_training_number_is_a_number_that_no_real_till_gives():
    training = receipt_number(TRAINING_TILL, "261122", 1)
    assert training.startswith("R0000")
    assert is_receipt_number(training)
    assert training != receipt_number(1, "261122", 1)


def test_training_leaves_the_drawer_shut(counter: Counter) -> None:
    real = counter.till.context
    training = build_till(replace(real, training=True), counter.real.app.lookup._parser)
    basket = counter.basket(1)
    quote = counter.price(basket)
    command = CompleteSale(training.selling.new_sale_id(), basket, (cash(quote.payable.minor),), quote.payable)
    done = training.selling.complete(CASHIER, command)
    assert [(job.kind, job.opens_drawer, job.training) for job in training.queue.open_jobs()] == [
        (JobKind.SALE, False, True)
    ]
    training.refunds.void(MANAGER, None, done.sale.receipt_no, "practice")
    training.shifts.open_drawer(MANAGER, None, "practice")
    assert not any(job.opens_drawer for job in training.queue.open_jobs())
