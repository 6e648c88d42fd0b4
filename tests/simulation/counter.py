"""The counter of a till: what a cashier does there, one customer after the other.

A sale that spends asks head office first, within the sale; while it waits, nothing else is done at this counter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final
from uuid import UUID

import msgspec
from simulation import trade
from simulation.trade import Spent, Wish

from pos_app.domain import codec
from pos_app.domain.ids import LotId, MemberId, RecordId, SaleId, receipt_number
from pos_app.domain.ledger.bodies import Sale
from pos_app.domain.member import MemberAccount
from pos_app.errors import KnownError
from sync.protocol.errors import Problem
from sync.protocol.messages import SpendAnswer, SpendItem, SpendRequest

if TYPE_CHECKING:
    from simulation.till import Till
    from simulation.world import World

ASK_AGAIN_MS: Final = 3_000
#: How long a customer waits.
PATIENCE_MS: Final = 15_000


class Waiting(msgspec.Struct, frozen=True):
    """A sale that waits for head office's word."""

    number: int
    run: int
    authorisation: UUID
    sale_id: SaleId
    wish: Wish
    spent: Spent
    member_id: MemberId
    question: bytes


class Counter:
    """What is done at a till."""

    def __init__(self, world: World, till: Till) -> None:
        self.world, self.till = world, till
        self._waiting: Waiting | None = None
        self._number = 0
        #: What the cashier was about to write when the machine went off, for the cashier remembers.
        self._tried: tuple[UUID, tuple, MemberId | None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a customer waits for head office."""
        return self._waiting is not None and self._waiting.run == self.till.run

    def members(self) -> list[MemberId]:
        """Whom this till knows, by the ids that go on."""
        state = self.till.state
        known = [MemberId(UUID(key)) for kind, key in state.rows if kind == "person"]
        known += [each.payload.member for each in state.journal if each.payload.kind == "member.captured"]
        return sorted({state.winner(each) for each in known if each is not None})

    # Sales -----------------------------------------------------------------------------------------------------------

    def sell(self, member_id: MemberId | None, wish: Wish) -> None:
        """A sale begins; it may have to wait."""
        sale_id = SaleId(self.till.new_id())
        if member_id is None:
            self._finish(sale_id, None, Wish(wish.pieces), Spent())
            return
        account = self.till.state.account(member_id)
        self.world.checks.shown(self.till, account)
        spent = trade.plan_spending(account, wish, self.till.today) if wish.spends else Spent()
        if not spent.items():
            self._finish(sale_id, account, wish, Spent())
        elif self.till.is_online:
            self._ask(sale_id, account, wish, spent)
        elif self.world.spends_offline:
            self.world.counts["spent offline"] += 1
            self._finish(sale_id, account, wish, spent)
        else:
            self._finish(sale_id, account, wish, Spent())

    def _ask(self, sale_id: SaleId, account: MemberAccount, wish: Wish, spent: Spent) -> None:
        authorisation = self.till.new_id()
        items = tuple(SpendItem(account.member_id, asset, lot, amount) for asset, lot, amount in spent.items())
        request = SpendRequest(authorisation, items, self.till.state.head.seq)
        self.till.disk.commit(lambda state: state.held.__setitem__(authorisation, sale_id))
        self._number += 1
        self._waiting = Waiting(
            self._number,
            self.till.run,
            authorisation,
            sale_id,
            wish,
            spent,
            account.member_id,
            msgspec.json.encode(request),
        )
        self.world.counts["authorisations asked"] += 1
        self._ask_again(self._waiting, self.world.agenda.now_ms + PATIENCE_MS)

    def _ask_again(self, waiting: Waiting, until_ms: int) -> None:
        if self._waiting is not waiting or not self.is_busy:
            return
        if self.world.agenda.now_ms >= until_ms:
            self._waiting = None
            self._gave_up(waiting)
            return
        self.till.ask_spend(waiting.number, waiting.question)
        self.world.agenda.after(
            ASK_AGAIN_MS,
            lambda: self.world.in_process(self.till, lambda: self._ask_again(waiting, until_ms), run=waiting.run),
        )

    def answered(self, number: int, answer: SpendAnswer | None, problem: Problem | None) -> None:
        """Head office said something about a sale that waits."""
        waiting = self._waiting
        if waiting is None or not self.is_busy or number != waiting.number or answer is None:
            return  # a problem: it is asked again until the customer's patience ends
        self._waiting = None
        account = self.till.state.account(waiting.member_id)
        if answer.granted:
            self.world.counts["authorisations granted"] += 1
            self._finish(waiting.sale_id, account, waiting.wish, waiting.spent, (waiting.authorisation,))
        else:
            self.world.counts["authorisations declined"] += 1
            self.till.disk.commit(lambda state: state.held.pop(waiting.authorisation, None))
            self._finish(waiting.sale_id, account, waiting.wish, Spent())

    def _gave_up(self, waiting: Waiting) -> None:
        """No word: it may have been granted or not."""
        account = self.till.state.account(waiting.member_id)
        if self.world.spends_offline:
            self.world.counts["spent offline"] += 1
            self._finish(waiting.sale_id, account, waiting.wish, waiting.spent, (waiting.authorisation,))
            return
        self.world.counts["authorisations given up"] += 1
        made = trade.released([SaleId(waiting.authorisation)])
        self.till.write(made, None, unheld=(waiting.authorisation,))
        self._finish(waiting.sale_id, account, waiting.wish, Spent())

    def _finish(
        self,
        sale_id: SaleId,
        account: MemberAccount | None,
        wish: Wish,
        spent: Spent,
        authorisations: tuple[UUID, ...] = (),
    ) -> None:
        made = trade.sale(
            sale_id,
            self._receipt_no(),
            account,
            wish,
            spent,
            self.till.today,
            authorisations=[SaleId(each) for each in authorisations],
        )
        member_id = None if account is None else account.member_id
        self._tried = (sale_id, made, member_id)
        self.world.checks.bought(sale_id, sale_id)
        self.till.write(made, member_id, record_id=RecordId(sale_id), unheld=authorisations)
        self._tried = None

    def look_again(self) -> None:
        """After a crash in the middle of a sale: is it written or not? (D3)

        Where it is not, it is written now, under its own id; nothing else may come first.
        """
        if self._tried is None:
            return
        sale_id, made, member_id = self._tried
        if self.world.has_mutant("retry under a new id"):
            new = SaleId(self.till.new_id())
            sale = msgspec.structs.replace(made[1], sale_id=new)
            self.world.checks.bought(sale_id, new)
            self.till.write((made[0], sale, made[2]), member_id, record_id=RecordId(new))
        elif any(each.payload.id == sale_id for each in self.till.state.journal):
            self.world.counts["ambiguous commits that were there"] += 1
        elif made[1].authorisations:
            self.world.counts["sales given up in a crash"] += 1  # what was held for it was released at the start
        else:
            self.world.counts["ambiguous commits that were not"] += 1
            self.till.write(made, member_id, record_id=RecordId(sale_id))
        self._tried = None

    def forget(self) -> None:
        """Another machine, another day: nobody remembers."""
        self._tried = self._waiting = None

    def poison(self, member_id: MemberId | None) -> None:
        """A record that is well signed and cannot be applied: its postings do not balance, or it is no such body."""
        record_id = RecordId(self.till.new_id())
        self.world.poisoned.add(record_id)
        self.world.counts["poison"] += 1
        account = None if member_id is None else self.till.state.account(member_id)
        kind, body, postings = trade.sale(
            SaleId(record_id), self._receipt_no(), account, Wish(), Spent(), self.till.today
        )
        self.till.write_raw((kind, body, postings[1:]), None if account is None else account.member_id, record_id)

    def _receipt_no(self) -> str:
        state = self.till.state
        return receipt_number(state.number, f"{self.till.today:%y%m%d}", 1 + len(state.journal) % 99_000)

    # Other things ----------------------------------------------------------------------------------------------------

    def refund(self, sold_on: dt.date, sold: Sale, pieces: int) -> None:
        """Goods come back, with a receipt of this till or of another one."""
        state = self.till.state
        account = None
        if sold.member is not None:
            account = msgspec.structs.replace(state.account(sold.member.member_id), member_id=sold.member.member_id)
        refund_id = SaleId(self.till.new_id())
        try:
            made = trade.refund(
                refund_id,
                self._receipt_no(),
                sold,
                sold_on,
                state.refunds_of(sold.sale_id),
                pieces,
                account,
                self._expired(account),
                self.till.today,
            )
        except KnownError:
            self.world.counts["refunds refused at the counter"] += 1
            return
        if made is not None:
            self.till.write(made, None if account is None else account.member_id, record_id=RecordId(refund_id))

    def _expired(self, account: MemberAccount | None) -> Mapping[LotId, int]:
        """What expired of lots, by own records and by head office's word."""
        own, told = self.till.state.expired(), account.expired if account is not None else ()
        return {**own, **{each.lot_id: max(each.amount, own.get(each.lot_id, 0)) for each in told}}

    def capture(self, phone: str) -> MemberId:
        """Somebody signs up."""
        member_id = MemberId(self.till.new_id())
        person = trade.person(member_id, phone, self.till.today)
        self.till.write(trade.captured(member_id.bytes), member_id, person=codec.encode(person))
        return member_id

    def give_coupons(self, member_id: MemberId, count: int, until: dt.date | None) -> None:
        """Goodwill."""
        account = self.till.state.account(member_id)
        made = trade.coupons(account, LotId(self.till.new_id()), count, self.till.today, until)
        self.till.write(made, account.member_id)

    def expire(self, member_id: MemberId) -> None:
        """Points whose last day has passed are taken out."""
        account = self.till.state.account(member_id)
        made = trade.expiry(account, self.till.today)
        if made is not None:
            self.till.write(made, account.member_id)

    def note_line(self, version: int) -> None:
        """A record that does nothing; of a version that head office may not understand yet."""
        self.till.write(trade.line_changed(is_online=self.till.is_online), None, version=version)
