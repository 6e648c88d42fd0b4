"""How a refund undoes the moves of its sale: exactly, in parts, whatever became of the holdings meanwhile.

For every move the rule is: how much of it must be undone, given *all* that has come back so far; what earlier refunds
undid is taken off. So any number of partial refunds in any order ends where one full refund ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from pos_app.domain.ids import LotId, MemberId, SaleId, derived_id
from pos_app.domain.ledger.bodies import Refund, RefundLine, Sale
from pos_app.domain.ledger.counts import CountedFor
from pos_app.domain.ledger.moves import Move, Undo
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import MemberAccount
from pos_app.domain.points import Points
from pos_app.domain.tender import Tender, TenderKind


class CameBack(msgspec.Struct, frozen=True):
    """All that has come back of a sale, this refund included.

    Attributes:
        milli: By line, thousandths.
        amount: Money, in fen; of money in advance what it was sold for, though less was given back.
        by_line: The same by line.
        by_tender: Value given back by tender, in fen; see ``_tender_key``.
        tiers_lost: Tiers that the member was in after the sale and is below now.
    """

    milli: Mapping[int, int]
    amount: int
    by_line: Mapping[int, int]
    by_tender: Mapping[str, int]
    tiers_lost: frozenset[str] = frozenset()


class Undone(msgspec.Struct, frozen=True):
    """What a refund undoes.

    Attributes:
        moves: Each names the sale's move it undoes.
        forgiven: By place of the sale's move: what should have been taken and had expired unused, or was used and
            stays paid.
        gifts: What rules gave in the sale that is undone wholly by all that has come back, now or before.
    """

    moves: tuple[Move, ...] = ()
    forgiven: tuple[tuple[int, int], ...] = ()
    gifts: frozenset[int] = frozenset()


def came_back(
    earlier: Sequence[Refund],
    lines: Sequence[RefundLine],
    tenders: Sequence[Tender],
    tiers_lost: frozenset[str] = frozenset(),
) -> CameBack:
    """Sum up what earlier refunds and this one bring back."""
    milli: dict[int, int] = {}
    by_tender: dict[str, int] = {}
    by_line: dict[int, int] = {}
    for each_line in (*(line for refund in earlier for line in refund.lines), *lines):
        milli[each_line.line_no] = milli.get(each_line.line_no, 0) + each_line.quantity.milli
        by_line[each_line.line_no] = by_line.get(each_line.line_no, 0) + each_line.sold_for.minor
    for tender in (*(tender for refund in earlier for tender in refund.tenders), *tenders):
        key = _tender_key(tender.kind, tender.account_id)
        by_tender[key] = by_tender.get(key, 0) + tender.amount.minor
    return CameBack(milli, sum(by_line.values()), by_line, by_tender, tiers_lost)


def undo_moves(
    sale: Sale,
    earlier: Sequence[Refund],
    back: CameBack,
    accounts: Mapping[MemberId, MemberAccount],
    expired: Mapping[LotId, int],
    refund_id: SaleId,
    *,
    today: dt.date,
    grace_days: int,
) -> Undone:
    """What a refund does to the holdings that its sale moved.

    Args:
        sale: What comes back.
        earlier: Refunds of it so far.
        back: All that has come back, with this refund.
        accounts: Of everybody whom the sale's moves touch, as they are now.
        expired: Of the lots that the sale made: how much expired unused; that much is forgiven.
        refund_id: Grace lots are named after it.
        today: Business date.
        grace_days: How long something lives that is given back after its lot has expired.
    """
    done = [0] * len(sale.moves)
    for refund in earlier:
        for each in refund.moves:
            if each.undoes is not None:
                done[each.undoes] += abs(each.amount)
    let_go = [0] * len(sale.moves)
    for refund in earlier:
        for place, amount in refund.forgiven:
            let_go[place] += amount
    result: list[Move] = []
    forgiven: list[tuple[int, int]] = []
    taken: dict[tuple[MemberId, LotId], int] = {}
    targets = list(_targets(sale, back))
    for place, target in enumerate(targets):
        move = sale.moves[place]
        amount = target - done[place] - let_go[place]
        if amount <= 0:
            continue
        if move.amount < 0:
            result.append(_give_back(move, place, amount, refund_id, today, grace_days))
            continue
        key = (move.account_id, move.lot_id)
        # What repaid a debt lies in no lot: it is owed again.
        in_lot = 0 if move.is_owed else available(accounts.get(move.account_id), move.lot_id) - taken.get(key, 0)
        part = min(amount, max(0, in_lot))
        taken[key] = taken.get(key, 0) + part
        if part:
            result.append(undone(move, place, -part))
        rest = amount - part
        if move.undo is Undo.UNUSED:  # what is not there any more was used, and its money stays with the shop
            if rest:
                forgiven.append((place, rest))
            continue
        gone = 0 if move.is_owed else expired.get(move.lot_id, 0)
        pardon = min(rest, max(0, gone - let_go[place]))
        if pardon:
            forgiven.append((place, pardon))
        if rest > pardon:
            result.append(msgspec.structs.replace(undone(move, place, pardon - rest), is_owed=True))
    kept = {move.gift for move, target in zip(sale.moves, targets, strict=True) if target < abs(move.amount)}
    return Undone(tuple(result), tuple(forgiven), frozenset(range(len(sale.given))) - kept)


def unused_share(
    sale: Sale, line_no: int, accounts: Mapping[MemberId, MemberAccount], expired: Mapping[LotId, int]
) -> tuple[int, int]:
    """What of a line that sold uses ahead can be paid back: uses that nobody used, and uses in all.

    Uses that expired unused count as not used. A line of anything else can be paid back whole: 1 of 1.

    Args:
        sale: What comes back.
        line_no: Of its line.
        accounts: Of everybody whom the sale's moves touch, as they are now.
        expired: Of the lots that the sale made: how much expired unused.
    """
    left = whole = 0
    for move in sale.moves:
        if move.undo is Undo.UNUSED and line_no in move.lines:
            whole += move.amount
            if not move.is_owed:
                in_lot = available(accounts.get(move.account_id), move.lot_id)
                left += min(move.amount, in_lot + expired.get(move.lot_id, 0))
    return (left, whole) if whole else (1, 1)


def available(account: MemberAccount | None, lot_id: LotId) -> int:
    """What a lot of an account holds, of points or of anything else."""
    if account is None:
        return 0
    points = sum(lot.available + lot.pending for lot in account.lots if lot.lot_id == lot_id)
    return points + sum(each.amount + each.pending for each in account.wallet if each.lot_id == lot_id)


def points_undone(moves: Iterable[Move], member_id: MemberId, today: dt.date) -> Points:
    """By how much a member's balance of points changes; what lies in an expired lot is not in the balance any more."""
    return Points(
        sum(
            move.amount
            for move in moves
            if move.asset is Asset.POINTS
            and move.account_id == member_id
            and (move.is_owed or move.expires_on is None or move.expires_on >= today)
        )
    )


def counts_back(
    sale: Sale, earlier: Sequence[Refund], lines: Sequence[RefundLine], undone_gifts: frozenset[int]
) -> tuple[CountedFor, ...]:
    """What limits no longer count of a sale: gifts that are wholly undone, and the visit once no goods are kept."""
    before = {(each.what, each.account_id, each.gift) for refund in earlier for each in refund.counted_for}
    back: dict[int, int] = {}
    for line in (*(line for refund in earlier for line in refund.lines), *lines):
        back[line.line_no] = back.get(line.line_no, 0) + line.quantity.milli
    all_back = all(back.get(line.line_no, 0) >= line.quantity.milli for line in sale.lines if not line.is_prepaid)
    return tuple(
        msgspec.structs.replace(each, amount=-each.amount)
        for each in sale.counted_for
        if (all_back if each.gift is None else each.gift in undone_gifts)
        and (each.what, each.account_id, each.gift) not in before
    )


def _targets(sale: Sale, back: CameBack) -> Iterator[int]:
    """By move of the sale: how much of it must be undone in all."""
    sold = {line.line_no: line.quantity.milli for line in sale.lines}
    by_tender = _tender_targets(sale, dict(back.by_tender))
    by_use = _use_targets(sale, sold, back)
    for place, move in enumerate(sale.moves):
        whole = abs(move.amount)
        match move.undo:
            case Undo.LINES if place in by_use:
                yield by_use[place]
            case Undo.LINES | Undo.UNUSED:
                total = sum(sold[line] for line in move.lines)
                yield whole * sum(back.milli.get(line, 0) for line in move.lines) // total if total else 0
            case Undo.TENDER:
                yield by_tender[place]
            case Undo.SHARE:
                paid, gone = _money(sale, move.lines, back)
                if paid:
                    yield whole * gone // paid
                else:
                    lines = move.lines or tuple(sold)
                    yield whole if all(back.milli.get(line, 0) >= sold[line] for line in lines) else 0
            case Undo.BELOW:
                paid, gone = _money(sale, move.lines, back)
                yield whole if paid - gone < move.keep.minor else 0
            case Undo.TIER:
                all_back = all(back.milli.get(line, 0) >= milli for line, milli in sold.items())
                yield whole if move.tier in back.tiers_lost or all_back else 0
            case Undo.NEVER | Undo.ADVANCE:
                yield 0


def _money(sale: Sale, lines: tuple[int, ...], back: CameBack) -> tuple[int, int]:
    """What was paid for lines and what of it has come back, in fen; of the whole bill where none is named."""
    if not lines:
        return sale.payable.minor, back.amount
    paid = sum(line.amount.minor for line in sale.lines if line.line_no in lines)
    return paid, sum(back.by_line.get(line, 0) for line in lines)


def _tender_targets(sale: Sale, back: dict[str, int]) -> dict[int, int]:
    """By move that paid: what of it is given back; what was taken last is given back first."""
    result: dict[int, int] = {}
    for place in reversed(range(len(sale.moves))):
        move = sale.moves[place]
        if move.undo is Undo.TENDER and move.tender is not None:
            key = _tender_key(move.tender, move.account_id)
            part = min(-move.amount, back.get(key, 0))
            back[key] = back.get(key, 0) - part
            result[place] = part
    return result


def _use_targets(sale: Sale, sold: Mapping[int, int], back: CameBack) -> dict[int, int]:
    """By move that used a count card: what of it is given back; what was used last is given back first.

    Uses of one card that covered pieces of one line are one whole, whatever lots they were taken from: else of two
    pieces with a use of each of two lots neither use came back before both pieces did.
    """
    together: dict[tuple[MemberId, str, tuple[int, ...]], list[int]] = {}
    for place, move in enumerate(sale.moves):
        if move.asset is Asset.USE and move.undo is Undo.LINES and move.amount < 0:
            together.setdefault((move.account_id, move.source_id, move.lines), []).append(place)
    result: dict[int, int] = {}
    for (_, _, lines), places in together.items():
        milli = sum(sold[line] for line in lines)
        whole = -sum(sale.moves[place].amount for place in places)
        left = whole * sum(back.milli.get(line, 0) for line in lines) // milli if milli else 0
        for place in reversed(places):
            result[place] = min(left, -sale.moves[place].amount)
            left -= result[place]
    return result


def _tender_key(kind: TenderKind, account_id: MemberId | None) -> str:
    """Of several gift cards each gets back what it paid."""
    return f"{kind.value}:{account_id}" if kind is TenderKind.GIFT_CARD else kind.value


def undone(move: Move, place: int, amount: int) -> Move:
    """The move that undoes a part of a sale's move; ``amount`` is what goes in (positive) or out."""
    return msgspec.structs.replace(
        move, amount=amount, makes_lot=False, undo=Undo.NEVER, lines=(), tender=None, undoes=place, left=None
    )


def _give_back(move: Move, place: int, amount: int, refund_id: SaleId, today: dt.date, grace_days: int) -> Move:
    """Put something used back into its own lot, or into one that lives a little longer where that has expired."""
    back = undone(move, place, amount)
    if move.expires_on is None or move.expires_on >= today:
        return back
    return msgspec.structs.replace(
        back,
        lot_id=LotId(derived_id(refund_id, "grace", place)),
        made_on=today,
        expires_on=today + dt.timedelta(days=grace_days),
        makes_lot=True,
        code="",
    )
