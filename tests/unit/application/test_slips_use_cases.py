"""Slips: queued with the sale, each for its printer, with its lines only, and counted apart from receipts."""

from dataclasses import replace

import msgspec
import pytest
from pos_testkit.counter import CASHIER, Counter, card, cash

from pos_app.application.ports import JobKind, JobState
from pos_app.application.selling import CompleteSale
from pos_app.application.slips import SlipRule
from pos_app.application.till import build_till

KITCHEN = SlipRule("厨房", frozenset({"fruit"}))
BAR = SlipRule("吧台", frozenset({"drinks"}))
ALL = SlipRule("配货")


@pytest.fixture
def rules(counter: Counter):
    def use(*rules: SlipRule) -> None:
        counter.till.context.slips.rules = rules

    return use


def _jobs(counter: Counter) -> list[tuple[JobKind, str, tuple[int, ...]]]:
    return [(job.kind, job.target, job.lines) for job in counter.till.queue.open_jobs()]


def test_each_printer_has_a_slip_of_its_goods(counter: Counter, rules) -> None:
    rules(KITCHEN, BAR, ALL)
    counter.sell(counter.basket(1, 2), card(350))
    assert _jobs(counter) == [
        (JobKind.SALE, "", ()),
        (JobKind.SLIP, "吧台", (1, 2)),
        (JobKind.SLIP, "配货", (1, 2)),
    ]
    assert not any(job.opens_drawer for job in counter.till.queue.open_jobs())


def test_a_sale_without_a_receipt_has_its_slips_all_the_same(counter: Counter, rules) -> None:
    rules(BAR)
    counter.sell(counter.basket(1), card(150), print_receipt=False)
    assert _jobs(counter) == [(JobKind.SLIP, "吧台", (1,))]


def test_the_paper_has_those_lines_and_the_name_of_the_printer(counter: Counter, rules) -> None:
    rules(BAR)
    counter.sell(counter.basket(1, 2, 3))
    job = counter.till.queue.open_jobs()[1]
    content = counter.till.contents.content(msgspec.structs.replace(job, lines=(2,)))
    assert (content.target, content.opens_drawer) == ("吧台", False)
    assert [line.line_no for line in content.body.lines] == [2]


def test_copies_are_counted_for_each_printer(counter: Counter, rules) -> None:
    rules(BAR)
    done = counter.sell(counter.basket(1), card(150))
    queue = counter.till.queue
    slip = queue.open_jobs()[1]
    queue.mark(slip.job_id, JobState.FAILED, "broken_off")
    queue.retry(CASHIER, slip.job_id)
    queue.reprint(CASHIER, None, done.sale.receipt_no)
    assert [(job.target, job.copy, job.lines) for job in queue.open_jobs()] == [
        ("", 0, ()),
        ("吧台", 1, (1,)),
        ("", 1, ()),
    ]


def test_slips_of_printers_that_are_no_more_are_given_up(counter: Counter, rules) -> None:
    rules(BAR, ALL)
    counter.sell(counter.basket(1), card(150))
    assert counter.till.queue.drop_targets(frozenset({"配货"})) == 1
    assert [target for _, target, _ in _jobs(counter)] == ["", "配货"]
    assert counter.till.queue.drop_targets(frozenset({"配货"})) == 0


def test_nobody_makes_what_is_sold_in_training(counter: Counter, rules) -> None:
    rules(ALL)
    training = build_till(replace(counter.real.context, training=True), counter.real.app.lookup._parser)
    basket = counter.basket(1)
    quote = counter.price(basket)
    command = CompleteSale(training.selling.new_sale_id(), basket, (cash(quote.payable.minor),), quote.payable)
    training.selling.complete(CASHIER, command)
    assert [job.kind for job in training.queue.open_jobs()] == [JobKind.SALE]
