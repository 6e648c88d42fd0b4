"""Whether a rule speaks here and now, and if not, which part of it said no."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Final

from pos_app.domain.catalog import Product
from pos_app.domain.ids import TierId
from pos_app.domain.member import VISITS, Member, MemberAccount
from pos_app.domain.programme.rules import Birthdays, Conditions, NthVisit, VisitPeriod, What, When, Who, Window

_ANYBODY: Final = Who()
_ANY_TIME: Final = When()


def refusal(
    conditions: Conditions,
    *,
    member: Member | None,
    tier_id: TierId,
    now: dt.datetime,
    store: str,
    today: dt.date | None = None,
    account: MemberAccount | None = None,
) -> str | None:
    """Why a rule does not speak for this member at this moment: a reason code, or None when it does.

    Args:
        conditions: The rule's.
        member: The member, if there is one.
        tier_id: The member's tier.
        now: Local time of the shop, for rules by time of day.
        store: The store's code.
        today: The business date, for rules by date, weekday and birthday; the date of ``now`` when it is not given.
        account: The member's account, for rules by visit.
    """
    today = now.date() if today is None else today
    if conditions.stores and store not in conditions.stores:
        return "not_in_this_store"
    return _refusal_when(conditions.when, now, today) or _refusal_who(conditions.who, member, tier_id, today, account)


def _refusal_when(when: When, now: dt.datetime, today: dt.date) -> str | None:
    if when == _ANY_TIME:
        return None
    time = now.time()
    if when.from_time is not None and when.to_time is not None and time < when.to_time < when.from_time:
        today = now.date() - dt.timedelta(days=1)  # the small hours belong to the night that began yesterday
    if when.from_date is not None and today < when.from_date:
        return "not_yet"
    if when.to_date is not None and today > when.to_date:
        return "over"
    if when.weekdays and today.isoweekday() not in when.weekdays:
        return "not_this_weekday"
    if when.days_of_month and today.day not in when.days_of_month:
        return "not_this_day"
    if not _is_within(time, when.from_time, when.to_time):
        return "not_this_hour"
    if when.windows and not any(is_open(each, now, today) for each in when.windows):
        return "not_in_window"
    return None


def is_open(window: Window, now: dt.datetime, today: dt.date) -> bool:
    """Whether a moment of a business date lies in a window; the hours after midnight are the last of their date."""
    if window.months and today.month not in window.months:
        return False
    last_day = calendar.monthrange(today.year, today.month)[1]
    if window.from_day > last_day:
        return False
    since_midnight = now.replace(tzinfo=None) - dt.datetime.combine(today, dt.time.min)
    place = (today.day, since_midnight)
    if place < (window.from_day, _since_midnight(window.from_time)):
        return False
    to_day = min(window.to_day, last_day)
    if window.to_time is None:
        return today.day <= to_day
    return place < (to_day, _since_midnight(window.to_time))


def _since_midnight(time: dt.time | None) -> dt.timedelta:
    time = time or dt.time.min
    return dt.datetime.combine(dt.date.min, time) - dt.datetime.combine(dt.date.min, dt.time.min)


def _is_within(now: dt.time, start: dt.time | None, end: dt.time | None) -> bool:
    start = start or dt.time.min
    if end is None:
        return now >= start
    return start <= now < end if start <= end else now >= start or now < end


def _refusal_who(
    who: Who, member: Member | None, tier_id: TierId, today: dt.date, account: MemberAccount | None
) -> str | None:
    if who == _ANYBODY:
        return None
    if member is None:
        return "members_only"
    if who.tiers and tier_id not in who.tiers:
        return "not_this_tier"
    if who.tags and not set(who.tags) & set(member.tags):
        return "not_this_member"
    if who.birthday is not None and not is_birthday(who.birthday, member, today):
        return "not_birthday"
    if who.new is not None and not 0 <= (today - member.joined_on).days < who.new:
        return "not_new_member"
    if who.referred is not None and who.referred != (member.referrer_id is not None):
        return "not_referred" if who.referred else "was_referred"
    if who.visit is not None and not is_nth_visit(who.visit, account, today):
        return "not_this_visit"
    return None


def is_nth_visit(visit: NthVisit, account: MemberAccount | None, today: dt.date) -> bool:
    """Whether a visit today is one of those that a rule speaks of."""
    if account is None:
        return False
    start = dt.date(today.year, today.month if visit.period is VisitPeriod.MONTH else 1, 1)
    earlier = {
        each.on for each in account.usage if each.what == VISITS and start <= each.on < today and each.amount > 0
    }
    return (len(earlier) + 1) % visit.every == 0


def is_birthday(around: Birthdays, member: Member, today: dt.date) -> bool:
    """Whether a day lies around a member's birthday; never where the birthday is not known."""
    if member.birthday is None:
        return False
    match around:
        case Birthdays.DAY:
            return member.birthday.is_on(today)
        case Birthdays.MONTH:
            return member.birthday.month == today.month
        case Birthdays.WEEK:
            return any(member.birthday.is_on(today + dt.timedelta(days=offset)) for offset in range(-3, 4))


def covers(what: What, product: Product) -> bool:
    """Whether a rule speaks of a product."""
    if product.category_id in what.except_categories or product.product_id in what.except_products:
        return False
    if not (what.categories or what.products or what.brands):
        return True
    return product.category_id in what.categories or product.product_id in what.products or product.brand in what.brands
