"""What becomes of tiers when periods end, whatever is bought and whatever comes back."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit.pure_till import Till

from pos_app.domain.ids import TierId
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import MemberAccount, Progress, ProgressDay, Standing
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.document import AtEnd, Period, Programme, Tier, TierCondition, TierRules
from pos_app.domain.programme.periods import Span, span_of
from pos_app.domain.programme.standing import is_reached, standing_now
from pos_app.domain.programme.tier_rules import PaidTerm
from pos_app.domain.programme.tiers import next_tier, tier_now, tier_term
from pos_app.domain.text import LocalText
from pos_app.domain.wallet import Holding

ANNA = build.member_id(1)
LOWERING = (AtEnd.LOWER_ONE, AtEnd.LOWER_TO_FIT)


def ladder(period: Period = Period.CALENDAR_YEAR, **condition) -> tuple[Tier, ...]:
    """Silver for 10 yuan, gold for 50, platinum for 200."""
    return (
        Tier(TierId("regular"), LocalText("普通"), 0),
        *(
            Tier(TierId(name), LocalText(name), rank, TierCondition(Money(fen), period=period, **condition))
            for rank, (name, fen) in enumerate((("silver", 1_000), ("gold", 5_000), ("platinum", 20_000)), 1)
        ),
    )


def shop(at_end: AtEnd, period: Period = Period.CALENDAR_YEAR, **condition) -> Till:
    return Till(build.programme(levels=ladder(period, **condition), tier_rules=TierRules(at_end)))


def goods(fen: int) -> Basket:
    return build.basket((build.product(1, fen), 1))


def buy(till: Till, day: dt.date, fen: int):
    till.today = day
    return till.sell(goods(fen), ANNA)


def tier(till: Till, day: dt.date) -> str:
    till.today = day
    customer = till.customer(ANNA)
    assert customer is not None
    return tier_now(till.programme, customer.member, customer.account, day).tier_id


# What an end of a period does -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at_end", "second_year", "third_year"),
    [
        (AtEnd.KEEP, "platinum", "platinum"),
        (AtEnd.LOWER_ONE, "platinum", "gold"),
        (AtEnd.LOWER_TO_FIT, "platinum", "silver"),
        (AtEnd.RESET, "regular", "regular"),
    ],
)
def test_a_year_in_which_little_was_bought(at_end, second_year, third_year):
    till = shop(at_end)
    buy(till, dt.date(2025, 12, 31), 20_000)
    assert tier(till, dt.date(2025, 12, 31)) == "platinum"
    assert tier(till, dt.date(2026, 1, 1)) == second_year
    buy(till, dt.date(2026, 7, 1), 1_500)
    assert tier(till, dt.date(2026, 12, 31)) == ("silver" if at_end is AtEnd.RESET else second_year)
    assert tier(till, dt.date(2027, 1, 1)) == third_year


def test_one_lower_for_each_year_and_never_below_what_was_bought():
    till = shop(AtEnd.LOWER_ONE)
    buy(till, dt.date(2025, 3, 1), 20_000)
    assert [tier(till, dt.date(year, 5, 5)) for year in range(2025, 2031)] == [
        *("platinum", "platinum", "gold", "silver", "regular", "regular")
    ]
    buy(till, dt.date(2026, 3, 1), 6_000)
    assert tier(till, dt.date(2027, 1, 1)) == "gold"
    assert tier(till, dt.date(2028, 1, 1)) == "silver"


def test_the_first_sale_of_a_period_begins_with_the_tier_that_is_left():
    till = shop(AtEnd.LOWER_TO_FIT)
    buy(till, dt.date(2025, 3, 1), 20_000)
    sale = buy(till, dt.date(2027, 3, 1), 1_200)
    assert sale.member is not None
    assert (sale.member.tier_before, sale.member.tier_after) == ("regular", "silver")
    assert till.members[ANNA].standing == Standing(TierId("silver"), dt.date(2027, 3, 1))
    assert till.members[ANNA].given == Standing(TierId("regular"), dt.date(2025, 1, 1))


def test_rolling_months_end_as_long_after_the_tier_was_reached():
    till = shop(AtEnd.LOWER_TO_FIT, Period.ROLLING_12_MONTHS)
    buy(till, dt.date(2025, 6, 18), 5_000)
    assert tier(till, dt.date(2026, 6, 17)) == "gold"
    assert tier(till, dt.date(2026, 6, 18)) == "regular"
    buy(till, dt.date(2026, 2, 1), 5_000)  # keeps it for twelve more
    assert tier(till, dt.date(2026, 6, 18)) == "gold"
    assert tier(till, dt.date(2027, 6, 17)) == "gold"
    assert tier(till, dt.date(2027, 6, 18)) == "regular"


def test_a_tier_of_29_february_lasts_to_28_february():
    till = shop(AtEnd.LOWER_TO_FIT, Period.ROLLING_12_MONTHS)
    buy(till, dt.date(2028, 2, 29), 5_000)
    assert tier(till, dt.date(2029, 2, 28)) == "gold"
    assert tier(till, dt.date(2029, 3, 1)) == "regular"


def test_quarters_and_other_numbers_of_months():
    quarter = shop(AtEnd.LOWER_TO_FIT, Period.CALENDAR_QUARTER)
    buy(quarter, dt.date(2025, 6, 30), 5_000)
    assert [tier(quarter, dt.date(2025, m, d)) for m, d in ((7, 1), (9, 30), (10, 1))] == ["gold", "gold", "regular"]
    half = shop(AtEnd.LOWER_TO_FIT, Period.ROLLING_MONTHS, months=6)
    buy(half, dt.date(2025, 8, 31), 5_000)
    assert [tier(half, day) for day in (dt.date(2026, 2, 28), dt.date(2026, 3, 1))] == ["gold", "regular"]


def test_what_nobody_buys_stays_what_head_office_gave():
    levels = (*ladder(), Tier(TierId("board"), LocalText("董事"), 9))
    programme = build.programme(levels=levels, tier_rules=TierRules(AtEnd.RESET))
    long_ago = dt.date(2020, 1, 1)
    nothing = MemberAccount(ANNA)

    def now(name: str) -> str:
        return tier_now(programme, build.member(tier=name, joined_on=long_ago), nothing, build.TODAY).tier_id

    assert [now(name) for name in ("board", "gold", "unknown")] == ["board", "regular", "regular"]


def test_ends_before_the_first_day_that_is_judged_change_nothing():
    rules = TierRules(AtEnd.LOWER_TO_FIT, judged_from=dt.date(2026, 1, 1))
    programme = build.programme(levels=ladder(), tier_rules=rules)
    member = build.member(tier="gold", joined_on=dt.date(2019, 5, 1))
    account = MemberAccount(ANNA)
    assert tier_now(programme, member, account, dt.date(2025, 12, 31)).tier_id == "gold"
    assert tier_now(programme, member, account, dt.date(2026, 1, 1)).tier_id == "regular"
    term = tier_term(programme, member.standing, account, dt.date(2023, 5, 1))
    assert term is not None
    assert term.until == dt.date(2025, 12, 31)


def test_what_head_office_says_of_the_period_before_counts_when_it_ends():
    programme = build.programme(levels=ladder(), tier_rules=TierRules(AtEnd.LOWER_TO_FIT))
    member = build.member(tier="platinum", joined_on=dt.date(2024, 3, 1))
    account = MemberAccount(ANNA, told_before=Progress(Money(5_500)))
    assert tier_now(programme, member, account, build.TODAY).tier_id == "gold"


# Conditions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "progress", "reached"),
    [
        ({"points": Points(100)}, Progress(points=Points(100)), True),
        ({"points": Points(100)}, Progress(Money(9_999), 9, Points(99)), False),
        ({"spend": Money(10), "points": Points(100)}, Progress(Money(10)), True),
        ({"spend": Money(10), "points": Points(100), "all_of": True}, Progress(Money(10)), False),
        ({"spend": Money(10), "points": Points(100), "all_of": True}, Progress(Money(10), 0, Points(100)), True),
        ({"all_of": True}, Progress(Money(10), 1, Points(1)), False),
    ],
)
def test_figures_of_a_condition(fields, progress, reached):
    assert is_reached(TierCondition(**fields), progress) == reached


def test_the_way_where_all_figures_are_needed():
    gold = TierCondition(Money(1_000), 4, points=Points(200), all_of=True)
    programme = build.programme(levels=(*ladder()[:1], Tier(TierId("gold"), LocalText("金"), 1, gold)))
    way = next_tier(programme, programme.tiers[0], Progress(Money(2_000), 1, Points(100)))
    assert way is not None
    assert (way.spend_missing, way.visits_missing, way.points_missing) == (Money(0), 3, Points(100))
    assert (way.share_bp, way.all_of) == (2_500, True)


def test_points_count_as_earned_whether_or_not_they_were_spent():
    levels = (*ladder()[:1], Tier(TierId("gold"), LocalText("金"), 1, TierCondition(points=Points(100))))
    till = Till(
        build.programme(
            levels=levels,
            earning=(build.earning("base", 1, 100),),
            burning=(build.points_as_cash(1, 100, step=1, minimum=0),),
        )
    )
    buy(till, build.TODAY, 6_000)
    till.sell(goods(5_000), ANNA, points=25)
    assert till.account(ANNA).progress.points == Points(85)
    sale = buy(till, build.TODAY, 1_500)
    assert tier(till, build.TODAY) == "gold"
    till.refund(sale)
    assert tier(till, build.TODAY) == "regular"
    assert till.account(ANNA).progress.points == Points(85)


# Until when -------------------------------------------------------------------------------------------------------


def term_of(till: Till, day: dt.date) -> tuple[dt.date, Money | None] | None:
    till.today = day
    customer = till.customer(ANNA)
    assert customer is not None
    standing = standing_now(till.programme, customer.member, customer.account, day)
    term = tier_term(till.programme, standing, customer.account, day)
    return term and (term.until, term.keep.spend_missing if term.keep else None)


def test_how_long_a_tier_lasts_and_what_keeps_it():
    till = shop(AtEnd.LOWER_TO_FIT)
    assert term_of(till, build.TODAY) is None
    buy(till, dt.date(2025, 7, 1), 5_000)
    assert term_of(till, dt.date(2025, 7, 1)) == (dt.date(2026, 12, 31), None)
    buy(till, dt.date(2026, 7, 1), 1_200)
    assert term_of(till, dt.date(2026, 7, 1)) == (dt.date(2026, 12, 31), Money(3_800))
    rolling = shop(AtEnd.LOWER_TO_FIT, Period.ROLLING_12_MONTHS)
    buy(rolling, dt.date(2025, 7, 1), 5_000)
    assert term_of(rolling, dt.date(2025, 7, 1)) == (dt.date(2026, 6, 30), Money(5_000))
    buy(rolling, dt.date(2025, 7, 2), 4_999)
    assert term_of(rolling, dt.date(2026, 6, 30)) == (dt.date(2026, 6, 30), Money(1))
    buy(rolling, dt.date(2026, 6, 30), 1)
    assert term_of(rolling, dt.date(2026, 6, 30)) == (dt.date(2027, 6, 30), None)
    reset = shop(AtEnd.RESET)
    buy(reset, dt.date(2025, 7, 1), 5_000)
    assert term_of(reset, dt.date(2025, 7, 1)) == (dt.date(2025, 12, 31), None)
    kept = shop(AtEnd.KEEP)
    buy(kept, dt.date(2025, 7, 1), 5_000)
    assert term_of(kept, dt.date(2025, 7, 1)) is None


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)), st.sampled_from([p for p in Period if p is not Period.LIFE])
)
def test_a_period_ends_after_its_day_and_begins_with_its_end(day, period):
    span = span_of(period, 7)
    end = span.end(day)
    assert end is not None
    assert span.start(day) <= day < end
    first, last = span.ended(end)
    assert last == end - dt.timedelta(days=1)
    assert first <= end
    if span.by_calendar:
        assert span.start(end) == end
        assert span.start(last) == span.start(day) == first
        assert span.before(end) == span.start(day)
    else:
        assert first > day
    assert Span().end(day) is None


# Terms that are bought ----------------------------------------------------------------------------------------------


def test_the_better_of_a_running_term_and_of_what_was_bought():
    levels = list(ladder())
    levels[2] = msgspec.structs.replace(levels[2], paid=PaidTerm(Money(9_900)))
    levels.append(Tier(TierId("plus"), LocalText("付费"), 8, paid=PaidTerm(Money(19_900))))
    programme = build.programme(levels=tuple(levels))

    def now(day: dt.date, *terms: tuple[str, dt.date, dt.date], stored: str = "silver") -> str:
        wallet = tuple(
            Holding(Asset.TERM, build.lot_id(n), 1, source, begins, until)
            for n, (source, begins, until) in enumerate(terms)
        )
        return tier_now(programme, build.member(tier=stored), MemberAccount(ANNA, wallet=wallet), day).tier_id

    begins, until = dt.date(2025, 6, 1), dt.date(2026, 5, 31)
    gold, plus = ("gold", begins, until), ("plus", begins, until)
    assert now(begins, gold) == now(until, gold) == "gold"
    assert now(begins - dt.timedelta(days=1), gold) == now(until + dt.timedelta(days=1), gold) == "silver"
    assert now(begins, gold, stored="platinum") == "platinum"
    assert now(begins, gold, plus) == "plus"
    assert now(begins, ("gone", begins, until)) == "silver"
    assert now(begins, stored="plus") == "regular"  # nothing but a term makes a member of it


# Whatever is bought and comes back ----------------------------------------------------------------------------------

FIRST = dt.date(2025, 1, 1)
PERIODS = [Period.CALENDAR_YEAR, Period.CALENDAR_QUARTER, Period.ROLLING_12_MONTHS, Period.LIFE]


@st.composite
def programmes(draw) -> Programme:
    period = draw(st.sampled_from(PERIODS))
    ends = [AtEnd.KEEP] if period is Period.LIFE else [AtEnd.KEEP, *LOWERING]
    if period in (Period.CALENDAR_YEAR, Period.CALENDAR_QUARTER):
        ends.append(AtEnd.RESET)
    return build.programme(levels=ladder(period), tier_rules=TierRules(draw(st.sampled_from(ends))))


purchases = st.lists(st.tuples(st.integers(0, 1_200), st.sampled_from([300, 1_000, 4_000, 5_000, 21_000])), max_size=6)


@given(programmes(), purchases, st.integers(0, 1_300), st.integers(1, 30_000), st.integers(0, 400))
def test_a_sale_that_comes_back_leaves_tier_and_progress_as_they_were(programme, bought, gap, fen, later):
    till = Till(programme)
    for offset, price in sorted(bought):
        buy(till, FIRST + dt.timedelta(days=offset), price)
    day = max(till.today, FIRST + dt.timedelta(days=gap))
    ends = [day + dt.timedelta(days=later + more) for more in (0, 100, 400)]
    before = [tier(till, each) for each in ends]
    till.today = ends[0]
    progress = till.account(ANNA).progress
    sale = buy(till, day, fen)
    till.today = ends[0]
    till.refund(sale)
    assert till.account(ANNA).progress == progress
    assert [tier(till, each) for each in ends] == before


@given(programmes(), purchases, st.data())
def test_parts_that_come_back_in_any_order_end_at_the_same_tier(programme, bought, data):
    parts = [(0, 1_000), (0, 2_000), (1, 2_000), (1, 1_000), (2, 1_000)]
    tills = []
    day = FIRST + dt.timedelta(days=data.draw(st.integers(1_200, 1_600)))
    for order in (parts, data.draw(st.permutations(parts))):
        till = Till(programme)
        for offset, price in sorted(bought):
            buy(till, FIRST + dt.timedelta(days=offset), price)
        sales = []
        for fen, days in ((7_000, 0), (350, 60), (2_000, 300)):
            till.today = FIRST + dt.timedelta(days=1_200 + days)
            sales.append(till.sell(build.basket((build.product(1, fen), 3)), ANNA))
        till.today = max(till.today, day)
        for number, milli in order:
            till.refund(sales[number], ((1, milli),))
        tills.append(till)
    one, other = tills
    for more in (0, 90, 366, 800):
        when = one.today + dt.timedelta(days=more)
        assert tier(one, when) == tier(other, when)
        assert one.account(ANNA).progress == other.account(ANNA).progress


@given(
    programmes(),
    st.sampled_from(["regular", "silver", "gold", "platinum"]),
    st.integers(0, 30_000),
    st.integers(0, 30_000),
    st.integers(0, 800),
)
def test_more_progress_is_never_worse(programme, stored, spend, more, age):
    member = build.member(tier=stored, joined_on=build.TODAY - dt.timedelta(days=age))
    span = next(each.reach.span for each in programme.tiers if each.reach is not None)

    def rank(*figures: int) -> int:
        here, before = (Progress(Money(figure)) for figure in figures)
        days = (
            ProgressDay(build.TODAY - dt.timedelta(days=300), before),
            ProgressDay(build.TODAY, here),
        )
        inside = [day.progress for day in days if day.on >= span.start(build.TODAY)]
        account = MemberAccount(ANNA, progress=sum(inside, start=Progress()), days=days)
        return tier_now(programme, member, account, build.TODAY).rank

    least = rank(spend, spend)
    assert rank(spend + more, spend) >= least
    assert rank(spend, spend + more) >= least
