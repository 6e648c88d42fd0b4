"""A cashier at a real till: baskets, tenders and counts with one call each, and refusals that must change nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pos_testkit import builders
from pos_testkit.pricing import paid_by_points
from pos_testkit.till import MANAGER, RealTill, open_test_till

from pos_app.application.selling import CompleteSale, SaleDone
from pos_app.application.till import Till
from pos_app.domain.catalog import Product
from pos_app.domain.ids import MemberId, SaleId, StaffId
from pos_app.domain.ledger.journal import Head
from pos_app.domain.ledger.postings import DRAWER, Asset
from pos_app.domain.member import Member, MemberAccount
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.staff import Operator, Role
from pos_app.domain.tender import Tender, TenderKind
from pos_app.errors import KnownError
from pos_app.infrastructure.audit import AuditReport, verify

CASHIER = Operator(StaffId("1001"), "小赵", Role.CASHIER)
SUPERVISOR = Operator(StaffId("1002"), "老钱", Role.SUPERVISOR)
#: Another cashier, for what is not theirs.
OTHER = Operator(StaffId("1004"), "小李", Role.CASHIER)
__all__ = [
    "CASHIER",
    "MANAGER",
    "OTHER",
    "SUPERVISOR",
    "Counter",
    "card",
    "cash",
    "counter_at",
    "pieces",
    "points",
    "refused",
]


def cash(amount: int, received: int | None = None) -> Tender:
    """Cash for ``amount`` fen, of ``received`` handed over."""
    return Tender(TenderKind.CASH, Money(amount), Money(amount if received is None else received))


def card(amount: int, kind: TenderKind = TenderKind.BANK_CARD) -> Tender:
    """An external tender with a reference."""
    return Tender(kind, Money(amount), Money(amount), "880012345")


def points(count: int, value: int | None = None) -> Tender:
    """Points as cash; a point pays for one fen unless told otherwise."""
    amount = Money(count if value is None else value)
    return Tender(TenderKind.POINTS, amount, amount, points=Points(count))


def pieces(fen: int) -> tuple[tuple[int, int], ...]:
    """An amount as counted notes and coins; single fen too, so that every amount can be counted."""
    result = []
    for face in (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 1):
        number, fen = divmod(fen, face)
        if number:
            result.append((face, number))
    return tuple(result)


@contextlib.contextmanager
def refused(code: str, /, **details: object) -> Iterator[None]:
    """The block ends with that code (and these details)."""
    with pytest.raises(KnownError) as caught:
        yield
    assert caught.value.code == code, caught.value
    assert {key: caught.value.details.get(key) for key in details} == details


class Counter:
    """A real till with a cashier behind it.

    Attributes:
        real: The files, the clock, the ids.
        till: The use cases.
    """

    def __init__(self, real: RealTill) -> None:
        self.real = real

    @property
    def till(self) -> Till:
        """The use cases."""
        return self.real.app

    def product(self, number: int) -> Product:
        """One of the till's goods by number."""
        found = self.real.replica.reader.product_by_code(f"P{number:05d}")
        assert found is not None
        return found

    def member(self, number: int) -> Member:
        """One of the till's members by number, as they are now."""
        with self.real.ledger.read() as reader:
            return self.real.context.member(reader, builders.member_id(number))

    def account(self, member_id: MemberId) -> MemberAccount:
        """Balances and progress, folded from the books."""
        with self.real.ledger.read() as reader:
            return self.real.context.account(reader, member_id, self.real.context.programme())

    def balance(self, member_id: MemberId) -> int:
        """Points as shown."""
        return self.account(member_id).balance(self.real.context.today()).count

    def basket(self, *items: int | tuple[int, int | str], member: Member | None = None) -> Basket:
        """A basket of goods by number."""
        goods = [
            (self.product(each[0]), each[1]) if isinstance(each, tuple) else (self.product(each), 1) for each in items
        ]
        return builders.basket(*goods, for_member=member)

    def price(self, basket: Basket, points_value: int = 0) -> Quote:
        """What a basket costs now."""
        context = self.real.context
        programme = self.till.selling.programme()
        with self.real.ledger.read() as reader:
            customer = context.customer(reader, basket.member_id, programme)
        return self.till.selling.price(basket, customer, programme, paid_by_points(points_value))

    def sell(
        self,
        basket: Basket,
        *tenders: Tender,
        operator: Operator = CASHIER,
        expected: int | None = None,
        sale_id: SaleId | None = None,
        print_receipt: bool = True,
    ) -> SaleDone:
        """Complete a sale; in exact cash where no tender is named, the rest in cash after points."""
        of_points = sum(each.amount.minor for each in tenders if each.kind is TenderKind.POINTS)
        payable = self.price(basket, of_points).payable.minor
        if all(each.kind is TenderKind.POINTS for each in tenders) and payable > of_points:
            tenders = (*tenders, cash(payable - of_points))
        command = CompleteSale(
            sale_id or self.till.selling.new_sale_id(),
            basket,
            tenders,
            Money(payable if expected is None else expected),
            print_receipt,
        )
        return self.till.selling.complete(operator, command)

    def open_shift(self, opening_float: int = 50_000, operator: Operator = CASHIER) -> None:
        """Begin a shift."""
        self.till.shifts.open(operator, Money(opening_float))

    def drawer(self) -> int:
        """What the books have in the drawer."""
        return self.sum_of(DRAWER)

    def sum_of(self, account: str, asset: Asset = Asset.FEN) -> int:
        """Sum of an account over the till's whole life."""
        with self.real.ledger.read() as reader:
            return reader.account_sum(account, asset)

    def head(self) -> Head:
        """Where the journal stands."""
        with self.real.ledger.read() as reader:
            return reader.head()

    def kinds(self, after_seq: int = 0) -> list[str]:
        """What the journal says happened, in order."""
        with self.real.ledger.read() as reader:
            return [payload.kind for payload in reader.payloads(after_seq=after_seq)]

    @contextlib.contextmanager
    def refuses(self, code: str, /, **details: object) -> Iterator[None]:
        """The block ends with that code, and the journal is as it was."""
        before = self.head()
        with refused(code, **details):
            yield
        assert self.head() == before

    def audit(self) -> AuditReport:
        """What ``guitai verify`` says of the file."""
        return verify(self.real.ledger.path, self.real.keys.ledger, expected_head=self.head().hash.hex())

    def restart(self) -> None:
        """Close the files and open them again, as after a power cut that came at a quiet moment."""
        folder, clock = self.real.folder, self.real.clock
        self.real.close()
        ids = self.real.ids
        self.real = open_test_till(folder, clock=clock)
        self.real.ids = ids


@contextlib.contextmanager
def counter_at(folder: Path, *, opening_float: int | None = 50_000, **arguments: object) -> Iterator[Counter]:
    """A counter with an open shift (unless the float is None), closed at the end."""
    counter = Counter(open_test_till(folder, **arguments))  # type: ignore[arg-type]
    try:
        if opening_float is not None:
            counter.open_shift(opening_float)
        yield counter
    finally:
        counter.real.close()
