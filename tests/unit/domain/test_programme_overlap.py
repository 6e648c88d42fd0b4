"""Containment of conditions never accuses wrongly: where the inner rule speaks, the outer one does."""

from __future__ import annotations

import datetime as dt

from hypothesis import assume, event, given
from hypothesis import strategies as st
from pos_testkit import builders as build

from pos_app.domain.ids import CategoryId, ProductId, TierId
from pos_app.domain.member import Birthday
from pos_app.domain.programme.conditions import covers, refusal
from pos_app.domain.programme.document import Birthdays, Conditions, What, When, Who
from pos_app.domain.programme.overlap import ever_meets, lies_within

TIERS = [TierId(each) for each in ("regular", "gold")]
CATEGORIES = [CategoryId(each) for each in ("drinks", "tobacco")]
PRODUCTS = [ProductId("P00001"), ProductId("P00002")]
HOURS = [None, dt.time(2), dt.time(9), dt.time(22)]
DAYS = [None, *(dt.date(2025, 6, day) for day in (17, 18, 19, 20))]


def few(values, most: int = 2):
    return st.one_of(st.just(()), st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple))


whens = st.builds(
    When,
    from_date=st.sampled_from(DAYS),
    to_date=st.sampled_from(DAYS),
    weekdays=few([2, 3, 4]),
    days_of_month=few([18, 19]),
    from_time=st.sampled_from(HOURS),
    to_time=st.sampled_from(HOURS),
)
whos = st.builds(
    Who,
    tiers=few(TIERS),
    tags=few(["a", "b"]),
    birthday=st.sampled_from([None, Birthdays.DAY, Birthdays.WEEK, Birthdays.MONTH]),
)
whats = st.builds(
    What,
    categories=few(CATEGORIES),
    products=few(PRODUCTS),
    brands=few(["甲", "乙"]),
    except_categories=few(CATEGORIES, 1),
    except_products=few(PRODUCTS, 1),
)
empty = Conditions()
conditions = st.builds(
    Conditions,
    who=st.one_of(st.just(Who()), whos),
    when=st.one_of(st.just(When()), whens),
    what=st.one_of(st.just(What()), whats),
    stores=few(["S1"]),
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Conditions, Conditions]:
    """Two conditions that share most of their parts, so that containment is not rare."""
    inner = draw(conditions)
    other = draw(conditions)
    parts = {name: draw(st.sampled_from([inner, inner, empty, other])) for name in inner.__struct_fields__}
    return inner, Conditions(**{name: getattr(source, name) for name, source in parts.items()})


moments = st.builds(
    dt.datetime.combine,
    st.sampled_from([dt.date(2025, 6, day) for day in (17, 18, 19, 20, 21)]),
    st.sampled_from(
        [dt.time(0), dt.time(1, 30), dt.time(2), dt.time(9), dt.time(21, 59), dt.time(22), dt.time(23, 59)]
    ),
)
people = st.one_of(
    st.none(),
    st.builds(
        build.member,
        tier=st.sampled_from(TIERS),
        tags=few(["a", "b"]),
        birthday=st.sampled_from([None, Birthday(6, 18), Birthday(6, 21), Birthday(6, 1), Birthday(2, 29)]),
    ),
)
goods = st.builds(
    build.product, st.sampled_from([1, 2, 3]), category_id=st.sampled_from(CATEGORIES), brand=st.sampled_from("甲乙丙")
)


@given(pairs(), moments, st.sampled_from([0, 4]), people, goods, st.sampled_from(["S1", "S2"]))
def test_where_the_inner_rule_speaks_the_outer_one_does(pair, now, day_starts_hour, member, product, store) -> None:
    inner, outer = pair
    assume(lies_within(inner, outer))
    today = (now - dt.timedelta(hours=day_starts_hour)).date()
    tier = member.tier_id if member else TierId("")

    def speaks(rule: Conditions) -> bool:
        why_not = refusal(rule, member=member, tier_id=tier, now=now, store=store, today=today)
        return why_not is None and covers(rule.what, product)

    event(f"speaks: {speaks(inner)}")
    assert not speaks(inner) or speaks(outer)


@given(whens, moments, st.sampled_from([0, 4]))
def test_a_rule_that_speaks_is_never_said_to_be_without_a_day(when, now, day_starts_hour) -> None:
    programme = build.programme(effective_from=dt.date(2025, 6, 18), effective_to=dt.date(2025, 6, 20))
    today = (now - dt.timedelta(hours=day_starts_hour)).date()
    assume(programme.is_effective(today))
    rule = Conditions(when=when)
    if refusal(rule, member=None, tier_id=TierId(""), now=now, store="", today=today) is None:
        assert ever_meets(when, programme)
