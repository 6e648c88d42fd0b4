"""Spending at a till with a head office: the step in the books, the question, and the books again.

Each part runs on its own lane: :meth:`Spending.step` inside a transaction of the ledger's lane, the question on the
network's. Who drives it from the window is ``pos_app.ui.spending_flow``; :func:`settled` drives it where somebody may
wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar
from uuid import UUID

from pos_app.application.context import TillContext
from pos_app.application.head_office import Authorised, Line, SpendAsset, SpendQuestion
from pos_app.application.ports import LedgerReader, LedgerTx, MasterKind
from pos_app.application.spend_steps import Ask, Asked, Book, Refuse, given_up, next_step
from pos_app.domain import codec
from pos_app.domain.ids import MemberId, RecordId, StaffId
from pos_app.domain.ledger.bodies_sync import SpendReleased
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.ledger.spends import Spend
from pos_app.domain.pricing.quote import Quote, ReductionKind
from pos_app.domain.staff import Operator
from pos_app.errors import BugError, KnownError

T = TypeVar("T")

_NOBODY: Final = StaffId("")
#: The one row in which everything is remembered that was asked for and is not settled.
_KEY: Final = "asked"


class Spending:
    """What was asked of head office, and what follows from its answers."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    @property
    def line(self) -> Line:
        """Where the line stands; training is alone."""
        return Line.ALONE if self._context.training else self._context.head_office.status().line

    def unavailable(self, assets: Iterable[SpendAsset]) -> tuple[SpendAsset, ...]:
        """Of some assets those that cannot be spent now, because head office cannot be asked."""
        if self.line is not Line.OFFLINE:
            return ()
        return tuple(each for each in assets if not self._context.head_office.may_spend_offline(each))

    def step(
        self,
        tx: LedgerTx,
        record_id: RecordId,
        spends: tuple[Spend, ...],
        heard: tuple[Authorised, ...],
        member_id: MemberId | None,
    ) -> Book | SpendQuestion | KnownError:
        """What is to be done for a record that spends, in its transaction.

        For ``Book`` the caller writes the record in the same transaction. A question is asked, and an error raised,
        only after the transaction has committed.
        """
        line = self.line
        asked = () if line is Line.ALONE else _asked(tx)
        may = self._context.head_office.may_spend_offline
        step = next_step(record_id, spends, asked, heard, line, may, member_id)
        if line is not Line.ALONE:
            self._remember(tx, asked, step.asked)
            self._release(tx, step.release)
        match step:
            case Book():
                return step
            case Ask(question=question):
                return SpendQuestion(question.authorisation_id, question.spends, tx.head().seq)
            case Refuse(code=code, details=details):
                return KnownError(code, **details)

    def give_up(self, operator: Operator, record_id: RecordId) -> None:
        """The spend will not be made: what head office may hold for it is released.

        Raises:
            KnownError: ``ledger.not_saved``; it is then released with the next spend, or at the next start.
        """
        with self._context.ledger.write(operator.staff_id) as tx:
            self._give_up(tx, record_id)

    def give_up_all(self) -> None:
        """At the start: whatever was under way when the till stopped is given up.

        Raises:
            KnownError: ``ledger.not_saved``.
        """
        with self._context.ledger.read() as reader:
            if not _asked(reader):
                return
        with self._context.ledger.write(_NOBODY) as tx:
            self._give_up(tx, None)

    def _give_up(self, tx: LedgerTx, record_id: RecordId | None) -> None:
        asked = _asked(tx)
        release, left = given_up(asked, record_id)
        self._remember(tx, asked, left)
        self._release(tx, release)

    def _release(self, tx: LedgerTx, authorisations: tuple[UUID, ...]) -> None:
        if authorisations:
            body = SpendReleased(authorisations)
            tx.append(Entry(RecordKind.SPEND_RELEASED, body, RecordId(self._context.ids.new())))

    @staticmethod
    def _remember(tx: LedgerTx, before: tuple[Asked, ...], after: tuple[Asked, ...]) -> None:
        if after != before:
            tx.put_master(MasterKind.SPENDS, [(_KEY, codec.encode(after))])


def settled(context: TillContext, attempt: Callable[[tuple[Authorised, ...]], T | SpendQuestion]) -> T:
    """Make attempts and ask head office in between, waiting for each answer: never in the window's thread.

    Raises:
        KnownError: As the attempt.
    """
    heard: tuple[Authorised, ...] = ()
    while isinstance(result := attempt(heard), SpendQuestion):
        heard = (*heard, context.authoriser.authorise(result, _always))
    return result


def spends_by_itself(quote: Quote) -> Iterator[SpendAsset]:
    """What a basket spends however it is paid: points prices, coupons that somebody holds, uses of count cards."""
    if quote.points_price:
        yield SpendAsset.POINTS
    if any(use.holding is not None for use in quote.coupon_uses):
        yield SpendAsset.COUPON
    if any(offer.taken for offer in quote.uses if offer.kind is ReductionKind.COUNT_CARD):
        yield SpendAsset.USE


def asked_first(step: Book | SpendQuestion | KnownError) -> SpendQuestion:
    """The question of a step that books nothing, once that is durable.

    Raises:
        KnownError: Where the step refuses.
    """
    if isinstance(step, KnownError):
        raise step
    if isinstance(step, Book):
        raise BugError("a step that books was not booked")
    return step


def _always() -> bool:
    return True


def _asked(reader: LedgerReader) -> tuple[Asked, ...]:
    kept = reader.master(MasterKind.SPENDS, _KEY)
    return () if kept is None else codec.decode(kept, tuple[Asked, ...])
