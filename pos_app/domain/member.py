"""Members and what is known of them at this till."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable
from typing import Final

import msgspec

from pos_app.domain.ids import LotId, MemberId, ProductId, TierId
from pos_app.domain.money import Money, half_width
from pos_app.domain.points import Points
from pos_app.domain.wallet import Holding

#: For how many days back it is known what a member had of what: longer than any year a rule counts in.
USAGE_DAYS: Final = 400
#: Begins the names of what is counted for a whole life: of it nothing is forgotten after :data:`USAGE_DAYS`.
LIFE: Final = "life:"
#: What is logged for each sale of a member of which something is kept.
VISITS: Final = "visits"
#: What is logged for each use of a published code, with the coupon's id behind a colon.
SHARED: Final = f"{LIFE}shared"
#: What is logged of gifts begins so; the index of gifts says it, too.
GIVEN: Final = "give:"
#: What is logged for each day on which a member checked in.
CHECK_INS: Final = "check_in"


def given(rule_id: str) -> str:
    """The packs that a rule gave a member, as the log names them."""
    return f"{GIVEN}{rule_id}"


def given_ever(rule_id: str) -> str:
    """The same, for what is given once or so many times in a whole life."""
    return f"{LIFE}{GIVEN}{rule_id}"


def brought(rule_id: str) -> str:
    """The members for whom a referrer was given a pack, as the log names them."""
    return f"{GIVEN}{rule_id}:brought"


def streaks(rule_id: str) -> str:
    """The gifts for days of checking in, one after the other, as the log names them."""
    return f"{GIVEN}{rule_id}:streak"


def shared_purchases(rule_id: str) -> str:
    """The purchases of a referred member of which the referrer had a share, as the log names them."""
    return f"{LIFE}{GIVEN}{rule_id}:shared"


class MemberStatus(enum.StrEnum):
    """Whether a member may use the membership."""

    ACTIVE = "active"
    TEMPORARY = "temporary"  # a card was given, the details come later
    FROZEN = "frozen"  # identified, earns nothing, spends nothing
    CLOSED = "closed"


class Gender(enum.StrEnum):
    """As told by the member; unknown is normal."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = ""


class Birthday(msgspec.Struct, frozen=True):
    """Month and day, with the year where the member gave it."""

    month: int
    day: int
    year: int | None = None

    def __post_init__(self) -> None:
        if self.year is not None and not 1900 <= self.year <= 2100:
            raise ValueError("nobody at a counter was born in that year")
        dt.date(2000 if self.year is None else self.year, self.month, self.day)  # refuses a day in no calendar

    @classmethod
    def parse(cls, text: str) -> Birthday:
        """Read ``1990-05-17``, ``1990/5/17``, ``1990年5月17日``, ``19900517``, ``05-17``, ``5月17日``.

        Raises:
            ValueError: If it is not a day of the year.
        """
        cleaned = half_width(text.strip()) if len(text) <= 32 else ""
        match = _BIRTHDAY.fullmatch(cleaned) or _BIRTHDAY_DIGITS.fullmatch(cleaned)
        if match is None:
            raise ValueError("a birthday is year-month-day or month-day")
        return cls(int(match["month"]), int(match["day"]), int(match["year"]) if match["year"] else None)

    def is_on(self, day: dt.date) -> bool:
        """Whether a day is the birthday; 29 February is kept on 28 February in other years."""
        if (self.month, self.day) == (2, 29):
            leap = day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0)
            return (day.month, day.day) == (2, 29 if leap else 28)
        return (day.month, day.day) == (self.month, self.day)

    def display(self) -> str:
        """``05-17``, without the year: age is nobody's business at the counter."""
        return f"{self.month:02d}-{self.day:02d}"


_BIRTHDAY: Final = re.compile(
    r"(?:(?P<year>[0-9]{4})\s*[-/.年]\s*)?(?P<month>[0-9]{1,2})\s*[-/.月]\s*(?P<day>[0-9]{1,2})\s*日?"
)
_BIRTHDAY_DIGITS: Final = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")


class Standing(msgspec.Struct, frozen=True):
    """A tier that was given or reached, without those that are bought for a term.

    Attributes:
        tier_id: Which.
        since: The day from which it counts: that on which it was given or reached, or on which the period began for
            which it was kept.
    """

    tier_id: TierId
    since: dt.date


class Member(msgspec.Struct, frozen=True):
    """A person and their cards. Personal data lives here and never in the journal.

    Attributes:
        member_id: Random; the books know the member by this alone.
        phone: National digits (11 for a Chinese mobile), or empty.
        name: May be empty until the member gives it.
        tier_id: The tier assigned last (by head office, by import, or by a sale at this till); never one that counts
            only while a term of it runs.
        tier_since: Day from which that tier counts.
        given_tier: The tier that head office, an import or the sign-up gave last, from which what was bought here
            leads on; empty while that still is ``tier_id``.
        given_on: Day on which that one was given.
        cards: Numbers of the cards in use.
        joined_on: Day of sign-up.
        source: Where the member came from (store, import, referral).
        referrer_id: Who brought the member.
        marketing_consent: Whether messages may be sent.
    """

    member_id: MemberId
    joined_on: dt.date
    phone: str = ""
    name: str = ""
    gender: Gender = Gender.UNKNOWN
    birthday: Birthday | None = None
    email: str = ""
    status: MemberStatus = MemberStatus.ACTIVE
    tier_id: TierId = TierId("")
    tier_since: dt.date | None = None
    cards: tuple[str, ...] = ()
    source: str = ""
    referrer_id: MemberId | None = None
    marketing_consent: bool = False
    note: str = ""
    tags: tuple[str, ...] = ()
    given_tier: TierId = TierId("")
    given_on: dt.date | None = None

    @property
    def standing(self) -> Standing:
        """The tier assigned last, as it stood then."""
        return Standing(self.tier_id, self.tier_since or self.joined_on)

    @property
    def given(self) -> Standing:
        """The tier that was given last by anybody but a sale."""
        return Standing(self.given_tier, self.given_on or self.joined_on) if self.given_tier else self.standing

    def with_standing(self, standing: Standing) -> Member:
        """The member with another tier by what was bought or came back; what was given before is remembered."""
        given = self.given
        return msgspec.structs.replace(
            self, tier_id=standing.tier_id, tier_since=standing.since, given_tier=given.tier_id, given_on=given.since
        )

    def with_given(self, standing: Standing) -> Member:
        """The member with a tier that somebody gave."""
        return msgspec.structs.replace(
            self, tier_id=standing.tier_id, tier_since=standing.since, given_tier=TierId(""), given_on=None
        )


class Lot(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """Points earned together.

    Attributes:
        lot_id: Names the lot in postings.
        available: Points that can be spent now.
        pending: Points that count once head office has applied the record.
        earned_on: Business date.
        expires_on: Last day on which they can be spent; None for never.
    """

    lot_id: LotId
    available: int
    earned_on: dt.date
    expires_on: dt.date | None = None
    pending: int = 0

    def is_spendable(self, today: dt.date) -> bool:
        """Whether points of this lot can be spent today."""
        return self.available > 0 and (self.expires_on is None or today <= self.expires_on)


class LotExpired(msgspec.Struct, frozen=True, array_like=True):
    """What expired of a lot, as the books have it; of points or of a holding.

    Attributes:
        lot_id: Which lot.
        amount: So much of it expired unused.
        expires_on: Its last day.
    """

    lot_id: LotId
    amount: int
    expires_on: dt.date


class Progress(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a member did in the period that tiers look at.

    Attributes:
        spend: Net spending on sales of the period (what came back of them is taken off).
        visits: Distinct business days of the period with a sale of which something was kept.
        points: Points earned in the period, whether or not they were spent since; what came back is taken off.
    """

    spend: Money = Money(0)
    visits: int = 0
    points: Points = Points(0)

    def __add__(self, other: Progress) -> Progress:
        """Both together."""
        return Progress(self.spend + other.spend, self.visits + other.visits, self.points + other.points)

    def __sub__(self, other: Progress) -> Progress:
        """Without the other."""
        return Progress(self.spend - other.spend, self.visits - other.visits, self.points - other.points)


class ProgressDay(msgspec.Struct, frozen=True):
    """What records of a business day did for a member's progress."""

    on: dt.date
    progress: Progress


class Usage(msgspec.Struct, frozen=True, array_like=True):
    """What a member had of something on a day: limits by day, month or year count it.

    Attributes:
        what: Of what: ``points`` for all points earned, ``points:<rule>`` for those of one rule; other rules name
            theirs alike (kind, colon, id).
        on: Business date it counts on.
        amount: How much; what was taken back counts on the day it had been had.
    """

    what: str
    on: dt.date
    amount: int


#: All points that rules of earning gave, as usage names them.
ALL_POINTS: Final = "points"


def shared_of(coupon_id: str) -> str:
    """Uses of a published code, as the log of usage names them."""
    return f"{SHARED}:{coupon_id}"


def points_of(rule_id: str) -> str:
    """The points that one rule of earning gave, as usage names them."""
    return f"{ALL_POINTS}:{rule_id}"


class MemberAccount(msgspec.Struct, frozen=True):
    """A member's balances and progress as this till knows them: a fold, never edited.

    Attributes:
        member_id: Whose.
        lots: In order of expiry, earliest first, never-expiring last.
        receivable: Points the member owes (taken back after they were spent); not negative.
        progress: Towards tiers.
        as_of_ms: When head office last spoke of this member; None where it never did.
        own_records: Own records that head office's word does not contain yet.
        last_visit: Business date of the last sale known here.
        days: The progress by day, earliest first: as far back as was asked for.
        told: What head office said of the progress without naming days.
        told_before: What head office said of the period before.
        usage: Of the last :data:`USAGE_DAYS` days, and of all days where it is counted for life; summed by what and
            day, in that order.
        wallet: Holdings beside points, in the order of use.
        owed: Holdings that were used before a refund could take them back; by the lot they came from, in positive
            amounts. What is given later of the same kind repays them.
        expired: What head office says that expired of lots.
    """

    member_id: MemberId
    lots: tuple[Lot, ...] = ()
    receivable: int = 0
    progress: Progress = Progress()
    as_of_ms: int | None = None
    own_records: int = 0
    last_visit: dt.date | None = None
    days: tuple[ProgressDay, ...] = ()
    told: Progress = Progress()
    told_before: Progress = Progress()
    usage: tuple[Usage, ...] = ()
    wallet: tuple[Holding, ...] = ()
    owed: tuple[Holding, ...] = ()
    expired: tuple[LotExpired, ...] = ()

    def expired_of(self, lot_id: LotId) -> int:
        """How much of a lot expired unused, as far as head office said."""
        return sum(each.amount for each in self.expired if each.lot_id == lot_id)

    def used(self, what: str, since: dt.date) -> int:
        """How much of something the member had from a day on; days longer ago than is known count nothing."""
        return sum(each.amount for each in self.usage if each.what == what and each.on >= since)

    def spendable(self, today: dt.date) -> Points:
        """Points that can be spent on a day: those in lots, as far as they exceed what is owed."""
        return Points(max(0, self._in_lots(today) - self.receivable))

    def balance(self, today: dt.date) -> Points:
        """What is shown as the balance: points in lots, pending ones too, less what is owed; may be negative."""
        pending = sum(lot.pending for lot in self.lots if lot.expires_on is None or today <= lot.expires_on)
        return Points(self._in_lots(today) + pending - self.receivable)

    def _in_lots(self, today: dt.date) -> int:
        return sum(lot.available for lot in self.lots if lot.is_spendable(today))

    def expiring(self, today: dt.date, within_days: int) -> Points:
        """Spendable points that expire within a number of days."""
        limit = today + dt.timedelta(days=within_days)
        return Points(
            sum(
                lot.available
                for lot in self.lots
                if lot.is_spendable(today) and lot.expires_on is not None and lot.expires_on <= limit
            )
        )


class Favourite(msgspec.Struct, frozen=True):
    """A product a member buys often."""

    product_id: ProductId
    name: str
    times: int


def join_favourites(bought: Iterable[Iterable[Favourite]]) -> tuple[Favourite, ...]:
    """What a member bought under each of their ids, in one list; most often first."""
    joined: dict[ProductId, Favourite] = {}
    for each in (one for under_id in bought for one in under_id):
        known = joined.get(each.product_id)
        joined[each.product_id] = Favourite(each.product_id, each.name, each.times + (known.times if known else 0))
    return tuple(sorted(joined.values(), key=lambda each: -each.times))
