"""An account while records are folded onto it: the one place where balances change, at tills and at head office."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from pos_app.domain.ids import LotId, MemberId, derived_id
from pos_app.domain.ledger.lots import Base, DayDone, LotOrigin, burn_order
from pos_app.domain.ledger.moves import Purpose
from pos_app.domain.ledger.postings import (
    ADVANCES,
    BREAKAGE,
    MEMBER_AVAILABLE,
    MEMBER_PENDING,
    MEMBER_RECEIVABLE,
    POINTS_EXPIRED,
    Asset,
    Posting,
    entry,
    holdings_account,
)
from pos_app.domain.member import ALL_POINTS, LIFE, USAGE_DAYS, Lot, LotExpired, Usage
from pos_app.domain.money import Money
from pos_app.domain.wallet import Holding, use_order
from pos_app.errors import BugError

#: Progress is known by day for so long; what is older is summed by year, on its first of January.
DAYS_KEPT: Final = 1_200
#: So many days after a lot's last one it is still known how much of it expired: refunds ask, and spends that come late.
EXPIRED_KEPT: Final = 1_200
_NO_ORIGINS: Final[Mapping[LotId, LotOrigin]] = MappingProxyType({})


def surplus_lot(account_id: MemberId) -> LotId:
    """The lot for points that repaid a debt which had been repaid at another till already; it never expires."""
    return LotId(derived_id(account_id, "surplus"))


def overdrawn(available: int, pending: int) -> tuple[int, int, int]:
    """What a lot holds once nothing in it is below zero, and what it is short of.

    What waits for head office and what can be spent make up for each other: a till may not have heard that its points
    count, and takes back waiting ones that wait no more. What both together lack was spent twice, at tills that did not
    know of each other; it is owed.

    Returns:
        Available, pending, and what the account owes more than before; none is negative.
    """
    if available >= 0 and pending >= 0:
        return available, pending, 0
    both = available + pending
    if both < 0:
        return 0, 0, -both
    return (0, both, 0) if available < 0 else (both, 0, 0)


class AccountDraft:
    """An account while records are folded onto it; :meth:`freeze` says what it came to.

    Attributes:
        account_id: A member, or a gift card.
        receivable: Points owed.
        last_visit: The last day on which something was bought that was kept.
        is_changed: Whether anything was folded in since it was made or last frozen.
        short: What lots lacked when it was settled last, and is owed now.
    """

    __slots__ = (
        "_base",
        "_days",
        "_expired",
        "_lots",
        "_owed",
        "_touched",
        "_unknown",
        "_usage",
        "_wallet",
        "account_id",
        "is_changed",
        "last_visit",
        "receivable",
        "short",
    )

    def __init__(self, account_id: MemberId, base: Base) -> None:
        self.account_id: Final = account_id
        self._base = base
        self.receivable = base.receivable
        self.last_visit = base.last_visit
        self.is_changed = False
        self.short: dict[Asset, int] = {}
        self._lots: dict[LotId, Lot] = {lot.lot_id: lot for lot in base.lots}
        self._wallet: dict[LotId, Holding] = {each.lot_id: each for each in base.wallet}
        self._owed: dict[LotId, Holding] = {each.lot_id: each for each in base.owed}
        self._usage: list[Usage] = list(base.usage)
        self._days: list[DayDone] = list(base.days)
        self._expired: dict[LotId, LotExpired] = {each.lot_id: each for each in base.expired}
        self._touched: set[LotId] = set()
        self._unknown: set[LotId] = set()

    def knows(self, lot_id: LotId) -> bool:
        """Whether the days of a lot are known."""
        return lot_id in self._lots or lot_id in self._wallet or lot_id in self._owed

    def post(
        self,
        asset: Asset,
        account: str,
        amount: int,
        lot_id: LotId | None,
        origins: Mapping[LotId, LotOrigin] = _NO_ORIGINS,
    ) -> None:
        """Fold in a posting to one of the member's accounts; balances may be below zero until :meth:`settle`."""
        self.is_changed = True
        if asset is Asset.POINTS:
            if account == MEMBER_RECEIVABLE:
                self.receivable -= amount
                return
            if lot_id is None:
                raise BugError(f"posting to {account} names no lot")
            self._touched.add(lot_id)
            lot = self._lots.get(lot_id)
            if lot is None:
                origin = self._origin(lot_id, asset, origins)
                lot = Lot(lot_id, 0, origin.earned_on, origin.expires_on)
            if account == MEMBER_PENDING:
                lot = Lot(lot_id, lot.available, lot.earned_on, lot.expires_on, lot.pending + amount)
            else:
                lot = Lot(lot_id, lot.available + amount, lot.earned_on, lot.expires_on, lot.pending)
            self._lots[lot_id] = lot
            return
        if lot_id is None:
            raise BugError(f"posting to {account} names no lot")
        self._touched.add(lot_id)
        if account == MEMBER_RECEIVABLE:
            self._owed[lot_id] = _more(self._holding(self._owed, asset, lot_id, origins), -amount)
        elif account == MEMBER_PENDING:
            held = self._holding(self._wallet, asset, lot_id, origins)
            self._wallet[lot_id] = msgspec.structs.replace(held, pending=held.pending + amount)
        else:
            self._wallet[lot_id] = _more(self._holding(self._wallet, asset, lot_id, origins), amount)

    def _holding(
        self, where: dict[LotId, Holding], asset: Asset, lot_id: LotId, origins: Mapping[LotId, LotOrigin]
    ) -> Holding:
        found = where.get(lot_id)
        if found is not None:
            return found
        other = self._wallet.get(lot_id) or self._owed.get(lot_id)
        if other is not None:
            return msgspec.structs.replace(other, amount=0, pending=0)
        origin = self._origin(lot_id, asset, origins)
        return Holding(asset, lot_id, 0, origin.source_id, origin.earned_on, origin.expires_on, origin.code)

    def _origin(self, lot_id: LotId, asset: Asset, origins: Mapping[LotId, LotOrigin]) -> LotOrigin:
        origin = origins.get(lot_id)
        if origin is None:
            self._unknown.add(lot_id)  # allowed where only something is taken out that others took before
            return LotOrigin(lot_id, dt.date.min, None, asset)
        return origin

    def expire(self, asset: Asset, amount: int, lot_id: LotId) -> None:
        """Fold in that so much of a lot expired; before its posting, while the lot's last day is known."""
        lot = self._lots.get(lot_id) if asset is Asset.POINTS else self._wallet.get(lot_id)
        there = self._expired.get(lot_id)
        if there is None and lot is not None and lot.expires_on is not None:
            there = LotExpired(lot_id, 0, lot.expires_on)
        if there is not None:
            self._expired[lot_id] = msgspec.structs.replace(there, amount=there.amount + amount)

    def stored(self) -> int:
        """Stored value in fen, principal and bonus, less what is owed of it."""
        both = (Asset.PRINCIPAL, Asset.BONUS)
        held = sum(each.amount + each.pending for each in self._wallet.values() if each.asset in both)
        return held - sum(each.amount for each in self._owed.values() if each.asset in both)

    def settle(self, *, is_expiry: bool = False, dated: dt.date | None = None) -> tuple[Posting, ...]:
        """Bring every lot to zero at least: what is short is owed. Nothing is lost or given by it.

        Args:
            is_expiry: What was posted is what expired. What had been spent elsewhere did not expire, so that what is
                short is no debt: so much less expired.
            dated: Business date of what was posted. What it takes of a lot that had not passed its last day then did
                not expire, though it was booked so meanwhile: it comes back out of that before anything is owed.
                None: whatever the day.

        Returns:
            The postings that say so in the books; they balance.

        Raises:
            BugError: If something lies in a lot of which nobody knows the days.
        """
        self.short = {}
        if not self._touched and self.receivable >= 0:
            return ()
        adjusting: list[Posting] = []
        for lot_id in sorted(self._touched) if len(self._touched) > 1 else self._touched:
            if lot_id in self._lots:
                adjusting += self._settle_points(lot_id, self._lots[lot_id], is_expiry=is_expiry, dated=dated)
            if lot_id in self._wallet or lot_id in self._owed:
                adjusting += self._settle_holding(lot_id, is_expiry=is_expiry, dated=dated)
        if self.receivable < 0:
            lot_id = surplus_lot(self.account_id)
            there = self._lots.get(lot_id) or Lot(lot_id, 0, dt.date.min)
            self._lots[lot_id] = msgspec.structs.replace(there, available=there.available - self.receivable)
            adjusting += self._owes(Asset.POINTS, lot_id, -self.receivable)
            self.receivable = 0
        self._touched.clear()
        self._unknown.clear()
        return tuple(adjusting)

    def _settle_points(self, lot_id: LotId, lot: Lot, *, is_expiry: bool, dated: dt.date | None) -> tuple[Posting, ...]:
        available, pending, short = overdrawn(lot.available, lot.pending)
        self._check_known(lot_id, available + pending)
        if not available and not pending:
            del self._lots[lot_id]  # who puts something back into it says its days again
        elif available != lot.available:
            self._lots[lot_id] = Lot(lot_id, available, lot.earned_on, lot.expires_on, pending)
        back = self._not_expired(lot_id, short, is_expiry=is_expiry, dated=dated)
        adjusting = _never_expired(Asset.POINTS, back, self.account_id, lot_id)
        short -= back
        self.receivable += short
        self._note_short(Asset.POINTS, short)
        return (*adjusting, *self._owes(Asset.POINTS, lot_id, short))

    def _not_expired(self, lot_id: LotId, short: int, *, is_expiry: bool, dated: dt.date | None) -> int:
        """How much of what a lot is short of was booked as expired, and was not."""
        there = self._expired.get(lot_id)
        back = 0
        if there is not None and (is_expiry or dated is None or dated <= there.expires_on):
            back = min(short, there.amount)
        if there is not None and back:
            if there.amount > back:
                self._expired[lot_id] = msgspec.structs.replace(there, amount=there.amount - back)
            else:
                del self._expired[lot_id]
        return short if is_expiry else back

    def _settle_holding(self, lot_id: LotId, *, is_expiry: bool, dated: dt.date | None) -> tuple[Posting, ...]:
        held, owed = self._wallet.pop(lot_id, None), self._owed.pop(lot_id, None)
        like = held or owed
        if like is None:
            return ()
        available, pending, short = overdrawn(held.amount, held.pending) if held is not None else (0, 0, 0)
        self._check_known(lot_id, available + pending)
        back = self._not_expired(lot_id, short, is_expiry=is_expiry, dated=dated)
        adjusting = _never_expired(like.asset, back, self.account_id, lot_id)
        short -= back
        self._note_short(like.asset, short)
        short_before = owed.amount if owed is not None else 0
        more_owed = max(short, -short_before)  # repaid twice: what was too much lies in the lot again
        owes = short_before + more_owed
        available += more_owed - short
        if available or pending:
            self._wallet[lot_id] = msgspec.structs.replace(like, amount=available, pending=pending)
        if owes:
            self._owed[lot_id] = msgspec.structs.replace(like, amount=owes, pending=0)
        return (*adjusting, *self._owes(like.asset, lot_id, more_owed))

    def _note_short(self, asset: Asset, short: int) -> None:
        if short:
            self.short[asset] = self.short.get(asset, 0) + short

    def _check_known(self, lot_id: LotId, amount: int) -> None:
        if amount and lot_id in self._unknown:
            raise BugError("something was put into a lot that is no known lot")

    def _owes(self, asset: Asset, lot_id: LotId, amount: int) -> tuple[Posting, ...]:
        """So much more is owed, and so much more lies in the lot."""
        if not amount:
            return ()
        return (
            Posting(asset, MEMBER_AVAILABLE, amount, self.account_id, lot_id),
            Posting(asset, MEMBER_RECEIVABLE, -amount, self.account_id, lot_id),
        )

    def use(self, what: str, on: dt.date, amount: int) -> None:
        """Note that the member had something on a day; points count towards tiers, too."""
        self.is_changed = True
        at = bisect_left(self._usage, (what, on), key=_usage_key)
        if at < len(self._usage) and _usage_key(self._usage[at]) == (what, on):
            self._usage[at] = Usage(what, on, self._usage[at].amount + amount)
        else:
            self._usage.insert(at, Usage(what, on, amount))
        if what == ALL_POINTS:
            self._done(on, points=amount)

    def bought(self, on: dt.date, spend: Money) -> None:
        """A sale of something, for so much money that counts towards tiers."""
        self._done(on, spend=spend.minor, sales=1)
        self.last_visit = on if self.last_visit is None else max(on, self.last_visit)

    def came_back(self, on: dt.date, spend: Money, *, is_all: bool) -> None:
        """Goods of a sale of a day came back; where nothing of it is kept any more, it was no visit."""
        self._done(on, spend=-spend.minor, sales=-1 if is_all else 0)
        if is_all and self.last_visit == on:
            self.last_visit = max((day.on for day in self._days if day.visits > 0), default=None)

    def _done(self, on: dt.date, *, spend: int = 0, points: int = 0, sales: int = 0) -> None:
        self.is_changed = True
        at = bisect_left(self._days, on, key=_day_key)
        is_there = at < len(self._days) and self._days[at].on == on
        day = self._days[at] if is_there else DayDone(on)
        kept = day.kept + sales
        visits = day.visits + (kept > 0) - (day.kept > 0)
        self._days[at : at + is_there] = [DayDone(on, day.spend + spend, visits, day.points + points, kept)]

    def freeze(self, today: dt.date | None = None) -> Base:
        """What the account came to.

        Args:
            today: What no limit looks back at any more from this day is forgotten; None forgets nothing.
        """
        if not self.is_changed:
            return self._base
        usage, days = self._usage, self._days
        expired: Iterable[LotExpired] = self._expired.values()
        if today is not None:
            usage, days = _recent(usage, today), _condensed(days, today)
            since = today - dt.timedelta(days=EXPIRED_KEPT)
            expired = (each for each in expired if each.expires_on >= since)
        self._base = msgspec.structs.replace(
            self._base,
            lots=tuple(burn_order(lot for lot in self._lots.values() if lot.available or lot.pending)),
            receivable=self.receivable,
            last_visit=self.last_visit,
            usage=tuple(each for each in usage if each.amount),
            wallet=tuple(use_order(each for each in self._wallet.values() if each.amount or each.pending)),
            owed=tuple(use_order(each for each in self._owed.values() if each.amount)),
            days=tuple(each for each in days if each.kept or each.spend or each.visits or each.points),
            expired=sum_expired(expired),
        )
        self.is_changed = False
        return self._base


def _never_expired(asset: Asset, amount: int, account_id: MemberId, lot_id: LotId) -> tuple[Posting, ...]:
    """Take back that something expired: it had been spent before, elsewhere."""
    if not amount:
        return ()
    expired = POINTS_EXPIRED if asset is Asset.POINTS else holdings_account(asset, Purpose.EXPIRED)
    fen = amount if asset is Asset.PRINCIPAL else 0
    return (
        Posting(asset, MEMBER_AVAILABLE, amount, account_id, lot_id),
        Posting(asset, expired, -amount),
        *entry(Asset.FEN, ADVANCES, -fen),
        *entry(Asset.FEN, BREAKAGE, fen),
    )


def _more(held: Holding, amount: int) -> Holding:
    return msgspec.structs.replace(held, amount=held.amount + amount)


def _usage_key(each: Usage) -> tuple[str, dt.date]:
    return each.what, each.on


def _day_key(each: DayDone) -> dt.date:
    return each.on


def _recent(usage: Iterable[Usage], today: dt.date) -> list[Usage]:
    since = today - dt.timedelta(days=USAGE_DAYS)
    return [each for each in usage if each.on >= since or each.what.startswith(LIFE)]


def _condensed(days: list[DayDone], today: dt.date) -> list[DayDone]:
    """Days longer ago than anybody asks for by day, summed by year."""
    since = today - dt.timedelta(days=DAYS_KEPT)
    at = bisect_left(days, since, key=_day_key)
    if all(day.kept == 0 and (day.on.month, day.on.day) == (1, 1) for day in days[:at]):
        return days
    by_year = (DayDone(day.on.replace(month=1, day=1), day.spend, day.visits, day.points) for day in days[:at])
    return [*sum_days(by_year), *days[at:]]


def sum_expired(expired: Iterable[LotExpired]) -> tuple[LotExpired, ...]:
    """Each lot once, in an order that follows from them alone."""
    found: dict[LotId, LotExpired] = {}
    for each in expired:
        there = found.get(each.lot_id)
        amount = each.amount if there is None else there.amount + each.amount
        found[each.lot_id] = LotExpired(each.lot_id, amount, each.expires_on)
    return tuple(sorted(found.values(), key=lambda each: (each.expires_on, each.lot_id)))


def sum_days(days: Iterable[DayDone]) -> tuple[DayDone, ...]:
    """Each day once, earliest first."""
    found: dict[dt.date, DayDone] = {}
    for day in days:
        before = found.get(day.on)
        found[day.on] = (
            day
            if before is None
            else DayDone(
                day.on,
                before.spend + day.spend,
                before.visits + day.visits,
                before.points + day.points,
                before.kept + day.kept,
            )
        )
    return tuple(found[on] for on in sorted(found))
