"""A second look at a programme that can be read: rules that never speak, loops, giveaways.

:func:`~pos_app.domain.programme.loading.check_programme` refuses what cannot be right. What stands here can be written
down and priced, and yet is not what an owner means; each finding has its place and a sentence that says what happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from pos_app.domain.money import FULL_RATE_BP, Money, Rounding
from pos_app.domain.programme.all_conditions import conditions_of
from pos_app.domain.programme.burning import as_cash
from pos_app.domain.programme.burning_review import review_burning
from pos_app.domain.programme.coupon_review import review_coupons
from pos_app.domain.programme.document import (
    Benefit,
    Conditions,
    Discount,
    ExpiryKind,
    MemberPrice,
    Programme,
    What,
    When,
    Who,
)
from pos_app.domain.programme.earning_review import DEAR_POINTS_FEN, gives_points, review_earning
from pos_app.domain.programme.findings import Finding, Severity, found
from pos_app.domain.programme.giving_review import review_giving
from pos_app.domain.programme.overlap import covers_nothing, ever_meets, lies_within
from pos_app.domain.programme.prepaid_review import review_prepaid
from pos_app.domain.programme.tier_review import review_tiers
from pos_app.domain.programme.unit_code_checks import places_of, unsigned_places


class KnownGoods(msgspec.Struct, frozen=True):
    """What the shop sells, for rules that name goods.

    Attributes:
        categories: Ids.
        products: Item numbers.
        brands: Names.
    """

    categories: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()


_TEXTS: Final[dict[str, tuple[Severity, str, str]]] = {
    "never_days": (
        Severity.ERROR,
        "在方案有效期内没有一天同时符合它的日期、星期和日子，永远不会生效",
        "no day within the programme's life meets its dates, weekdays and days of the month: it never applies",
    ),
    "never_goods": (
        Severity.ERROR,
        "它点名的商品又全被它自己排除，永远不会生效",
        "it excludes all the goods it names: it never applies",
    ),
    "never_members": (
        Severity.WARNING,
        "for_members = false 却限定了会员，非会员仍然享受不到",
        "for_members = false, yet its conditions name members: others still do not get it",
    ),
    "nothing": (Severity.WARNING, "什么也不给", "it gives nothing"),
    "beaten": (
        Severity.WARNING,
        "在同样的条件下 {other} 总是不比它差，它永远轮不到",
        "wherever it applies, {other} is never worse: it is never used",
    ),
    "free": (
        Severity.ERROR,
        "不限时间和商品，全部白送",
        "everything is free, at any time",
    ),
    "free_some": (
        Severity.WARNING,
        "符合条件的商品全部白送，请确认",
        "the goods it covers are free; make sure that is meant",
    ),
    "worse_tier": (
        Severity.WARNING,
        "积分倍数低于下一级 {other}，升级反而少得",
        "its multiplier is lower than that of {other} below it: a member who climbs earns less",
    ),
    "rounded_up": (
        Severity.WARNING,
        "积分向上取整，而一分值 ¥{worth}：拆成许多小单，每单都白得一分",
        "points are rounded up and one is worth {worth} yuan: each of many tiny bills gives one",
    ),
    "minimum": (
        Severity.WARNING,
        "minimum 不是 step 的整数倍，实际起用 {least} 积分",
        "minimum is not a multiple of step: the least that can be used is {least} points",
    ),
    "useless_points": (
        Severity.WARNING,
        "会员能得积分，却没有任何规则可以使用",
        "members earn points, but no rule lets them use any",
    ),
    "notice": (
        Severity.WARNING,
        "提醒期不短于积分寿命，所有积分从得到之日起就在提醒",
        "the notice is as long as points live: all points are announced as expiring from the first day",
    ),
    "unsigned": (
        Severity.WARNING,
        "这些商品的链接要验签，但没有签名的序列号（serials）也照样能卖，序列号谁都能编",
        "links of these goods are signed, yet serials takes their serial numbers unsigned: anyone can make one up",
    ),
    "twice": (Severity.WARNING, "{what} 写了两次", "{what} is named twice"),
    "unknown": (
        Severity.WARNING,
        "商品资料里没有 {what}",
        "the shop's goods know no {what}",
    ),
}


def review_programme(programme: Programme, goods: KnownGoods | None = None) -> tuple[Finding, ...]:
    """Look for rules that never speak, are always beaten, or give without bound.

    Args:
        programme: One that ``check_programme`` has nothing to say about.
        goods: What the shop sells, where that is known.
    """
    findings: list[Finding] = []
    for place, conditions in conditions_of(programme):
        findings += _review_conditions(place, conditions, programme)
        if goods is not None:
            findings += _review_goods(f"{place}.conditions.what", conditions.what, goods)
    for place, what in places_of(programme.unit_codes):
        if covers_nothing(what):
            findings.append(_found("never_goods", place))
        if goods is not None:
            findings += _review_goods(place, what, goods)
    findings += [_found("unsigned", place) for place in unsigned_places(programme.unit_codes)]
    findings += _review_benefits(programme.benefits)
    findings += _review_points(programme)
    findings += review_burning(programme, goods.products if goods is not None else None)
    findings += review_prepaid(programme.stored_value)
    findings += review_coupons(programme)
    findings += review_giving(programme)
    findings += review_tiers(programme)
    return tuple(findings)


def _found(code: str, place: str, **details: object) -> Finding:
    return found(_TEXTS, code, place, **details)


def _review_conditions(place: str, conditions: Conditions, programme: Programme) -> Iterator[Finding]:
    if not ever_meets(conditions.when, programme):
        yield _found("never_days", f"{place}.conditions.when")
    if covers_nothing(conditions.what):
        yield _found("never_goods", f"{place}.conditions.what")
    lists: list[tuple[str, Sequence[object]]] = [
        ("who.tiers", conditions.who.tiers),
        ("who.tags", conditions.who.tags),
        ("when.weekdays", conditions.when.weekdays),
        ("when.days_of_month", conditions.when.days_of_month),
        ("what.categories", conditions.what.categories),
        ("what.products", conditions.what.products),
        ("what.brands", conditions.what.brands),
        ("stores", conditions.stores),
    ]
    for name, values in lists:
        for value in sorted({str(each) for each in values if values.count(each) > 1}):
            yield _found("twice", f"{place}.conditions.{name}", what=value)


def _review_goods(place: str, what: What, goods: KnownGoods) -> Iterator[Finding]:
    named: list[tuple[str, Sequence[str], frozenset[str]]] = [
        ("categories", what.categories, goods.categories),
        ("products", what.products, goods.products),
        ("brands", what.brands, goods.brands),
        ("except_categories", what.except_categories, goods.categories),
        ("except_products", what.except_products, goods.products),
    ]
    for name, values, known in named:
        for value in values:
            if value not in known:
                yield _found("unknown", f"{place}.{name}", what=value)


def _review_benefits(benefits: Sequence[Benefit]) -> Iterator[Finding]:
    for index, benefit in enumerate(benefits):
        place = f"benefits.{benefit.benefit_id}"
        if isinstance(benefit, Discount):
            if not benefit.for_members and benefit.conditions.who != Who():
                yield _found("never_members", place)
            if benefit.off_bp == 0:
                yield _found("nothing", place)
            if benefit.off_bp == FULL_RATE_BP:
                everything = benefit.conditions.what == What() and benefit.conditions.when == When()
                yield _found("free" if everything else "free_some", place)
        for other_index, other in enumerate(benefits):
            if other_index != index and _beats(other, benefit, is_before=other_index < index):
                yield _found("beaten", place, other=other.benefit_id)
                break


def _group(benefit: Benefit) -> str:
    """The group of benefits that exclude one another, for kinds that have one."""
    return getattr(benefit, "group", "")


def _beats(other: Benefit, benefit: Benefit, *, is_before: bool) -> bool:
    if _group(other) not in ("", _group(benefit)):
        return False  # another of its group may keep it from being used
    if isinstance(other, Discount) and isinstance(benefit, Discount):
        better = other.off_bp > benefit.off_bp or (other.off_bp == benefit.off_bp and is_before)
        reaches = not other.for_members or benefit.for_members
        return benefit.off_bp > 0 and better and reaches and lies_within(benefit.conditions, other.conditions)
    if isinstance(other, MemberPrice) and isinstance(benefit, MemberPrice):
        return is_before and lies_within(benefit.conditions, other.conditions)
    return False


def _review_points(programme: Programme) -> Iterator[Finding]:
    yield from review_earning(programme)
    for burning in as_cash(programme.burning):
        if burning.minimum.count % burning.step.count:
            least = -(-burning.minimum.count // burning.step.count) * burning.step.count
            yield _found("minimum", f"burning.{burning.rule_id}.minimum", least=least)
    if gives_points(programme) and not programme.burning:
        yield _found("useless_points", "burning")
    expiry = programme.expiry
    if expiry.kind is ExpiryKind.ROLLING_MONTHS and expiry.notice_days >= expiry.months * 30:
        yield _found("notice", "expiry.notice_days")
    for lower, higher in pairwise(programme.tiers):
        if higher.multiplier_bp < lower.multiplier_bp:
            yield _found("worse_tier", f"tiers.{higher.tier_id}.multiplier_bp", other=lower.name)
    for rule in as_cash(programme.burning):
        if programme.rounding is Rounding.UP and rule.value.minor >= DEAR_POINTS_FEN * rule.points.count:
            yield _found("rounded_up", "rounding", worth=Money(rule.value.minor // rule.points.count).plain())
