"""Shifts and days: float, cash in and out, X report, blind count, Z report."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.expiring import expire_holdings
from pos_app.application.permissions import granted_by
from pos_app.application.ports import JobKind, LedgerReader, LedgerTx, PrintJob
from pos_app.domain.ids import JobId, RecordId, ShiftId, StaffId
from pos_app.domain.ledger.bodies import (
    CashCount,
    CashMoved,
    DayClosed,
    DrawerOpened,
    PointsExpired,
    ShiftClosed,
    ShiftOpened,
    Totals,
    XReport,
)
from pos_app.domain.ledger.journal import Entry, RecordKind, read_body
from pos_app.domain.ledger.lots import expired_lots
from pos_app.domain.ledger.postings import (
    DRAWER,
    MEMBER_AVAILABLE,
    OVER_SHORT,
    POINTS_EXPIRED,
    SAFE,
    Asset,
    Posting,
    entry,
)
from pos_app.domain.ledger.totals import Perpetual, TotalsFold
from pos_app.domain.money import Money
from pos_app.domain.shift import Shift
from pos_app.domain.staff import Operator, Permission
from pos_app.errors import KnownError

#: Lots expired in one record, so that a record stays small.
EXPIRE_BATCH = 500
_COUNTED = (RecordKind.SALE, RecordKind.REFUND, RecordKind.VOID, RecordKind.REPRINT, RecordKind.DRAWER_OPENED)


class ShiftResult(msgspec.Struct, frozen=True):
    """A closed shift: what was counted, what was expected, and the figures."""

    closed: ShiftClosed
    seq: int


class DayResult(msgspec.Struct, frozen=True):
    """A closed day.

    Attributes:
        closed: The Z report.
        seq: Its journal record.
        drawer: What the books still have in the drawer: zero when the day balances.
    """

    closed: DayClosed
    seq: int
    drawer: Money


class ShiftService:
    """Everything about shifts and days."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    def current(self) -> Shift | None:
        """The open shift."""
        with self._context.ledger.read() as reader:
            return reader.current_shift()

    def open(self, operator: Operator, opening_float: Money) -> Shift:
        """Begin a shift with a float in the drawer.

        Raises:
            KnownError: ``shift.already_open``, ``permission.missing``, ``money.negative``.
        """
        granted_by(operator, None, Permission.OPEN_SHIFT)
        if opening_float < Money(0):
            raise KnownError("money.negative")
        with self._context.ledger.write(operator.staff_id) as tx:
            if tx.current_shift() is not None:
                raise KnownError("shift.already_open")
            shift_id = ShiftId(self._context.ids.new())
            number = tx.last_shift_number() + 1
            record = tx.append(
                Entry(
                    RecordKind.SHIFT_OPENED,
                    ShiftOpened(shift_id, number, operator.staff_id, opening_float),
                    self._record_id(),
                    _cash_to_drawer(opening_float.minor),
                )
            )
            shift = Shift(
                shift_id=shift_id,
                number=number,
                cashier=operator.staff_id,
                opening_float=opening_float,
                business_date=self._context.today(),
                opened_ms=self._context.clock.now().wall_ms,
                opened_seq=record.seq,
            )
            tx.save_shift(shift)
        return shift

    def move_cash(self, operator: Operator, approver: Operator | None, amount: Money, reason: str) -> None:
        """Put cash into the drawer, or take it out (negative).

        Raises:
            KnownError: ``permission.missing``, ``money.zero``, ``drawer.too_little``, ``shift.none``.
        """
        approved_by = granted_by(operator, approver, Permission.CASH_MOVEMENT)
        if not amount:
            raise KnownError("money.zero")
        with self._context.ledger.write(operator.staff_id) as tx:
            shift = require_shift(tx)
            if tx.account_sum(DRAWER, Asset.FEN) + amount.minor < 0:
                raise KnownError("drawer.too_little")
            tx.append(
                Entry(
                    RecordKind.CASH_MOVED,
                    CashMoved(shift.shift_id, amount, reason, approved_by),
                    self._record_id(),
                    _cash_to_drawer(amount.minor),
                )
            )
            self._drawer_job(tx)

    def open_drawer(self, operator: Operator, approver: Operator | None, reason: str) -> None:
        """Open the drawer without a sale.

        Raises:
            KnownError: ``permission.missing``.
        """
        approved_by = granted_by(operator, approver, Permission.NO_SALE)
        with self._context.ledger.write(operator.staff_id) as tx:
            self._drawer_opened(tx, reason, approved_by)
            self._drawer_job(tx)

    def note_drawer_opened(self, operator: Operator, approver: Operator | None, reason: str) -> None:
        """Journal that the drawer is opened by somebody who tries its wires; nothing is sent to it.

        Raises:
            KnownError: ``permission.missing``.
        """
        approved_by = granted_by(operator, approver, Permission.NO_SALE)
        with self._context.ledger.write(operator.staff_id) as tx:
            self._drawer_opened(tx, reason, approved_by)

    def _drawer_opened(self, tx: LedgerTx, reason: str, approved_by: StaffId) -> None:
        shift = tx.current_shift()
        body = DrawerOpened(shift.shift_id if shift else None, reason, approved_by)
        tx.append(Entry(RecordKind.DRAWER_OPENED, body, self._record_id()))

    def x_report(self, operator: Operator, approver: Operator | None) -> tuple[XReport, int]:
        """Totals of the open shift so far; looking is journalled, nothing changes. Returns report and record.

        Raises:
            KnownError: ``permission.missing``, ``shift.none``.
        """
        granted_by(operator, approver, Permission.X_REPORT)
        with self._context.ledger.write(operator.staff_id) as tx:
            shift = require_shift(tx)
            number = tx.count_of_kind(RecordKind.X_REPORT) + 1
            report = XReport(number, _totals(tx, shift.opened_seq))
            record = tx.append(Entry(RecordKind.X_REPORT, report, self._record_id()))
        return report, record.seq

    def close(self, operator: Operator, pieces: Sequence[tuple[int, int]]) -> ShiftResult:
        """Close the open shift with a blind count; what is over or short is booked, the cash goes to the safe.

        Args:
            operator: Whose shift it is, or somebody who may close the day.
            pieces: (face value in fen, number of pieces).

        Raises:
            KnownError: ``shift.none``, ``shift.not_yours``, ``count.wrong``, ``shift.held_sales``.
        """
        if any(face <= 0 or not 0 <= number <= 100_000 for face, number in pieces):
            raise KnownError("count.wrong")
        with self._context.ledger.write(operator.staff_id) as tx:
            shift = require_shift(tx)
            if shift.cashier != operator.staff_id and not operator.may(Permission.CLOSE_DAY):
                raise KnownError("shift.not_yours")
            if tx.held():
                raise KnownError("shift.held_sales", count=len(tx.held()))
            expected = tx.account_sum(DRAWER, Asset.FEN)
            counted = sum(face * number for face, number in pieces)
            movements = sum(
                read_body(payload, CashMoved).amount.minor
                for payload in tx.payloads(after_seq=shift.opened_seq, kinds=(RecordKind.CASH_MOVED,))
            )
            body = ShiftClosed(
                shift_id=shift.shift_id,
                number=shift.number,
                cashier=shift.cashier,
                opening_float=shift.opening_float,
                cash_movements=Money(movements),
                count=CashCount(tuple(pieces), Money(counted), Money(expected)),
                totals=_totals(tx, shift.opened_seq),
            )
            postings = (
                *entry(Asset.FEN, DRAWER, counted - expected),
                *entry(Asset.FEN, OVER_SHORT, expected - counted),
                *_cash_to_drawer(-counted),
            )
            record = tx.append(Entry(RecordKind.SHIFT_CLOSED, body, self._record_id(), _merge(postings)))
            tx.save_shift(msgspec.structs.replace(shift, closed_seq=record.seq))
            tx.save_draft(None)
            self._print(tx, JobKind.SHIFT_REPORT, record.seq)
        return ShiftResult(body, record.seq)

    def close_day(self, operator: Operator, approver: Operator | None, *, prints: bool = True) -> DayResult:
        """Make the Z report over everything since the last one; numbered, final.

        Args:
            operator: Who is logged in.
            approver: Who gave a PIN for it, where the operator may not.
            prints: Whether the sheet is printed at once; not where it is to say what head office says first.

        Raises:
            KnownError: ``permission.missing``, ``shift.still_open``.
        """
        granted_by(operator, approver, Permission.CLOSE_DAY)
        self.expire_points(operator)
        expire_holdings(self._context, operator)
        with self._context.ledger.write(operator.staff_id) as tx:
            if tx.current_shift() is not None:
                raise KnownError("shift.still_open")
            last = tx.last_of_kind(RecordKind.DAY_CLOSED)
            before = read_body(last, DayClosed) if last else None
            first_seq = last.seq if last else 0
            period = _totals(tx, first_seq)
            perpetual = (
                Perpetual(before.perpetual_gross, before.perpetual_refunded, before.perpetual_sales)
                if before
                else Perpetual()
            ).plus(period)
            shifts = tuple(
                read_body(payload, ShiftClosed).number
                for payload in tx.payloads(after_seq=first_seq, kinds=(RecordKind.SHIFT_CLOSED,))
            )
            body = DayClosed(
                z_number=before.z_number + 1 if before else 1,
                business_date=self._context.today(),
                shifts=shifts,
                period=period,
                perpetual_gross=perpetual.gross,
                perpetual_refunded=perpetual.refunded,
                perpetual_sales=perpetual.sales,
                over_short=Money(-tx.account_sum(OVER_SHORT, Asset.FEN, after_seq=first_seq)),
                first_seq=first_seq + 1,
                head_before=tx.head().hash,
            )
            record = tx.append(Entry(RecordKind.DAY_CLOSED, body, self._record_id()))
            drawer = Money(tx.account_sum(DRAWER, Asset.FEN))
            if prints:
                self._print(tx, JobKind.Z_REPORT, record.seq)
        return DayResult(body, record.seq, drawer)

    def expire_points(self, operator: Operator) -> int:
        """Book points whose last day has passed, where no head office does it; returns how many lots were."""
        if not self._context.books_expiry:
            return 0
        today = self._context.today()
        booked = 0
        while True:
            with self._context.ledger.write(operator.staff_id) as tx:
                due = tx.expired_lots(today, EXPIRE_BATCH)
                if not due:
                    return booked
                postings: list[Posting] = []
                for each in due:
                    postings += entry(
                        Asset.POINTS,
                        MEMBER_AVAILABLE,
                        -each.lot.available,
                        member_id=each.member_id,
                        lot_id=each.lot.lot_id,
                    )
                postings += entry(Asset.POINTS, POINTS_EXPIRED, sum(each.lot.available for each in due))
                lots = expired_lots([each.lot for each in due], today)
                tx.append(Entry(RecordKind.POINTS_EXPIRED, PointsExpired(lots), self._record_id(), tuple(postings)))
                booked += len(due)

    def _drawer_job(self, tx: LedgerTx) -> None:
        if not self._context.training:
            self._print(tx, JobKind.OPEN_DRAWER, tx.head().seq, opens_drawer=True)

    def _print(self, tx: LedgerTx, kind: JobKind, seq: int, *, opens_drawer: bool = False) -> None:
        tx.enqueue(
            PrintJob(
                job_id=JobId(self._context.ids.new()),
                kind=kind,
                seq=seq,
                opens_drawer=opens_drawer,
                created_ms=self._context.clock.now().wall_ms,
                training=self._context.training,
            )
        )

    def _record_id(self) -> RecordId:
        return RecordId(self._context.ids.new())


def require_shift(reader: LedgerReader) -> Shift:
    """The open shift.

    Raises:
        KnownError: ``shift.none``.
    """
    shift = reader.current_shift()
    if shift is None:
        raise KnownError("shift.none")
    return shift


def _totals(reader: LedgerReader, after_seq: int) -> Totals:
    return TotalsFold().add_all(reader.payloads(after_seq=after_seq, kinds=_COUNTED)).result()


def _cash_to_drawer(amount: int) -> tuple[Posting, ...]:
    return (*entry(Asset.FEN, DRAWER, amount), *entry(Asset.FEN, SAFE, -amount))


def _merge(postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """One posting per account: what the count corrects and what is lifted meet in the drawer."""
    sums: dict[str, int] = {}
    for posting in postings:
        sums[posting.account] = sums.get(posting.account, 0) + posting.amount
    return tuple(posting for account, amount in sums.items() for posting in entry(Asset.FEN, account, amount))
