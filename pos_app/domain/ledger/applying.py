"""What head office does with one record: into its books, or set aside. Pure, and small: a head office does it often.

A record says what a till has done: money was taken, goods are gone. So it is refused only where the books cannot be
right with it; what a till did that it should not have done is in the books and is a notice to the manager.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol
from uuid import UUID

import msgspec

from pos_app.domain.ids import LotId, MemberId, RecordId, SaleId
from pos_app.domain.ledger.account_draft import AccountDraft
from pos_app.domain.ledger.bodies import MemberCaptured, MemberChanged, OpeningLots, PointsExpired, Refund, Sale
from pos_app.domain.ledger.bodies_shop import ServiceUsed
from pos_app.domain.ledger.bodies_sync import SpendReleased
from pos_app.domain.ledger.journal import Payload
from pos_app.domain.ledger.lots import LotOrigin, lot_origins
from pos_app.domain.ledger.moves import moves_of
from pos_app.domain.ledger.outcomes import (
    ALREADY_THERE,
    Applied,
    Held,
    Incoming,
    Merged,
    Notice,
    Outcome,
    Quarantined,
    UnitSold,
)
from pos_app.domain.ledger.people import after_record, merge_people, winner_of, with_changes
from pos_app.domain.ledger.postings import MEMBER_AVAILABLE, MEMBER_PENDING, MEMBER_RECEIVABLE, Asset, Posting
from pos_app.domain.ledger.reward_bodies import HoldingsExpired
from pos_app.domain.ledger.sales import sale_postings
from pos_app.domain.ledger.sold import SoldSale
from pos_app.domain.ledger.usage import usages_of
from pos_app.domain.member import GIVEN, Member, Usage
from pos_app.domain.programme.prepaid import ANONYMOUS_LIMIT, NAMED_LIMIT
from pos_app.domain.unit_codes import code_hash

_NO_ORIGINS: Final[Mapping[LotId, LotOrigin]] = {}


class HeadOfficeBooks(Protocol):
    """What head office knows, as far as a record can ask for it. Members are named by any id they ever had."""

    def known(self, record_id: RecordId) -> bytes | None:
        """The hash of a record that is in the books; None where none is."""

    def set_aside(self, wanted: UUID) -> bool:
        """Whether a record that is set aside has this id, is of this sale, or makes this lot."""

    def draft(self, account_id: MemberId) -> AccountDraft:
        """The account that a member or a gift card has now; to be folded into."""

    def replace(self, merged: Merged) -> None:
        """Give the winner all of the loser's account, and the loser's id to the winner."""

    def sale(self, sale_id: SaleId) -> SoldSale | None:
        """A sale that is in the books."""

    def unit(self, hashed: bytes) -> SaleId | None:
        """The sale that an item is out by; None where it is not out."""

    def person(self, member_id: MemberId) -> Member | None:
        """Who a member is now; None where nobody said, or it was erased."""

    def is_erased(self, member_id: MemberId) -> bool:
        """Whether a person's data was erased: nothing brings them back."""

    def person_with_phone(self, phone: str) -> Member | None:
        """Who has a phone number."""


def apply(record: Incoming, books: HeadOfficeBooks) -> Outcome:
    """Fold a record into the books, or say why not; then the books are as they were.

    What it says of sales, units, persons and its own id is for the caller to keep: see ``OfficeBooks``.
    """
    payload = record.payload
    there = books.known(payload.id)
    if there is not None:
        return ALREADY_THERE if there == record.hash else Quarantined("record.conflict")
    body = record.body
    if body is None:
        return record.refused or Quarantined("record.unreadable")
    if record.people and not _is_about(record, body, books):
        return Quarantined("record.unreadable")
    sold: SoldSale | None = None
    if isinstance(body, Refund):
        sold = books.sale(body.sale_id)
        if sold is None:
            return Held((body.sale_id,))
        code = sold.refusal(body)
        if code:
            return Quarantined(code, {"receipt_no": body.receipt_no, "sale_receipt_no": body.sale_receipt_no})
    elif isinstance(body, ServiceUsed) and body.undoes is not None and books.known(body.undoes) is None:
        return Held((body.undoes,))
    origins: Mapping[LotId, LotOrigin] = _NO_ORIGINS
    for posting in payload.postings:
        if posting.member_id is not None:
            origins = {each.lot_id: each for each in reversed(lot_origins(body))}
            problem = _lots_missing(payload.postings, origins, books)
            if problem is not None:
                return problem
            break
    if isinstance(body, Sale) and not _follow(payload.postings, body):
        return Quarantined("record.postings")
    return _fold(record, body, origins, sold, books)


def _is_about(record: Incoming, body: msgspec.Struct, books: HeadOfficeBooks) -> bool:
    """Whether the persons beside a record are those it is about: no record changes anybody else."""
    about = record.payload.member
    if isinstance(body, OpeningLots):
        return True  # it is about all of them
    if about is None or not isinstance(body, MemberCaptured | MemberChanged):
        return False
    who = books.draft(about).account_id
    return all(books.draft(each.member_id).account_id == who for each in record.people)


def _follow(postings: Sequence[Posting], sale: Sale) -> bool:
    """Whether a sale's postings come to what its receipt says; another version may have written them otherwise."""
    is_pending = any(each.account == MEMBER_PENDING for each in postings)
    follows = sale_postings(sale, points_pending=is_pending)
    return follows == postings or _net(follows) == _net(postings)


def _net(postings: Sequence[Posting]) -> dict[tuple[object, ...], int]:
    """What postings come to."""
    sums: dict[tuple[object, ...], int] = {}
    for each in postings:
        key = (each.asset, each.account, each.member_id, each.lot_id)
        sums[key] = sums.get(key, 0) + each.amount
    return {key: amount for key, amount in sums.items() if amount}


def _lots_missing(
    postings: Sequence[Posting], origins: Mapping[LotId, LotOrigin], books: HeadOfficeBooks
) -> Outcome | None:
    """Lots that something goes into must be known; those that are only taken from may be empty and forgotten."""
    for posting in postings:
        lot_id = posting.lot_id
        if posting.member_id is None:
            continue
        if lot_id is None:
            if posting.account != MEMBER_RECEIVABLE or posting.asset is not Asset.POINTS:
                return Quarantined("lot.unknown")
            continue
        if lot_id in origins or books.draft(posting.member_id).knows(lot_id):
            continue
        if books.set_aside(lot_id):
            return Held((lot_id,))
        if posting.amount > 0 and posting.account != MEMBER_RECEIVABLE:
            return Quarantined("lot.unknown")
    return None


def _fold(
    record: Incoming,
    body: msgspec.Struct,
    origins: Mapping[LotId, LotOrigin],
    sold: SoldSale | None,
    books: HeadOfficeBooks,
) -> Applied:
    payload = record.payload
    people, merged, notices = _people(record, body, books)
    drafts: dict[MemberId, AccountDraft] = {}
    is_expiry = isinstance(body, PointsExpired | HoldingsExpired)
    for posting in payload.postings:
        if posting.member_id is not None:
            draft = drafts.get(posting.member_id)
            if draft is None:
                draft = drafts[posting.member_id] = books.draft(posting.member_id)
            if is_expiry and posting.lot_id is not None:
                draft.expire(posting.asset, -posting.amount, posting.lot_id)
            # What waited for head office has reached it: it counts.
            account = MEMBER_AVAILABLE if posting.account == MEMBER_PENDING else posting.account
            draft.post(posting.asset, account, posting.amount, posting.lot_id, origins)
    adjusting: list[Posting] = []
    # What a refund takes back of a lot that is over by now expired with it, and is no debt either.
    dated = None if isinstance(body, Refund) else payload.business_date
    for draft in drafts.values():
        adjusting += draft.settle(is_expiry=is_expiry, dated=dated)
        for asset, amount in draft.short.items():
            notices.append(Notice("spend.overdrawn", {"asset": asset.value, "amount": str(amount)}, draft.account_id))
    given: list[Usage] = []
    for each in usages_of(body, payload.business_date):
        if each.usage.what.startswith(GIVEN):
            given.append(each.usage)
        draft = drafts.get(each.member_id)
        if draft is None:
            draft = drafts[each.member_id] = books.draft(each.member_id)
        draft.use(each.usage.what, each.usage.on, each.usage.amount)
    notices += _over_limit(body, drafts)
    accounts = tuple({draft.account_id: None for draft in drafts.values()})
    match body:
        case Sale():
            member = body.member
            if member is not None:
                draft = drafts.get(member.member_id) or books.draft(member.member_id)
                draft.bought(payload.business_date, body.payable - body.prepaid)
                accounts = accounts if draft.account_id in accounts else (*accounts, draft.account_id)
            units, again = _units_sold(body, books)
            return Applied(
                accounts,
                tuple(adjusting),
                sold=SoldSale(body, payload.business_date),
                units_sold=units,
                people=(*people, *_raised(body, books)),
                settled=body.authorisations,
                given=tuple(given),
                notices=(*notices, *again),
            )
        case Refund() if sold is not None:
            is_all = sold.take_back(body)
            if sold.sale.member is not None:
                draft = drafts.get(sold.sale.member.member_id) or books.draft(sold.sale.member.member_id)
                draft.came_back(sold.sold_on, body.amount - body.prepaid, is_all=is_all)
                accounts = accounts if draft.account_id in accounts else (*accounts, draft.account_id)
            return Applied(
                accounts,
                tuple(adjusting),
                refunded=body.sale_id,
                units_back=_units_back(body, books),
                given=tuple(given),
                people=(*people, *_raised(body, books)),
                notices=tuple(notices),
            )
        case SpendReleased():
            return Applied(released=body.authorisations)
        case _:
            accounts = tuple(dict.fromkeys((*accounts, *(each.winner for each in merged))))
            return Applied(
                accounts,
                tuple(adjusting),
                people=tuple(people),
                merged=tuple(merged),
                settled=getattr(body, "authorisations", ()),
                given=tuple(given),
                notices=tuple(notices),
            )


def _raised(body: Sale | Refund, books: HeadOfficeBooks) -> tuple[Member, ...]:
    """The member with the standing that a sale or a refund assigns."""
    part = body.member
    if part is None or part.standing is None:
        return ()
    person = books.person(part.member_id)
    if person is None:
        return ()
    after = after_record(person, part)
    return (after,) if after != person else ()


def _units_sold(sale: Sale, books: HeadOfficeBooks) -> tuple[tuple[UnitSold, ...], tuple[Notice, ...]]:
    units: list[UnitSold] = []
    notices: list[Notice] = []
    for line in sale.lines:
        if line.unit_code:
            hashed = code_hash(line.unit_code)
            if books.unit(hashed) is None:
                units.append(UnitSold(hashed, sale.sale_id, line.line_no))
            else:
                notices.append(Notice("unit.sold_twice", {"receipt_no": sale.receipt_no, "line": str(line.line_no)}))
    return tuple(units), tuple(notices)


def _units_back(refund: Refund, books: HeadOfficeBooks) -> tuple[bytes, ...]:
    """Items that are no longer out; one that another sale sold, too, stays out by that one."""
    hashes = (code_hash(line.unit_code) for line in refund.lines if line.unit_code)
    return tuple(hashed for hashed in hashes if books.unit(hashed) == refund.sale_id)


def _over_limit(body: msgspec.Struct, drafts: Mapping[MemberId, AccountDraft]) -> list[Notice]:
    """Stored value above what the law allows: two tills may each have taken what was possible still."""
    notices = []
    for move in moves_of(body):
        if move.asset is Asset.PRINCIPAL and move.amount > 0 and not move.is_owed:
            draft = drafts[move.account_id]
            limit = ANONYMOUS_LIMIT if move.code else NAMED_LIMIT
            if draft.stored() > limit.minor:
                notices.append(Notice("prepaid.over_limit", {"limit": str(limit.minor)}, draft.account_id))
    return notices


def _people(
    record: Incoming, body: msgspec.Struct, books: HeadOfficeBooks
) -> tuple[list[Member], list[Merged], list[Notice]]:
    """Persons as they are once the record has said what it says of them."""
    people: list[Member] = []
    merged: list[Merged] = []
    notices: list[Notice] = []
    for sent in record.people:
        if books.is_erased(sent.member_id):
            continue
        known = books.person(sent.member_id)
        if known is not None and isinstance(body, MemberChanged):
            known = with_changes(known, sent, body.fields)
        elif known is None:
            known = sent
        other = books.person_with_phone(known.phone) if known.phone else None
        if other is not None and other.member_id != known.member_id:
            if isinstance(body, MemberCaptured | OpeningLots):
                winner, loser = winner_of(other, known)
                merged.append(Merged(loser.member_id, winner.member_id))
                books.replace(merged[-1])
                known = merge_people(winner, loser)
            else:
                notices.append(Notice("member.same_phone", {}, known.member_id))
        people.append(known)
    return people, merged, notices


def ids_made(payload: Payload) -> tuple[UUID, ...]:
    """What later records may build on: the record's id (a sale's is the sale's), and the lots that its postings name.

    For records that are set aside, whether or not their bodies can be read.
    """
    return tuple(
        dict.fromkeys(
            (payload.id, *(each.lot_id for each in payload.postings if each.lot_id is not None and each.amount > 0))
        )
    )
