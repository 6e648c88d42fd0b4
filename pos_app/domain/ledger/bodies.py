"""Bodies of journal records. Amounts are fen, quantities thousandths, points whole; see ``codec``.

No body holds personal data: members are named by their random id. Sales and refunds are nearly all of a journal: what
is the default is left out of their bytes.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec

from pos_app.domain.ids import LotId, MemberId, ProductId, RecordId, SaleId, ShiftId, StaffId, TierId
from pos_app.domain.ledger.bodies_shop import Counted, Drawn, GiftTaken, ServiceTaken
from pos_app.domain.ledger.counts import CountedFor, GivenByRule
from pos_app.domain.ledger.moves import Move
from pos_app.domain.member import Standing
from pos_app.domain.money import Money
from pos_app.domain.offering import Offering
from pos_app.domain.points import Points
from pos_app.domain.pricing.quote import EarnedPoints, Reduction, TaxAmount
from pos_app.domain.quantity import Quantity
from pos_app.domain.staff import Permission
from pos_app.domain.stored_value import BalanceAfter
from pos_app.domain.tender import Tender


class Commissioned(msgspec.Struct, frozen=True):
    """The first record: which till this is, its public key, and the currency of every amount that follows."""

    till: str
    till_number: int
    store: str
    currency: str
    public_key: bytes
    journal_format: int = 1


class Session(msgspec.Struct, frozen=True):
    """Somebody logged in or out, or tried to."""

    staff_id: StaffId
    locked: bool = False


class Approval(msgspec.Struct, frozen=True):
    """An approver gave (or failed to give) a PIN for something the operator may not do alone."""

    staff_id: StaffId
    permission: Permission


class ShiftOpened(msgspec.Struct, frozen=True):
    """A cashier's session began with this much cash in the drawer."""

    shift_id: ShiftId
    number: int
    cashier: StaffId
    opening_float: Money


class CashMoved(msgspec.Struct, frozen=True):
    """Cash put into or taken out of the drawer other than by a sale; out is negative."""

    shift_id: ShiftId
    amount: Money
    reason: str
    approved_by: StaffId


class DrawerOpened(msgspec.Struct, frozen=True):
    """The drawer was opened without a sale."""

    shift_id: ShiftId | None
    reason: str
    approved_by: StaffId


class SaleLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line as sold: everything a refund or a reprint needs, whatever becomes of the catalogue.

    ``unit_code`` is the code of the one item it is, in its normal form; empty for goods sold without one.
    ``by_points`` is what points paid of this very line, where they may pay for some goods alone; where they may pay for
    any, no line has it, and they paid for all in proportion.
    """

    line_no: int
    product_id: ProductId
    name: str
    unit: str
    category_id: str
    quantity: Quantity
    unit_price: Money
    regular_amount: Money
    amount: Money
    tax_rate_bp: int
    reductions: tuple[Reduction, ...] = ()
    points: Points = Points(0)
    approved_by: StaffId | None = None
    is_weighed: bool = False
    offering: Offering | None = None
    unit_code: str = ""
    points_price: Points = Points(0)
    by_points: Money = Money(0)

    @property
    def is_prepaid(self) -> bool:
        """Whether its money is an advance: no sale yet, and no tax."""
        return self.offering is not None and self.offering.is_prepaid


class LotAmount(msgspec.Struct, frozen=True, omit_defaults=True):
    """Points of one lot, with its days, so that a refund knows them when the lot itself is long empty and forgotten."""

    lot_id: LotId
    points: Points
    expires_on: dt.date | None = None
    earned_on: dt.date | None = None


class NewLot(msgspec.Struct, frozen=True, omit_defaults=True):
    """A lot that came into being."""

    lot_id: LotId
    points: Points
    earned_on: dt.date
    expires_on: dt.date | None = None


class SaleMember(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a sale did for its member.

    Attributes:
        points_before: Balance before.
        earned: By rule.
        new_lot: Where the earned points went; None when all of them repaid what was owed or none were earned.
        repaid: Points that repaid what was owed.
        burned: By lot, earliest expiry first.
        points_after: Balance after, with points that rules of giving gave.
        expiring: Points that expire soon, after this sale, and until when "soon" is.
        tier_before: Tier before.
        tier_after: Tier after, reached at once.
        next_tier: The next tier that can be reached by buying, or empty at the top.
        next_spend: What is still to be spent for it, where spending leads there.
        next_visits: Visits still to be made for it, where visits lead there.
        next_points: Points still to be earned for it, where points lead there.
        next_all: Whether all of these are needed; else any one of them suffices.
        tier_until: Last day of the tier; None where it has no end.
        keep_spend: What is still to be spent to keep it longer, where spending keeps it; the others alike.
        keep_visits: Visits still to be made for that.
        keep_points: Points still to be earned for that.
        keep_all: Whether all of these are needed.
        standing: What is assigned to the member with this sale; None where that stays.
        standing_was: What was assigned before it, where it assigns something.
    """

    member_id: MemberId
    points_before: Points
    points_after: Points
    expiring_by: dt.date
    tier_before: TierId
    tier_after: TierId
    earned: tuple[EarnedPoints, ...] = ()
    new_lot: NewLot | None = None
    repaid: Points = Points(0)
    burned: tuple[LotAmount, ...] = ()
    expiring: Points = Points(0)
    next_tier: TierId = TierId("")
    next_spend: Money | None = None
    next_visits: int | None = None
    next_points: Points | None = None
    next_all: bool = False
    tier_until: dt.date | None = None
    keep_spend: Money | None = None
    keep_visits: int | None = None
    keep_points: Points | None = None
    keep_all: bool = False
    standing: Standing | None = None
    standing_was: Standing | None = None


class Sale(msgspec.Struct, frozen=True, omit_defaults=True):
    """A completed sale.

    ``payable`` is the sum of the lines; of it, ``prepaid`` is money in advance (recharges, gift cards), which is no
    turnover yet and in no tax. ``moves`` is what it did to holdings: what was used, bought ahead and given;
    ``balances`` are the stored values that it left. ``counted`` is what counts against its member's limits, ``gifts``
    what left the stock of gifts, ``draws`` what turns of draws gave, ``services`` what was used of services. ``given``
    is what rules gave, and ``counted_for`` what limits of anybody count of it, and the visit. ``authorisations`` are
    those that head office gave for what it spends: they are settled with it.
    """

    sale_id: SaleId
    receipt_no: str
    shift_id: ShiftId
    lines: tuple[SaleLine, ...]
    tenders: tuple[Tender, ...]
    regular_total: Money
    payable: Money
    programme_version: int
    saved: Money = Money(0)
    change: Money = Money(0)
    taxes: tuple[TaxAmount, ...] = ()
    member: SaleMember | None = None
    bill_discount_by: StaffId | None = None
    prepaid: Money = Money(0)
    moves: tuple[Move, ...] = ()
    balances: tuple[BalanceAfter, ...] = ()
    counted: tuple[Counted, ...] = ()
    gifts: tuple[GiftTaken, ...] = ()
    draws: tuple[Drawn, ...] = ()
    services: tuple[ServiceTaken, ...] = ()
    given: tuple[GivenByRule, ...] = ()
    counted_for: tuple[CountedFor, ...] = ()
    authorisations: tuple[UUID, ...] = ()


class RefundLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """What of a sold line comes back: quantity, money, the points it had earned, and the code of the item.

    Of money in advance not all may come back: ``spent`` of it was spent, and ``bonus_spent`` pays for the bonus of it
    that was. Of a count card ``used`` pays for the uses that were taken.
    """

    line_no: int
    product_id: ProductId
    name: str
    quantity: Quantity
    amount: Money
    tax_rate_bp: int
    points: Points = Points(0)
    unit_code: str = ""
    spent: Money = Money(0)
    bonus_spent: Money = Money(0)
    used: Money = Money(0)

    @property
    def sold_for(self) -> Money:
        """What the part that comes back was sold for."""
        return self.amount + self.spent + self.bonus_spent + self.used


class RefundMember(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a refund did to its member.

    Attributes:
        taken_back: Earned points taken from the sale's own lot.
        owed: Earned points that were already spent and are now owed.
        given_back: Redeemed points put back into their lots.
        grace_lots: Lots made for points whose lot had expired meanwhile.
        unearned: Earned points that came back with the goods, by the rule that had given them; what of them had
            expired unspent is in here, but neither taken back nor owed.
        standing: What is assigned to the member with this refund; None where that stays.
        standing_was: What was assigned before it, where it assigns something.
    """

    member_id: MemberId
    points_after: Points
    tier_before: TierId
    tier_after: TierId
    taken_back: Points = Points(0)
    owed: Points = Points(0)
    given_back: tuple[LotAmount, ...] = ()
    grace_lots: tuple[NewLot, ...] = ()
    unearned: tuple[EarnedPoints, ...] = ()
    standing: Standing | None = None
    standing_was: Standing | None = None


class Refund(msgspec.Struct, frozen=True, omit_defaults=True):
    """Goods came back, or a sale was voided (then all of it did).

    ``sold_on`` is the business date of the sale: what the sale counted for is taken off that day.
    ``moves`` undo moves of the sale, each naming its place there; ``forgiven`` is, by such a place, what should have
    been taken back but had expired unused, or was used and stays paid; ``balances`` are the stored values that it
    left. ``counted`` no longer counts on ``sold_on``, ``gifts`` are back in stock. ``counted_for``, in negative
    amounts, no longer counts on ``sold_on`` either.
    """

    refund_id: SaleId
    receipt_no: str
    shift_id: ShiftId
    sale_id: SaleId
    sale_receipt_no: str
    lines: tuple[RefundLine, ...]
    tenders: tuple[Tender, ...]
    amount: Money
    approved_by: StaffId
    reason: str
    taxes: tuple[TaxAmount, ...] = ()
    member: RefundMember | None = None
    is_void: bool = False
    sold_on: dt.date | None = None
    prepaid: Money = Money(0)
    moves: tuple[Move, ...] = ()
    forgiven: tuple[tuple[int, int], ...] = ()
    balances: tuple[BalanceAfter, ...] = ()
    counted: tuple[Counted, ...] = ()
    gifts: tuple[GiftTaken, ...] = ()
    counted_for: tuple[CountedFor, ...] = ()


class ValueMoved(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was left on a gift card was moved into a member's stored value, as head office allowed it."""

    moves: tuple[Move, ...]
    balances: tuple[BalanceAfter, ...]
    authorisations: tuple[UUID, ...] = ()


class CouponIssued(msgspec.Struct, frozen=True):
    """A person gave a coupon by hand, as goodwill; why, in the shop's words."""

    moves: tuple[Move, ...]
    approved_by: StaffId
    reason: str


class Reprinted(msgspec.Struct, frozen=True):
    """A further copy of a receipt was printed."""

    receipt_no: str
    copy: int


class TenderTotal(msgspec.Struct, frozen=True):
    """What one way of paying took in, less what it gave back."""

    kind: str
    count: int
    amount: Money


class Totals(msgspec.Struct, frozen=True):
    """The figures of a period, as X and Z reports show them.

    ``gross - refunded - voided = net = sum of tenders``; ``sales`` counts sales, voided ones too. Of ``net``,
    ``prepaid`` is money in advance, less ``prepaid_back``, what of it was given back: no turnover yet.
    """

    sales: int
    refunds: int
    voids: int
    gross: Money
    saved: Money
    refunded: Money
    voided: Money
    net: Money
    taxes: tuple[TaxAmount, ...]
    tenders: tuple[TenderTotal, ...]
    member_sales: int
    points_earned: Points
    points_burned: Points
    reprints: int
    drawer_opened: int
    overrides: int
    prepaid: Money = Money(0)
    prepaid_back: Money = Money(0)


class CashCount(msgspec.Struct, frozen=True):
    """A blind count: pieces by face value in fen, and their sum beside what the books expected."""

    pieces: tuple[tuple[int, int], ...]
    counted: Money
    expected: Money

    @property
    def difference(self) -> Money:
        """Over when positive, short when negative."""
        return self.counted - self.expected


class ShiftClosed(msgspec.Struct, frozen=True):
    """A shift ended with its count."""

    shift_id: ShiftId
    number: int
    cashier: StaffId
    opening_float: Money
    cash_movements: Money
    count: CashCount
    totals: Totals


class DayClosed(msgspec.Struct, frozen=True):
    """A Z report: numbered, final."""

    z_number: int
    business_date: dt.date
    shifts: tuple[int, ...]
    period: Totals
    perpetual_gross: Money
    perpetual_refunded: Money
    perpetual_sales: int
    over_short: Money
    first_seq: int
    head_before: bytes


class XReport(msgspec.Struct, frozen=True):
    """Somebody looked at the totals so far."""

    number: int
    totals: Totals


class MemberCaptured(msgspec.Struct, frozen=True):
    """A member signed up here; the personal data is kept apart, named by its salted hash."""

    commitment: bytes
    source: str


class MemberChanged(msgspec.Struct, frozen=True):
    """Personal data, cards or status changed."""

    commitment: bytes
    fields: tuple[str, ...]


class OpeningLots(msgspec.Struct, frozen=True):
    """Balances brought in from a file."""

    import_id: RecordId
    members: int
    lots: tuple[NewLot, ...]


class PointsExpired(msgspec.Struct, frozen=True):
    """Points reached their last day."""

    lots: tuple[LotAmount, ...]


class TrainingSwitched(msgspec.Struct, frozen=True):
    """Training mode went on or off."""

    on: bool


class MasterImported(msgspec.Struct, frozen=True):
    """Products, programme or staff were taken over from a file."""

    what: str
    count: int
    sha256: bytes
