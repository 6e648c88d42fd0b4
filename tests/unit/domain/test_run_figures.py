"""What a run of records comes to, the same at both ends."""

from __future__ import annotations

from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders
from pos_testkit.till import real_till, some_members

from pos_app.domain.ledger.run_figures import LARGEST, RunFigures, figures_of, run_figures


def _payloads(folder: Path) -> list[bytes]:
    with real_till(folder) as till:
        member = some_members()[0]
        first = till.sell(builders.product(3, 25_000), member=member)
        till.sell((builders.product(4, 30_000), 2), member=member, points=500)
        till.sell(builders.product(5, 1_200))
        till.refund_all(first.sale.receipt_no)
        with till.ledger.read() as reader:
            head = reader.head().seq
            records = [reader.record(seq) for seq in range(1, head + 1)]
    return [record.payload for record in records if record is not None]


def test_figures_are_those_of_the_sales(tmp_path: Path) -> None:
    payloads = _payloads(tmp_path)
    found = run_figures(payloads)
    plain = [msgspec.json.decode(each) for each in payloads]
    sales = [each["body"] for each in plain if each["kind"] == "sale.completed"]
    refunds = [each["body"] for each in plain if each["kind"] == "sale.refunded"]
    assert (found.sales, found.refunds) == (3, 1)
    assert found.gross == sum(each["payable"] for each in sales)
    assert found.refunded == sum(each["amount"] for each in refunds)
    assert sum(found.tenders.values()) == found.gross - found.refunded
    points = [
        each["amount"]
        for said in plain
        for each in said["postings"]
        if each["asset"] == "points" and each["account"].startswith("member:")
    ]
    assert found.points_in == sum(each for each in points if each > 0) > 0
    assert found.points_out == -sum(each for each in points if each < 0) > 0


def test_parts_add_up_to_the_whole(tmp_path: Path) -> None:
    payloads = _payloads(tmp_path)
    whole = run_figures(payloads)
    for cut in range(len(payloads) + 1):
        assert run_figures(payloads[:cut]) + run_figures(payloads[cut:]) == whole


@given(st.binary(max_size=200))
def test_what_cannot_be_read_counts_nothing(data: bytes) -> None:
    assert figures_of(data) == RunFigures()


def test_absurd_amounts_count_nothing() -> None:
    said = {"kind": "sale.completed", "body": {"payable": LARGEST + 1, "tenders": []}, "postings": []}
    assert figures_of(msgspec.json.encode(said)) == RunFigures()
