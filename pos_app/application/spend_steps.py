"""The steps of a spend that head office is asked about: pure, so that every order of answers can be tried.

A spend is a record (a sale, a card moved into a balance) that takes something out of what members hold. What was
asked for it is durable at the till before head office hears of it (:class:`Asked`), and stays there until the record
is written, which settles it, or the spend is given up, which releases it. So a grant is never forgotten, whatever
crashes and whichever answers are lost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final
from uuid import UUID

import msgspec

from pos_app.application.head_office import Authorised, Line, SpendAsset, Verdict
from pos_app.domain import codec
from pos_app.domain.ids import MemberId, RecordId, derived_id
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.ledger.spends import Spend
from pos_app.domain.money import Money
from pos_app.domain.points import Points

#: So often is asked for one try. What changes under the cashier's hands more often waits until they try again.
ROUNDS: Final = 3


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """What head office was asked for.

    Attributes:
        record_id: Of the record that is to spend it: the sale's id, say.
        n: Which question for this record, from 0: another try after a no is another question.
        spends: What.
        is_over: Head office said no, or it is released: nothing is held for it. Else head office may hold it.
    """

    record_id: RecordId
    n: int
    spends: tuple[Spend, ...]
    is_over: bool = False

    @property
    def authorisation_id(self) -> UUID:
        """Follows from the record's id and from what is asked: a repeat gets the same answer, other content another."""
        content = hashlib.sha256(codec.encode(self.spends)).hexdigest()
        return derived_id(self.record_id, f"authorisation/{content}", self.n)


class Book(msgspec.Struct, frozen=True):
    """Write the record, with these authorisations; first the record that releases others."""

    authorisations: tuple[UUID, ...] = ()
    release: tuple[UUID, ...] = ()
    asked: tuple[Asked, ...] = ()


class Ask(msgspec.Struct, frozen=True):
    """Remember what is asked, release others, and when that is durable ask for ``question``."""

    question: Asked
    release: tuple[UUID, ...]
    asked: tuple[Asked, ...]


class Refuse(msgspec.Struct, frozen=True):
    """Do not write the record. ``code`` and ``details`` are of the error for the cashier."""

    code: str
    details: dict[str, object]
    release: tuple[UUID, ...]
    asked: tuple[Asked, ...]


Step = Book | Ask | Refuse


def asset_of(spend: Spend, member_id: MemberId | None) -> SpendAsset:
    """What a spend is to the cashier and to head office's policy."""
    match spend.asset:
        case Asset.POINTS:
            return SpendAsset.POINTS
        case Asset.COUPON:
            return SpendAsset.COUPON
        case Asset.USE:
            return SpendAsset.USE
        case Asset.BONUS:
            return SpendAsset.STORED_VALUE
        case _:
            return SpendAsset.STORED_VALUE if spend.account_id == member_id else SpendAsset.GIFT_CARD


def next_step(
    record_id: RecordId,
    spends: tuple[Spend, ...],
    asked: tuple[Asked, ...],
    heard: tuple[Authorised, ...],
    line: Line,
    may_offline: Callable[[SpendAsset], bool],
    member_id: MemberId | None = None,
) -> Step:
    """What is to be done for a spend now.

    Args:
        record_id: Of the record that is to be written.
        spends: What it takes, as planned in this very moment.
        asked: All that was asked for and is not settled or released, of this record and of any other.
        heard: Answers of this try, in the order in which they came; they may be late, doubled, or of something else.
        line: Where the line to head office stands.
        may_offline: What may be spent without head office's word.
        member_id: Whose sale it is.
    """
    if line is Line.ALONE:
        return Book()
    # One spend at a time: what another record left behind was given up.
    left = tuple(each.authorisation_id for each in asked if each.record_id != record_id and not each.is_over)
    mine = _with_answers(tuple(each for each in asked if each.record_id == record_id), heard)
    fitting = next((each for each in reversed(mine) if each.spends == spends), None)
    if not spends:
        return Book((), (*left, *_held(mine)))
    if fitting is not None and not fitting.is_over and _heard(heard, fitting, Verdict.GRANTED):
        others = tuple(each for each in mine if each is not fitting)
        return Book((fitting.authorisation_id,), (*left, *_held(others)))
    # From here on nothing but the fitting question is of use any more.
    kept = tuple(each if each is fitting else msgspec.structs.replace(each, is_over=True) for each in mine)
    release = (*left, *_held(tuple(each for each in mine if each is not fitting)))
    if fitting is not None and _heard(heard, fitting, Verdict.DECLINED):
        return Refuse("spend.declined", _declined(fitting, heard, member_id), release, kept)
    is_unknown = fitting is not None and not fitting.is_over and _heard(heard, fitting, Verdict.NO_ANSWER)
    if is_unknown or line is Line.OFFLINE:
        assets = [asset_of(each, member_id) for each in spends]
        refused = next((each for each in assets if not may_offline(each)), None)
        if refused is None:
            return Book((), (*left, *_held(mine)))
        code = "spend.no_answer" if is_unknown else "spend.offline"
        return Refuse(code, {"asset": refused.value}, release, kept)
    if len(heard) >= ROUNDS:
        return Refuse("spend.unsettled", {}, release, kept)
    if fitting is not None and not fitting.is_over:
        return Ask(fitting, release, kept)
    question = Asked(record_id, max((each.n for each in mine), default=-1) + 1, spends)
    return Ask(question, release, (*kept, question))


def given_up(asked: tuple[Asked, ...], record_id: RecordId | None = None) -> tuple[tuple[UUID, ...], tuple[Asked, ...]]:
    """A spend is given up: what is to be released, and what is remembered then.

    Args:
        asked: All that is remembered.
        record_id: Of the spend. What was asked for it is over, and stays remembered: the cashier may try again, and
            that is another question. None at the start of the till, when no earlier spend can be tried again.
    """
    if record_id is None:
        return _held(asked), ()
    mine = tuple(each for each in asked if each.record_id == record_id)
    over = tuple(msgspec.structs.replace(each, is_over=True) if each in mine else each for each in asked)
    return _held(mine), over


def _held(asked: tuple[Asked, ...]) -> tuple[UUID, ...]:
    """What head office may be holding."""
    return tuple(each.authorisation_id for each in asked if not each.is_over)


def _heard(heard: tuple[Authorised, ...], asked: Asked, verdict: Verdict) -> bool:
    """Whether that was heard of a question; a yes or a no is not forgotten because a repeat got no answer."""
    return any(each.authorisation_id == asked.authorisation_id and each.verdict is verdict for each in heard)


def _with_answers(mine: tuple[Asked, ...], heard: tuple[Authorised, ...]) -> tuple[Asked, ...]:
    return tuple(
        msgspec.structs.replace(each, is_over=True) if _heard(heard, each, Verdict.DECLINED) else each for each in mine
    )


def _declined(asked: Asked, heard: tuple[Authorised, ...], member_id: MemberId | None) -> dict[str, object]:
    """What there was too little of, and how much there is."""
    answer = next(each for each in reversed(heard) if each.authorisation_id == asked.authorisation_id)
    pairs = list(zip(asked.spends, answer.available, strict=False))
    short = next((spend for spend, there in pairs if there < spend.amount), asked.spends[0])
    asset = asset_of(short, member_id)
    left = sum(max(0, there) for spend, there in pairs if asset_of(spend, member_id) is asset)
    details: dict[str, object] = {"asset": asset.value, "available": _amount(asset, left)}
    return details


def _amount(asset: SpendAsset, amount: int) -> object:
    match asset:
        case SpendAsset.POINTS:
            return Points(amount)
        case SpendAsset.STORED_VALUE | SpendAsset.GIFT_CARD:
            return Money(amount)
        case _:
            return amount
