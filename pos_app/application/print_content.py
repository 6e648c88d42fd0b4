"""What a print job shows, gathered from the journal when it is printed. Templates turn it into paper."""

from __future__ import annotations

import datetime as dt

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.coupons import printed_code
from pos_app.application.end_of_day import KeptDay, kept_day
from pos_app.application.ports import JobKind, LedgerReader, PrintJob
from pos_app.application.slips import only_lines
from pos_app.domain.ids import MemberId, StaffId, TierId
from pos_app.domain.ledger.bodies import CouponIssued, DayClosed, Refund, Sale, ShiftClosed, XReport
from pos_app.domain.ledger.journal import SHORT_HEAD, RecordKind, read_body, read_payload
from pos_app.domain.ledger.moves import moves_of
from pos_app.domain.ledger.postings import MEMBER_PENDING, Asset
from pos_app.domain.ledger.reward_bodies import Rewarded
from pos_app.domain.member import Member
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.document import Draw
from pos_app.domain.staff import Operator
from pos_app.domain.text import LocalText, mask_name, mask_phone
from pos_app.errors import KnownError


class Explanation(msgspec.Struct, frozen=True):
    """A bill that is not paid yet, and why it is what it is; with the published chances of the shop's draws."""

    basket: Basket
    quote: Quote
    draws: tuple[Draw, ...] = ()


Body = Sale | Refund | XReport | ShiftClosed | DayClosed | CouponIssued | Rewarded | Explanation


class PrintHeader(msgspec.Struct, frozen=True):
    """What every paper says of itself."""

    printed_at: dt.datetime
    happened_at: dt.datetime
    business_date: dt.date
    till_number: int
    operator_id: StaffId
    operator_name: str
    head: str
    copy: int
    training: bool


def unbooked_header(context: TillContext, operator: Operator, *, training: bool = False) -> PrintHeader:
    """The header of a paper that is in no books."""
    now = context.local_now()
    return PrintHeader(
        printed_at=now,
        happened_at=now,
        business_date=context.today(),
        till_number=context.till_number,
        operator_id=operator.staff_id,
        operator_name=operator.name,
        head="",
        copy=0,
        training=training,
    )


class PrintMember(msgspec.Struct, frozen=True):
    """The member as paper may show them: masked."""

    name: str
    phone: str
    tier: LocalText
    next_tier: LocalText | None = None


class PrintCoupon(msgspec.Struct, frozen=True):
    """A coupon that a record gave, as paper shows it.

    Attributes:
        name: In the shop's words.
        terms: What the shop prints beside it; empty where the programme has it no more.
        code: To be typed.
        signed: To be scanned.
        first_day: From when it can be used.
        last_day: Until when; None without end.
        uses: How often.
    """

    name: LocalText
    terms: LocalText
    code: str
    signed: str
    first_day: dt.date
    last_day: dt.date | None
    uses: int


class PrintContent(msgspec.Struct, frozen=True):
    """A paper's content: the header, and one of the bodies (None with a job that only opens the drawer).

    A Z report brings along what is remembered of comparing its day with head office; None where there is none.
    A slip has the name of the printer it is for. ``points_wait`` says that head office has to book the points of a sale
    before they can be spent. ``key_mark`` is the shop's mark in the codes of a sheet of keys.
    """

    kind: JobKind
    header: PrintHeader
    body: Body | None
    member: PrintMember | None = None
    opens_drawer: bool = False
    coupons: tuple[PrintCoupon, ...] = ()
    day: KeptDay | None = None
    target: str = ""
    points_wait: bool = False
    key_mark: str = ""


_BODIES: dict[JobKind, type[Sale | Refund | XReport | ShiftClosed | DayClosed]] = {
    JobKind.SALE: Sale,
    JobKind.SLIP: Sale,
    JobKind.REFUND: Refund,
    JobKind.X_REPORT: XReport,
    JobKind.SHIFT_REPORT: ShiftClosed,
    JobKind.Z_REPORT: DayClosed,
}


class PrintContentService:
    """Gathers what a paper shows."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    def content(self, job: PrintJob) -> PrintContent:
        """The content of a job.

        Raises:
            KnownError: ``print.record_missing``.
        """
        with self._context.ledger.read() as reader:
            record = reader.record(job.seq)
            if record is None:
                raise KnownError("print.record_missing", seq=job.seq)
            payload = read_payload(record)
            expected: type[Sale | Refund | XReport | ShiftClosed | DayClosed | CouponIssued | Rewarded] | None
            expected = _BODIES.get(job.kind)
            if job.kind is JobKind.COUPON:
                expected = CouponIssued if payload.kind == RecordKind.COUPON_ISSUED else Rewarded
            body: Body | None = read_body(payload, expected) if expected is not None else None
            if job.kind is JobKind.SLIP and isinstance(body, Sale):
                body = only_lines(body, job.lines)
            member = self._member(reader, body)
            day = kept_day(reader, job.seq) if job.kind is JobKind.Z_REPORT else None
        staff = next((s for s in self._context.replica.staff() if s.staff_id == payload.operator), None)
        zone = self._context.zone
        header = PrintHeader(
            printed_at=self._context.local_now(),
            happened_at=dt.datetime.fromtimestamp(payload.wall_ms / 1000, tz=zone),
            business_date=payload.business_date,
            till_number=self._context.till_number,
            operator_id=payload.operator,
            operator_name=staff.name if staff else "",
            head=record.hash.hex()[:SHORT_HEAD],
            copy=job.copy,
            training=job.training,
        )
        wait = any(each.account == MEMBER_PENDING and each.amount > 0 for each in payload.postings)
        coupons = self._coupons(body)
        return PrintContent(job.kind, header, body, member, job.opens_drawer, coupons, day, job.target, wait)

    def _coupons(self, body: object) -> tuple[PrintCoupon, ...]:
        programme = self._context.programme()
        found: list[PrintCoupon] = []
        for move in moves_of(body):
            if move.asset is not Asset.COUPON or not move.makes_lot or not move.code:
                continue
            coupon = programme.coupon(move.source_id)
            terms = coupon.terms if coupon is not None else LocalText("")
            signed = printed_code(self._context, move)
            days = (move.made_on, move.expires_on)
            found.append(PrintCoupon(move.name, terms, move.code, signed, *days, move.amount))
        return tuple(found)

    def _member(self, reader: LedgerReader, body: object) -> PrintMember | None:
        if isinstance(body, Sale) and body.member is not None:
            return self._print_member(reader, body.member.member_id, body.member.tier_after, body.member.next_tier)
        if isinstance(body, Refund) and body.member is not None:
            return self._print_member(reader, body.member.member_id, body.member.tier_after, TierId(""))
        return None

    def _print_member(self, reader: LedgerReader, member_id: MemberId, tier_id: TierId, next_id: TierId) -> PrintMember:
        programme = self._context.programme()
        try:
            member: Member | None = self._context.member(reader, member_id)
        except KnownError:
            member = None  # personal data was erased; the paper is printed without it
        return PrintMember(
            name=mask_name(member.name) if member else "",
            phone=mask_phone(member.phone) if member else "",
            tier=programme.tier(tier_id).name,
            next_tier=programme.tier(next_id).name if next_id else None,
        )
