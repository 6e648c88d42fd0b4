"""What members had of what, by day, as limits may rely on it."""

from __future__ import annotations

import datetime as dt

from pos_testkit.till import RealTill, business_day, some_members, some_products

from pos_app.domain.member import Usage

GOODS = some_products()
ANNA, BERT, *_ = some_members()
LONG_AGO = dt.date.min


def test_usage_is_summed_by_day_and_refunds_come_off_the_day_of_the_sale(till: RealTill) -> None:
    first = till.sell((GOODS[19], 20), member=ANNA).sale
    till.sell((GOODS[19], 10), member=ANNA)
    till.sell((GOODS[19], 7), member=BERT)
    monday = business_day(till.clock)
    till.clock.advance(days=1)
    head = till.sell((GOODS[19], 3), member=ANNA).seq
    till.refund_all(first.receipt_no)
    tuesday = business_day(till.clock)

    def usage(since: dt.date, after_seq: int = 0) -> tuple[Usage, ...]:
        with till.ledger.read() as reader:
            own = reader.own_activity(ANNA.member_id, after_seq=after_seq, since=LONG_AGO, usage_since=since)
        return own.usage

    points = first.member.earned[0].points.count if first.member else 0
    assert points == 220
    everything = {(each.what, each.on): each.amount for each in usage(LONG_AGO)}
    assert everything == {
        ("points", monday): 110,
        ("points:base", monday): 110,
        ("visits", monday): 1,
        ("points", tuesday): 33,
        ("points:base", tuesday): 33,
        ("visits", tuesday): 1,
    }
    assert {each.on for each in usage(tuesday)} == {tuesday}
    assert set(usage(LONG_AGO, head)) == {
        Usage("points", monday, -220),
        Usage("points:base", monday, -220),
        Usage("visits", monday, -1),
    }
