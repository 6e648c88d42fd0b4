"""What the books of a till say while a scenario is played at its window, and what happens to them behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from pos_testkit.counter import pieces
from pos_testkit.scenario_shop import ScenarioShop, wait_until
from pos_testkit.till import MANAGER
from pos_testkit.window import TillWindow

from pos_app.application.gifts import moved_of, stock_names
from pos_app.application.scenarios.coupons import left_figures
from pos_app.application.scenarios.document import Return
from pos_app.application.scenarios.giving import held_by
from pos_app.application.scenarios.shop import stock_now, used_elsewhere, uses_now
from pos_app.application.till import Till
from pos_app.domain.clock import business_date
from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.ledger.lots import Base, plan_burn
from pos_app.domain.ledger.postings import DRAWER, Asset
from pos_app.domain.ledger.prepaid_moves import spend
from pos_app.domain.member import Member, MemberAccount
from pos_app.domain.points import Points
from pos_app.domain.pricing.shop import shop_rules
from pos_app.domain.stored_value import DEFAULT_RULES
from pos_app.runtime.lanes import LaneName

T = TypeVar("T")


@dataclass
class Behind:
    """The books behind a window.

    Attributes:
        window: The till.
        shop: What is to happen.
    """

    window: TillWindow
    shop: ScenarioShop

    @property
    def _till(self) -> Till:
        return self.window.desk.till

    def _today(self) -> dt.date:
        now = self.shop.clock.now().local(self._till.context.zone).replace(tzinfo=None)
        return business_date(now, self.shop.scenario.day_starts_hour)

    def _ask(self, question: Callable[[Any], T]) -> T:
        """Something of the books, on the reader's lane."""
        ledger = self._till.context.ledger

        def work() -> T:
            with ledger.read() as reader:
                return question(reader)

        return self.window.running.lanes.submit(LaneName.READER, work).result()

    @staticmethod
    def _head(reader: Any) -> int:
        seq: int = reader.head().seq
        return seq

    def _sale(self, number: str) -> Sale:
        return self._ask(lambda reader: reader.sale(number).sale)

    def _refunds(self, sale: Sale) -> tuple[Refund, ...]:
        return self._ask(lambda reader: reader.sale(sale.receipt_no).refunds)

    def _account(self) -> MemberAccount | None:
        member_id = self.shop.member_id
        if member_id is None:
            return None
        return self._ask(lambda reader: self._till.context.account(reader, member_id, self.shop.programme))

    def _left(self) -> dict[str, Any]:
        """What is left of uses, of coupons and of gifts; what the member holds."""
        programme = self.shop.programme
        moved = self._ask(lambda reader: moved_of(reader, stock_names(shop_rules(programme))))
        return {
            "uses_left": uses_now(self._account(), programme, self._today()),
            "stock": stock_now(programme, moved, ()),
            "held": held_by(self._account(), None, programme, self._today()),
            "coupons_left": left_figures(self._account(), programme, self._today()),
        }

    def _member(self) -> Member | None:
        member_id = self.shop.member_id
        return None if member_id is None else self._ask(lambda reader: self._till.context.member(reader, member_id))

    # What happens behind the window

    def close_before(self, day: dt.date | None) -> bool:
        """Let time pass until a day; where it is another one, the day before is closed and its lots run out."""
        before, till = self._today(), self._till
        wait_until(self.shop.clock, self.shop.moment_of(day))
        if self._today() == before:
            return False

        def close() -> None:
            with till.context.ledger.read() as reader:
                cash = reader.account_sum(DRAWER, Asset.FEN)
            till.shifts.close(MANAGER, pieces(cash))
            till.shifts.close_day(MANAGER, None)

        self.window.desk.ledger(close)
        self.window.settle()
        self._sweep()
        return True

    def _sweep(self) -> None:
        """What reached its last day of what head office knows is taken off there."""
        account, member_id, today = self._account(), self.shop.member_id, self._today()
        if account is None or member_id is None:
            return
        gone = {each.lot_id: each.amount for each in account.wallet if _is_over(each.expires_on, today)}
        gone |= {each.lot_id: each.available for each in account.lots if _is_over(each.expires_on, today)}
        told = self._till.context.replica.base(member_id)
        self._tell(
            msgspec.structs.replace(
                told,
                lots=tuple(
                    msgspec.structs.replace(each, available=each.available - gone.get(each.lot_id, 0))
                    for each in told.lots
                ),
                wallet=tuple(
                    msgspec.structs.replace(each, amount=each.amount - gone.get(each.lot_id, 0)) for each in told.wallet
                ),
            )
        )

    def _spend_elsewhere(self, wanted: Return) -> None:
        """The member uses points, stored value or uses at another shop, and head office tells this till."""
        if not (wanted.spent_before or wanted.stored_spent_before or wanted.used_before):
            return
        account, programme, today = self._account(), self.shop.programme, self._today()
        assert account is not None
        taken = {
            part.lot_id: -part.points.count for part in plan_burn(account.lots, Points(wanted.spent_before), today)
        }
        amount, rules = wanted.stored_spent_before, programme.stored_value or DEFAULT_RULES
        moves = list(spend(account, amount, amount, rules, today)) if amount else []
        for card_id, count in wanted.used_before.items():
            moves += used_elsewhere(account, card_id, count, today)
        taken |= {move.lot_id: move.amount for move in moves}
        lots = [
            msgspec.structs.replace(each, available=each.available + taken.get(each.lot_id, 0)) for each in account.lots
        ]
        held = [
            msgspec.structs.replace(each, amount=each.amount + taken.get(each.lot_id, 0)) for each in account.wallet
        ]
        self._tell(
            Base(
                lots=tuple(lot for lot in lots if lot.available or lot.pending),
                receivable=account.receivable,
                progress=account.progress,
                contains_seq=self._ask(self._head),
                as_of_ms=self.shop.clock.now().wall_ms,
                last_visit=account.last_visit,
                usage=account.usage,
                wallet=tuple(each for each in held if each.amount or each.pending),
                owed=account.owed,
                progress_before=account.told_before,
            )
        )

    def _tell(self, told: Base) -> None:
        """Head office says something of the member's account."""
        books, member_id = self.window.running.books, self.shop.member_id
        assert books is not None
        assert member_id is not None
        writer = books.replica.writer
        self.window.running.lanes.submit(LaneName.SYNC, lambda: writer.put_accounts([(member_id, told)])).result()


def _is_over(last_day: dt.date | None, today: dt.date) -> bool:
    return last_day is not None and last_day < today
