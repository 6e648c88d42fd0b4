"""What no case of a scenario file can mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pos_app.application.scenarios.document import Off, Scenario, Who
from pos_app.application.scenarios.giving import Done
from pos_app.domain.member import Birthday
from pos_app.domain.money import FULL_RATE_BP, Money
from pos_app.domain.unit_codes import read_unit_code

_NOTHING = Money(0)


def problems_of(scenario: Scenario) -> Iterator[str]:
    """Yield what no case can mean, each with its place."""
    if not scenario.why.strip():
        yield "why: say in a sentence which rule this case defends"
    if not scenario.basket and not scenario.terms and not scenario.before:
        yield "basket: at least one line"
    if scenario.moment.tzinfo is not None:
        yield "moment: the shop's local time, without a time zone"
    if not 0 <= scenario.day_starts_hour <= 23:
        yield "day_starts_hour: 0 to 23"
    for number, item in enumerate(scenario.basket, 1):
        yield from _problems_of_off(f"basket[{number}].off", item.off)
        if item.label is not None and not item.weighed:
            yield f"basket[{number}].label: only weighed goods have labels with an amount"
    yield from _problems_of_codes(scenario)
    yield from _problems_of_steps(scenario)
    yield from _problems_of_off("off", scenario.off)
    if scenario.member is not None:
        yield from _problems_of_member(scenario.member, scenario.moment.date())
    if scenario.expect.refused is not None and scenario.refunds:
        yield "refunds: nothing can come back of a sale that is refused"
    last = dt.date.min
    for number, each in enumerate(scenario.refunds, 1):
        day = each.on or max(last, scenario.moment.date() - dt.timedelta(days=1))
        if day < max(last, scenario.moment.date() - dt.timedelta(days=1)):
            yield f"refunds[{number}].on: before the sale or the refund before it"
        last = day
        lines = len(scenario.basket) + len(scenario.terms)
        if any(not 1 <= line.line <= lines for line in each.lines):
            yield f"refunds[{number}].lines: lines are counted from 1 to {lines}"


def _problems_of_steps(scenario: Scenario) -> Iterator[str]:
    last: dt.datetime | None = None
    for number, step in enumerate(scenario.before, 1):
        moment = step.moment or scenario.moment
        if (last is not None and moment < last) or moment > scenario.moment:
            yield f"before[{number}].moment: after the sale, or before what was done before"
        last = moment
        if (step.do is Done.SURVEY) != bool(step.survey):
            yield f"before[{number}].survey: for a survey alone, and for each"
        if scenario.member is None:
            yield f"before[{number}]: nobody is known who could do it"


def _problems_of_codes(scenario: Scenario) -> Iterator[str]:
    for number, item in enumerate(scenario.basket, 1):
        if item.unit_code and read_unit_code(item.unit_code) is None:
            yield f"basket[{number}].unit_code: (01), 14 digits with their check digit, (21), a serial number"
        if item.signed_by and not item.unit_code:
            yield f"basket[{number}].signed_by: of which unit_code"
    for number, code in enumerate(scenario.sold_before, 1):
        if read_unit_code(code) is None:
            yield f"sold_before[{number}]: (01), 14 digits with their check digit, (21), a serial number"


def _problems_of_off(place: str, off: Off | None) -> Iterator[str]:
    if off is None:
        return
    if bool(off.percent_bp) == bool(off.amount):
        yield f"{place}: either percent_bp or amount"
    if not 0 <= off.percent_bp <= FULL_RATE_BP or off.amount < _NOTHING:
        yield f"{place}: percent_bp is 0 to {FULL_RATE_BP}, amount not negative"


def _problems_of_member(member: Who, day: dt.date) -> Iterator[str]:
    if member.birthday:
        try:
            Birthday.parse(member.birthday)
        except ValueError as error:
            yield f"member.birthday: {error}"
    if member.points and member.lots:
        yield "member.points: either points or lots"
    if min(member.points, member.receivable, member.visits, *(lot.points for lot in member.lots)) < 0:
        yield "member: points, receivable and visits must not be negative"
    for number, sale in enumerate(member.history, 1):
        if sale.on > day:
            yield f"member.history[{number}].on: after the sale"
    for number, had in enumerate(member.had, 1):
        if had.on > day:
            yield f"member.had[{number}].on: after the sale"
        if not had.what:
            yield f"member.had[{number}].what: say of what"
