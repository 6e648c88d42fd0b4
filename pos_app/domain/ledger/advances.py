"""What of money in advance can be given back, and what that does to the lots it made.

A recharge gives back the principal that is left of it, less the bonus of it that was spent: the bonus was given for
the whole recharge. So a customer who pays in 500 and gets 50, spends 100 of the principal and 30 of the bonus, gets
500 - 100 - 30 = 370 back, and what is left of the bonus goes. The principal that pays for a spent bonus is *settled*:
it is no debt of the shop any more and makes up for what the bonus cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from pos_app.domain.ids import LotId, MemberId
from pos_app.domain.ledger.bodies import Sale, SaleLine
from pos_app.domain.ledger.moves import Move, Purpose, Undo
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.ledger.undoing import available, undone
from pos_app.domain.member import MemberAccount
from pos_app.domain.money import Money
from pos_app.domain.offering import OfferingKind
from pos_app.domain.programme.document import Programme
from pos_app.errors import KnownError


class AdvanceBack(msgspec.Struct, frozen=True):
    """What one line of money in advance gives back.

    Attributes:
        line_no: Of the sale.
        amount: Given back.
        spent: Of the amount sold: what was spent and stays with the shop.
        bonus_spent: Of the principal that was left: what pays for the bonus that was spent.
        moves: Each names the sale's move it undoes.
        forgiven: By place of the sale's move: bonus that had expired unused.
    """

    line_no: int
    amount: Money
    spent: Money = Money(0)
    bonus_spent: Money = Money(0)
    moves: tuple[Move, ...] = ()
    forgiven: tuple[tuple[int, int], ...] = ()


def advance_back(
    sale: Sale,
    line: SaleLine,
    accounts: Mapping[MemberId, MemberAccount],
    expired: Mapping[LotId, int],
    programme: Programme,
    *,
    is_void: bool,
) -> AdvanceBack:
    """Say what a recharge or a gift card gives back now.

    Args:
        sale: In which it was sold.
        line: Of it.
        accounts: Of whom the sale's moves touch, as they are now.
        expired: Of lots that the sale made: how much expired unused.
        programme: As it is now: whether such things can be given back.
        is_void: Whether the whole sale is undone; then everything must still be there.

    Raises:
        KnownError: ``refund.recharge_spent`` (nothing is left), ``refund.recharge_fixed``, ``refund.card_used``,
            ``void.recharge_used``.
    """
    places = [
        (place, move)
        for place, move in enumerate(sale.moves)
        if move.undo is Undo.ADVANCE and line.line_no in move.lines
    ]
    left = _left(places, accounts, Asset.PRINCIPAL)
    bonus_left = _left(places, accounts, Asset.BONUS)
    gone = _expired(places, expired, bonus_left)
    given = sum(move.amount for _, move in places if move.asset is Asset.BONUS)
    bonus_spent = max(0, given - bonus_left - gone)
    amount = max(0, left - bonus_spent)
    _check(line, left, bonus_spent, amount, programme, is_void=is_void)
    moves: list[Move] = []
    forgiven: list[tuple[int, int]] = []
    for place, move in places:
        if move.is_owed:
            continue  # it repaid what was owed, and is spent
        if move.asset is Asset.PRINCIPAL:
            moves.append(undone(move, place, -amount))
            if left > amount:
                settled = undone(move, place, amount - left)
                moves.append(msgspec.structs.replace(settled, purpose=Purpose.SETTLED))
        else:
            if bonus_left:
                moves.append(undone(move, place, -bonus_left))
            if gone:
                forgiven.append((place, gone))
    return AdvanceBack(
        line.line_no,
        Money(amount),
        line.amount - Money(left),
        Money(left - amount),
        tuple(moves),
        tuple(forgiven),
    )


def _left(places: Sequence[tuple[int, Move]], accounts: Mapping[MemberId, MemberAccount], asset: Asset) -> int:
    """What is left in the lot that a line made, of what it put there."""
    return sum(
        min(move.amount, available(accounts.get(move.account_id), move.lot_id))
        for _, move in places
        if move.asset is asset and not move.is_owed
    )


def _expired(places: Sequence[tuple[int, Move]], expired: Mapping[LotId, int], bonus_left: int) -> int:
    made = sum(move.amount for _, move in places if move.asset is Asset.BONUS and not move.is_owed)
    gone = sum(expired.get(move.lot_id, 0) for _, move in places if move.asset is Asset.BONUS and not move.is_owed)
    return min(gone, made - bonus_left)


def _check(line: SaleLine, left: int, bonus_spent: int, amount: int, programme: Programme, *, is_void: bool) -> None:
    whole = left == line.amount.minor and not bonus_spent
    if whole and is_void:
        return
    if is_void:
        raise KnownError("void.recharge_used")
    if line.offering is not None and line.offering.kind is OfferingKind.GIFT_CARD:
        kind = next((each for each in programme.gift_cards if each.kind_id == line.offering.offer_id), None)
        if not whole and not (kind is not None and kind.refundable):
            raise KnownError("refund.card_used", name=line.name)
    elif programme.stored_value is not None and not programme.stored_value.refundable:
        raise KnownError("refund.recharge_fixed")
    if not amount:
        raise KnownError("refund.recharge_spent", name=line.name)
