"""A refund undoes what its sale moved: in parts, in any order, whatever became of the holdings meanwhile."""

from __future__ import annotations

import datetime as dt
import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build

from pos_app.domain.ids import LotId, SaleId, ShiftId, StaffId, TierId, derived_id
from pos_app.domain.ledger.accounts import fold_account
from pos_app.domain.ledger.bodies import Refund, RefundLine, Sale, SaleLine
from pos_app.domain.ledger.lots import NO_BASE, OwnActivity, lot_origins, own_holdings, own_sums
from pos_app.domain.ledger.moves import Move, Purpose, Undo, move_postings
from pos_app.domain.ledger.postings import ADVANCES, Asset, Posting, check_balanced
from pos_app.domain.ledger.undoing import came_back, undo_moves
from pos_app.domain.member import MemberAccount
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.quantity import Quantity
from pos_app.domain.tender import Tender, TenderKind
from pos_app.errors import BugError

ANNA = build.member_id(1)
TODAY = build.TODAY
SALE = SaleId(build.some_uuid(500))
#: Filled before the sale, so that something can be used in it.
BEFORE = {asset: LotId(build.some_uuid(700 + n)) for n, asset in enumerate(Asset) if asset is not Asset.FEN}
PLENTY = 10_000


class Books:
    """Records of one member, folded as the till folds them."""

    def __init__(self) -> None:
        self.postings: list[Posting] = []
        self.bodies: list[object] = []
        gifts = tuple(
            Move(asset, ANNA, lot, PLENTY, Purpose.ISSUED, source_id="x", made_on=TODAY, makes_lot=True)
            for asset, lot in BEFORE.items()
        )
        self.add(Moves(gifts), gifts)

    def add(self, body: object, moves: tuple[Move, ...]) -> None:
        postings = move_postings(moves)
        advances = sum(each.amount for each in postings if each.account == ADVANCES)
        principal = sum(
            each.amount for each in postings if each.asset is Asset.PRINCIPAL and each.member_id is not None
        )
        assert advances == -principal
        check_balanced([each for each in postings if each.asset is not Asset.FEN])
        self.bodies.append(body)
        self.postings += postings

    def account(self) -> MemberAccount:
        origins = {origin.lot_id: origin for body in self.bodies for origin in reversed(lot_origins(body))}
        own = OwnActivity(
            sums=own_sums(self.postings, ANNA),
            holdings=own_holdings(self.postings, ANNA),
            origins=tuple(origins.values()),
        )
        return fold_account(ANNA, NO_BASE, own)

    def state(self) -> dict[object, int]:
        """Everything the member has and owes."""
        account = self.account()
        result: dict[object, int] = {"owed points": account.receivable}
        for lot in account.lots:
            result[lot.lot_id] = lot.available
        for held in account.wallet:
            result[held.lot_id] = held.amount
        for owed in account.owed:
            result["owed", owed.lot_id] = owed.amount
        return {key: amount for key, amount in result.items() if amount}


class Moves(msgspec.Struct, frozen=True):
    """A body with nothing but moves."""

    moves: tuple[Move, ...]


def a_sale(lines: list[int], moves: tuple[Move, ...], *, by_stored_value: int) -> Sale:
    """Lines of 7.01 yuan a piece; part of it paid by stored value, the rest in cash."""
    sold = tuple(
        SaleLine(
            n, build.product(n).product_id, "货", "件", "drinks", Quantity.pieces(count), Money(701),
            Money(701 * count), Money(701 * count), 0,
        )
        for n, count in enumerate(lines, 1)
    )  # fmt: skip
    payable = Money(sum(701 * count for count in lines))
    stored = Money(min(by_stored_value, payable.minor))
    tenders = []
    if stored:
        tenders.append(Tender(TenderKind.STORED_VALUE, stored, stored))
    if payable - stored:
        tenders.append(Tender(TenderKind.CASH, payable - stored, payable - stored))
    shift = ShiftId(build.some_uuid(501))
    return Sale(
        SALE, "R1", shift, sold, tuple(tenders), payable, payable, 1, moves=moves
    )  # fmt: skip


@st.composite
def sales(draw: st.DrawFn) -> Sale:
    """A sale with all kinds of moves."""
    lines = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    numbers = range(1, len(lines) + 1)
    payable = sum(701 * count for count in lines)
    paid = draw(st.integers(0, payable))
    moves: list[Move] = []
    for n in range(draw(st.integers(0, 6))):
        asset = draw(st.sampled_from([asset for asset in Asset if asset is not Asset.FEN]))
        undo = draw(st.sampled_from([Undo.LINES, Undo.SHARE, Undo.BELOW, Undo.TIER, Undo.NEVER]))
        issued = draw(st.booleans())
        amount = draw(st.integers(1, 500))
        moves.append(
            Move(
                asset,
                ANNA,
                LotId(derived_id(SALE, "test", n)) if issued else BEFORE[asset],
                amount if issued else -amount,
                Purpose.ISSUED if issued else Purpose.REDEEMED,
                source_id="x",
                made_on=TODAY,
                expires_on=draw(st.sampled_from([None, TODAY, TODAY + dt.timedelta(days=400)])) if issued else None,
                makes_lot=issued,
                undo=undo,
                lines=tuple(draw(st.sets(st.sampled_from(numbers), min_size=1))) if undo is Undo.LINES else (),
                keep=Money(draw(st.integers(0, payable))),
                tier=TierId(draw(st.sampled_from(["gold", "silver"]))) if undo is Undo.TIER else TierId(""),
            )
        )
    bonus = draw(st.integers(0, paid))
    for asset, part in ((Asset.BONUS, bonus), (Asset.PRINCIPAL, paid - bonus)):
        if part:
            moves.append(
                Move(
                    asset, ANNA, BEFORE[asset], -part, Purpose.REDEEMED, source_id="x", made_on=TODAY,
                    undo=Undo.TENDER, tender=TenderKind.STORED_VALUE,
                )
            )  # fmt: skip
    return a_sale(lines, tuple(moves), by_stored_value=paid)


def refund(books: Books, sale: Sale, earlier: list[Refund], pieces: dict[int, int], lost: frozenset[str]) -> Refund:
    """Give back some pieces; stored value first, then cash."""
    lines = tuple(
        RefundLine(n, sale.lines[n - 1].product_id, "货", Quantity.pieces(count), Money(701 * count), 0, Points(0))
        for n, count in pieces.items()
        if count
    )
    amount = sum(line.amount.minor for line in lines)
    stored_left = sum(each.amount.minor for each in sale.tenders if each.kind is TenderKind.STORED_VALUE)
    stored_left -= sum(each.amount.minor for r in earlier for each in r.tenders if each.kind is TenderKind.STORED_VALUE)
    stored = Money(min(stored_left, amount))
    tenders = (Tender(TenderKind.STORED_VALUE, stored, stored),) if stored else ()
    refund_id = SaleId(build.some_uuid(600 + len(earlier)))
    undone = undo_moves(
        sale,
        earlier,
        came_back(earlier, lines, tenders, lost),
        {ANNA: books.account()},
        {},
        refund_id,
        today=TODAY,
        grace_days=30,
    )
    result = Refund(
        refund_id, "R2", sale.shift_id, SALE, "R1", lines, tenders, Money(amount), StaffId("1"), "",
        moves=undone.moves, forgiven=undone.forgiven,
    )  # fmt: skip
    books.add(result, result.moves)
    return result


def undone_by_place(refunds: list[Refund]) -> dict[int, int]:
    result: dict[int, int] = {}
    for each in (move for r in refunds for move in r.moves):
        assert each.undoes is not None
        result[each.undoes] = result.get(each.undoes, 0) + abs(each.amount)
    return result


@given(sales(), st.integers(0, 9), st.booleans())
def test_partial_refunds_in_any_order_end_where_one_does(sale: Sale, seed: int, loses_tier: bool) -> None:
    lost = frozenset({"gold"}) if loses_tier else frozenset()
    whole = Books()
    whole.add(sale, sale.moves)
    at_once = [refund(whole, sale, [], {line.line_no: line.quantity.milli // 1000 for line in sale.lines}, lost)]
    parts = Books()
    parts.add(sale, sale.moves)
    pieces = [line.line_no for line in sale.lines for _ in range(line.quantity.milli // 1000)]
    random.Random(seed).shuffle(pieces)
    refunds: list[Refund] = []
    for number, line_no in enumerate(pieces):
        refunds.append(refund(parts, sale, refunds, {line_no: 1}, lost if number == len(pieces) - 1 else frozenset()))
    assert undone_by_place(refunds) == undone_by_place(at_once)
    assert parts.state() == whole.state()


@given(sales())
def test_a_full_refund_leaves_everything_as_before(sale: Sale) -> None:
    books = Books()
    before = books.state()
    books.add(sale, sale.moves)
    refund(
        books,
        sale,
        [],
        {line.line_no: line.quantity.milli // 1000 for line in sale.lines},
        frozenset({"gold", "silver"}),
    )
    never = [move for move in sale.moves if move.undo is Undo.NEVER]
    # What is kept once the last fen has come back is nothing, so only a bound of nothing is never missed.
    never += [move for move in sale.moves if move.undo is Undo.BELOW and not move.keep]
    expected = dict(before)
    for move in never:
        expected[move.lot_id] = expected.get(move.lot_id, 0) + move.amount
    assert books.state() == {key: amount for key, amount in expected.items() if amount}


def one_move(**changes: object) -> Move:
    base = Move(
        Asset.COUPON, ANNA, LotId(derived_id(SALE, "test", 0)), 2, Purpose.ISSUED, source_id="five-off", made_on=TODAY,
        makes_lot=True, undo=Undo.LINES, lines=(1,),
    )  # fmt: skip
    return msgspec.structs.replace(base, **changes)


def test_what_was_given_and_used_is_owed_and_what_expired_is_forgiven() -> None:
    sale = a_sale([1], (one_move(),), by_stored_value=0)
    books = Books()
    books.add(sale, sale.moves)
    used = msgspec.structs.replace(sale.moves[0], amount=-1, purpose=Purpose.REDEEMED, makes_lot=False)
    books.add(Moves((used,)), (used,))
    done = refund(books, sale, [], {1: 1}, frozenset())
    assert [(move.amount, move.is_owed) for move in done.moves] == [(-1, False), (-1, True)]
    assert [(each.source_id, each.amount) for each in books.account().owed] == [("five-off", 1)]

    gone = came_back((), done.lines, ())
    undone = undo_moves(
        sale, (), gone, {}, {sale.moves[0].lot_id: 2}, SaleId(build.some_uuid(1)), today=TODAY, grace_days=30
    )
    assert undone.moves == ()
    assert undone.forgiven == ((0, 2),)


def test_what_was_used_and_has_expired_lives_a_little_longer() -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    move = one_move(amount=-1, purpose=Purpose.REDEEMED, makes_lot=False, expires_on=yesterday)
    sale = a_sale([1], (move,), by_stored_value=0)
    back = came_back(
        (), (RefundLine(1, sale.lines[0].product_id, "", Quantity.pieces(1), Money(701), 0, Points(0)),), ()
    )
    (given,) = undo_moves(sale, (), back, {}, {}, SaleId(build.some_uuid(1)), today=TODAY, grace_days=30).moves
    assert given.makes_lot
    assert given.lot_id != move.lot_id
    assert given.expires_on == TODAY + dt.timedelta(days=30)
    assert given.amount == 1


def test_a_single_use_comes_back_with_the_last_of_its_lines() -> None:
    used = one_move(amount=-1, purpose=Purpose.REDEEMED, makes_lot=False)
    move = msgspec.structs.replace(used, lot_id=BEFORE[Asset.COUPON], lines=(1, 2))
    sale = a_sale([2, 1], (move,), by_stored_value=0)
    books = Books()
    books.add(sale, sale.moves)
    first = refund(books, sale, [], {1: 2}, frozenset())
    assert first.moves == ()
    second = refund(books, sale, [first], {2: 1}, frozenset())
    assert [each.amount for each in second.moves] == [1]


def test_uses_of_one_card_come_back_piece_by_piece_whatever_lots_they_came_of() -> None:
    """Two pieces, a use of each of two cards: one piece back is one use back, of the card that was used last."""
    used = one_move(asset=Asset.USE, amount=-1, purpose=Purpose.REDEEMED, makes_lot=False)
    moves = tuple(msgspec.structs.replace(used, lot_id=LotId(build.some_uuid(900 + n))) for n in range(2))
    sale = a_sale([2], moves, by_stored_value=0)
    ids = SaleId(build.some_uuid(1))

    def back(pieces: int) -> list[tuple[int | None, int]]:
        line = RefundLine(1, sale.lines[0].product_id, "", Quantity.pieces(pieces), Money(701 * pieces), 0, Points(0))
        undone = undo_moves(sale, (), came_back((), (line,), ()), {}, {}, ids, today=TODAY, grace_days=30)
        return [(move.undoes, move.amount) for move in undone.moves]

    assert back(1) == [(1, 1)]
    assert back(2) == [(0, 1), (1, 1)]


def test_names_derived_from_a_sale_are_its_own() -> None:
    ids = {derived_id(SALE, what, n) for what in ("a", "b") for n in range(50)}
    assert len(ids) == 100
    assert derived_id(SALE, "a", 3) == derived_id(SALE, "a", 3)
    assert derived_id(SaleId(build.some_uuid(2)), "a", 3) not in ids


def test_the_fold_refuses_a_lot_that_nobody_made() -> None:
    lot = LotId(build.some_uuid(999))
    own = OwnActivity(holdings=own_holdings([Posting(Asset.COUPON, "member:available", 1, ANNA, lot)], ANNA))
    with pytest.raises(BugError):
        fold_account(ANNA, NO_BASE, own)
