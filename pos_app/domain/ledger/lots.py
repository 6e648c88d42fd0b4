"""Lots: which points are burnt, where earned ones go, and what a member's account folds to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from pos_app.domain.ids import LotId, MemberId
from pos_app.domain.ledger.bodies import LotAmount, NewLot, OpeningLots, Refund, RefundMember, Sale, SaleMember
from pos_app.domain.ledger.moves import moves_of
from pos_app.domain.ledger.postings import Asset, Posting
from pos_app.domain.member import ALL_POINTS, Lot, LotExpired, Progress, ProgressDay, Usage
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.wallet import Holding
from pos_app.errors import BugError, KnownError


def burn_order(lots: Iterable[Lot]) -> list[Lot]:
    """Earliest expiry first, never-expiring last; then earliest earned, then by id, so that any till agrees."""
    return sorted(lots, key=lambda lot: (lot.expires_on or dt.date.max, lot.earned_on, lot.lot_id))


def plan_burn(lots: Iterable[Lot], points: Points, today: dt.date) -> tuple[LotAmount, ...]:
    """Say which lots a number of points is taken from.

    Raises:
        KnownError: ``points.too_few`` when the spendable lots do not hold that many.
    """
    rest = points.count
    if rest < 0:
        raise BugError("a negative number of points cannot be burnt")
    plan: list[LotAmount] = []
    for lot in burn_order(lots):
        if rest == 0:
            break
        if lot.is_spendable(today):
            part = min(rest, lot.available)
            plan.append(LotAmount(lot.lot_id, Points(part), lot.expires_on, lot.earned_on))
            rest -= part
    if rest:
        raise KnownError("points.too_few", missing=rest)
    return tuple(plan)


class LotOrigin(msgspec.Struct, frozen=True):
    """What is known of a lot beside its balance; see ``Holding`` for what is not of points."""

    lot_id: LotId
    earned_on: dt.date
    expires_on: dt.date | None
    asset: Asset = Asset.POINTS
    source_id: str = ""
    code: str = ""


class HoldingSum(msgspec.Struct, frozen=True):
    """Postings of something else than points to an account, summed by lot."""

    asset: Asset
    account: str
    lot_id: LotId
    amount: int


class DayDone(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """What a member did on a business day, as head office keeps it: there are hundreds, so they are small.

    Attributes:
        on: The day; the first of January stands for what was done in a year long ago.
        spend: Net, in fen, as progress counts it.
        visits: 1 for a day on which something was bought that was kept; of a year, their number.
        points: Earned.
        kept: How many sales of the day there are of which something is kept: it makes the day a visit.
    """

    on: dt.date
    spend: int = 0
    visits: int = 0
    points: int = 0
    kept: int = 0

    @property
    def told(self) -> ProgressDay:
        """As tills count it."""
        return ProgressDay(self.on, Progress(Money(self.spend), self.visits, Points(self.points)))


class Base(msgspec.Struct, frozen=True, omit_defaults=True):
    """What head office last said of a member's account.

    Attributes:
        lots: As head office knows them.
        receivable: What the member owed then; not negative.
        progress: Within the tier period, where no days are known.
        progress_before: Within the tier period before that, likewise.
        contains_seq: The last own record that is already in these figures.
        as_of_ms: When it was said; None when it never was.
        last_visit: The last visit head office knows of.
        usage: What the member had of what, by day, as far back as limits look.
        wallet: Holdings beside points, as head office knows them.
        owed: What of such holdings was owed then.
        days: Progress by day, earliest first; what is long ago is summed by year.
        expired: What expired of lots, as far back as anything may come that speaks of them.
    """

    lots: tuple[Lot, ...] = ()
    receivable: int = 0
    progress: Progress = Progress()
    contains_seq: int = 0
    as_of_ms: int | None = None
    last_visit: dt.date | None = None
    usage: tuple[Usage, ...] = ()
    wallet: tuple[Holding, ...] = ()
    owed: tuple[Holding, ...] = ()
    progress_before: Progress = Progress()
    days: tuple[DayDone, ...] = ()
    expired: tuple[LotExpired, ...] = ()


NO_BASE = Base()


class OwnActivity(msgspec.Struct, frozen=True):
    """What this till's own records, not yet contained in the base, did for one member.

    Attributes:
        sums: Own postings summed: (account, lot or None, amount), member accounts in points.
        origins: Lots that own records made or put points back into: all that :func:`lot_origins` names.
        progress: What own sales did within the tier period, as :func:`own_days` counts it.
        records: How many own records there are.
        last_visit: Business date of the last own sale.
        usage: What own records say the member had of what, by day: see ``usage``.
        holdings: Own postings of everything else than points, summed.
        days: The same as the progress, by day, as far back as was asked for; earliest first.
    """

    sums: tuple[tuple[str, LotId | None, int], ...] = ()
    origins: tuple[LotOrigin, ...] = ()
    progress: Progress = Progress()
    records: int = 0
    last_visit: dt.date | None = None
    usage: tuple[Usage, ...] = ()
    holdings: tuple[HoldingSum, ...] = ()
    days: tuple[ProgressDay, ...] = ()


def lot_origins(body: object) -> tuple[LotOrigin, ...]:
    """The lots a record's body makes, or puts points back into that head office may have forgotten as empty."""
    made: tuple[NewLot, ...] = ()
    back: tuple[LotAmount, ...] = ()
    match body:
        case Sale(member=SaleMember(new_lot=NewLot() as new_lot)):
            made = (new_lot,)
        case Refund(member=RefundMember() as member):
            made, back = member.grace_lots, member.given_back
        case OpeningLots(lots=lots):
            made = lots
        case _:
            pass
    return (
        *(LotOrigin(lot.lot_id, lot.earned_on, lot.expires_on) for lot in made),
        *(LotOrigin(part.lot_id, part.earned_on or dt.date.min, part.expires_on) for part in back),
        *(
            LotOrigin(move.lot_id, move.made_on, move.expires_on, move.asset, move.source_id, move.code)
            for move in moves_of(body)
        ),
    )


def own_days(
    sales: Iterable[tuple[dt.date, Sale, Sequence[Refund]]], usage: Iterable[Usage] = ()
) -> tuple[ProgressDay, ...]:
    """What own records did for a member's progress by day: the rule, which a query may follow in its own way.

    A sale counts on its own business date, less what came back of it whenever that was; money in advance counts when
    it is spent; a day counts as a visit
    while something bought on it was kept; points count as the log says they were earned.

    Args:
        sales: Business date of the sale, the sale, and all its refunds.
        usage: What the member had of what.
    """
    days: dict[dt.date, Progress] = {}
    for day, sale, refunds in sales:
        spend = (sale.payable - sale.prepaid).minor - sum((each.amount - each.prepaid).minor for each in refunds)
        sold = sum(line.quantity.milli for line in sale.lines)
        kept = sold > sum(line.quantity.milli for refund in refunds for line in refund.lines)
        before = days.get(day, Progress())
        days[day] = Progress(Money(before.spend.minor + spend), max(before.visits, 1 if kept else 0))
    for each in usage:
        if each.what == ALL_POINTS:
            days[each.on] = days.get(each.on, Progress()) + Progress(points=Points(each.amount))
    return tuple(ProgressDay(day, progress) for day, progress in sorted(days.items()))


def own_progress(days: Iterable[ProgressDay], since: dt.date) -> Progress:
    """The progress of days from one on."""
    return sum((day.progress for day in days if day.on >= since), start=Progress())


def own_sums(postings: Iterable[Posting], member_id: MemberId) -> tuple[tuple[str, LotId | None, int], ...]:
    """Sum a member's points postings by account and lot."""
    sums: dict[tuple[str, LotId | None], int] = {}
    for posting in postings:
        if posting.member_id == member_id and posting.asset is Asset.POINTS:
            key = (posting.account, posting.lot_id)
            sums[key] = sums.get(key, 0) + posting.amount
    return tuple((account, lot_id, amount) for (account, lot_id), amount in sums.items())


def own_holdings(postings: Iterable[Posting], account_id: MemberId) -> tuple[HoldingSum, ...]:
    """Sum an account's postings of everything but points, by account and lot."""
    sums: dict[tuple[Asset, str, LotId], int] = {}
    for posting in postings:
        if posting.member_id == account_id and posting.asset is not Asset.POINTS and posting.lot_id is not None:
            key = (posting.asset, posting.account, posting.lot_id)
            sums[key] = sums.get(key, 0) + posting.amount
    return tuple(HoldingSum(asset, account, lot_id, amount) for (asset, account, lot_id), amount in sums.items())


def expired_lots(lots: Sequence[Lot], today: dt.date) -> tuple[LotAmount, ...]:
    """Lots whose last day has passed while points were still in them."""
    return tuple(
        LotAmount(lot.lot_id, Points(lot.available), lot.expires_on, lot.earned_on)
        for lot in lots
        if lot.available > 0 and lot.expires_on is not None and lot.expires_on < today
    )
