"""One item is sold once, whatever the order of scanning, holding, selling, giving back, voiding and crashing."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from pos_testkit.clock import SettableClock
from pos_testkit.counter import Counter
from pos_testkit.ids import SequentialIds
from pos_testkit.till import MANAGER, open_test_till, real_till, some_products
from pos_testkit.unit_labels import coded_programme, digital_link, elements, signed, unit

from pos_app.application.lookup import FoundProduct
from pos_app.domain.ids import HoldId
from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.ledger.journal import RecordKind, read_body
from pos_app.domain.ledger.refunds import RefundRequest
from pos_app.domain.pricing.basket import Basket
from pos_app.errors import BugError, KnownError
from pos_app.infrastructure.audit import verify

GOODS = some_products()[:2]
SERIALS = ("A1", "A2", "B7")
LABELS = (elements, digital_link, signed)
ITEMS = [(product, serial) for product in GOODS for serial in SERIALS]
PROGRAMME = coded_programme()

items = st.sampled_from(ITEMS)
labels = st.sampled_from(LABELS)


def expect(error: KnownError, *codes: str) -> None:
    """Let the till refuse for a good reason only."""
    if error.code not in codes:
        raise error


class UnitCodeMachine(RuleBasedStateMachine):
    """A till that scans friendly and a cashier who also tries what no screen would let them."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="guitai-units-"))
        self.clock = SettableClock()
        self.counter = Counter(open_test_till(self.folder, clock=self.clock, programme=PROGRAMME))
        self.counter.real.ids = SequentialIds()
        self.counter.open_shift()
        self.basket = Basket()
        self.held: dict[HoldId, Basket] = {}
        self.out: dict[str, tuple[str, int]] = {}
        self.sales: list[str] = []

    def teardown(self) -> None:
        if hasattr(self, "counter"):
            report = self.counter.audit()
            self.counter.real.close()
            shutil.rmtree(self.folder)
            assert report.ok, report.reason

    def _is_held(self, code: str) -> bool:
        return any(line.unit_code == code for basket in self.held.values() for line in basket.lines)

    @rule(item=items, label=labels)
    def scan(self, item, label) -> None:
        code = unit(*item).text
        try:
            found = self.counter.till.lookup.resolve(label(*item))
        except KnownError as error:
            expect(error, "unit.held")
            assert self._is_held(code)
            return
        if not isinstance(found, FoundProduct):
            assert self.out[code] == (found.sold.receipt_no, found.sold.line_no)
            return
        assert code not in self.out
        try:
            self.basket = self.basket.add(found.product, found.quantity, unit_code=found.unit_code)
        except KnownError as error:
            expect(error, "unit.in_basket")

    @rule(item=items)
    def take_unasked(self, item) -> None:
        """An item gets into the basket although the books know better: of an old draft, say."""
        code = unit(*item).text
        if all(line.unit_code != code for line in self.basket.lines):
            self.basket = self.basket.add(item[0], self.counter.basket(1).lines[0].quantity, unit_code=code)

    @precondition(lambda self: not self.basket.is_empty)
    @rule()
    def sell(self) -> None:
        codes = [line.unit_code for line in self.basket.lines]
        try:
            done = self.counter.sell(self.basket)
        except KnownError as error:
            expect(error, "unit.sold", "unit.held")
            assert any(code in self.out or self._is_held(code) for code in codes)
            self.basket = Basket()
            return
        assert not any(code in self.out or self._is_held(code) for code in codes)
        self.out |= {line.unit_code: (done.sale.receipt_no, line.line_no) for line in done.sale.lines}
        self.sales.append(done.sale.receipt_no)
        self.basket = Basket()

    @precondition(lambda self: not self.basket.is_empty)
    @rule()
    def hold(self) -> None:
        codes = [line.unit_code for line in self.basket.lines]
        try:
            held = self.counter.till.selling.hold(MANAGER, self.basket)
        except KnownError as error:
            expect(error, "unit.held")
            assert any(self._is_held(code) for code in codes)
            return
        assert not any(self._is_held(code) for code in codes)
        self.held[held.hold_id], self.basket = self.basket, Basket()

    @precondition(lambda self: self.held and self.basket.is_empty)
    @rule(data=st.data())
    def recall(self, data: st.DataObject) -> None:
        hold_id = data.draw(st.sampled_from(sorted(self.held)))
        self.basket = self.counter.till.selling.recall(MANAGER, hold_id)
        assert self.basket == self.held.pop(hold_id)

    @precondition(lambda self: self.out)
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(sorted(self.out)))
        receipt_no, line_no = self.out.pop(code)
        self.counter.till.refunds.refund(MANAGER, None, receipt_no, RefundRequest(((line_no, 1000),)))

    @precondition(lambda self: self.sales)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        receipt_no = data.draw(st.sampled_from(self.sales))
        try:
            self.counter.till.refunds.void(MANAGER, None, receipt_no, "")
        except KnownError as error:
            expect(error, "void.too_late", "refund.voided")
        else:
            self.out = {code: at for code, at in self.out.items() if at[0] != receipt_no}

    @rule()
    def restart(self) -> None:
        self.counter.till.selling.save_draft(MANAGER, self.basket)
        self.counter.restart()
        assert (self.counter.till.selling.draft() or Basket()).lines == self.basket.lines

    @invariant()
    def the_journal_alone_says_what_is_out(self) -> None:
        if not hasattr(self, "counter"):
            return
        out: dict[str, tuple[str, int]] = {}
        with self.counter.real.ledger.read() as reader:
            for payload in reader.payloads(after_seq=0):
                if payload.kind == RecordKind.SALE:
                    sale = read_body(payload, Sale)
                    for line in sale.lines:
                        assert line.unit_code not in out
                        out[line.unit_code] = (sale.receipt_no, line.line_no)
                elif payload.kind in (RecordKind.REFUND, RecordKind.VOID):
                    refund = read_body(payload, Refund)
                    for gone in refund.lines:
                        assert out.pop(gone.unit_code) == (refund.sale_receipt_no, gone.line_no)
            for item in ITEMS:
                code = unit(*item).text
                sold = reader.unit_sale(code)
                assert (None if sold is None else (sold.receipt_no, sold.line_no)) == out.get(code)
        assert out == self.out


UnitCodeMachine.TestCase.settings = settings(
    max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestUnitCodeMachine = pytest.mark.slow(UnitCodeMachine.TestCase)


class TestTheAuditor:
    @staticmethod
    def _sell(till, serial: str) -> str:
        product, code = GOODS[0], unit(GOODS[0], serial).text
        counter = Counter(till)
        basket = counter.basket(1)
        return counter.sell(Basket().add(product, basket.lines[0].quantity, unit_code=code)).sale.receipt_no

    def test_a_second_sale_of_one_item_is_named(self, tmp_path: Path) -> None:
        with real_till(tmp_path, programme=PROGRAMME) as till:
            till.open_shift()
            self._sell(till, "A1")
            writer = till.ledger._writer
            assert writer is not None
            writer.plain("DELETE FROM unit_code")
            self._sell(till, "A1")
            with till.ledger.read() as reader:
                last = reader.head().seq
        report = verify(tmp_path / "ledger.db", till.keys.ledger)
        assert (report.ok, report.bad_seq) == (False, last)
        assert "sells (01)" in report.reason

    @pytest.mark.parametrize(
        "change",
        [
            "DELETE FROM unit_code",
            "UPDATE unit_code SET line_no = 2",
            "UPDATE unit_code SET code_hash = zeroblob(32)",
            "UPDATE unit_code SET till = 'other'",
        ],
    )
    def test_a_table_that_says_something_else_is_named(self, tmp_path: Path, change: str) -> None:
        with real_till(tmp_path, programme=PROGRAMME) as till:
            till.open_shift()
            self._sell(till, "A1")
            assert verify(tmp_path / "ledger.db", till.keys.ledger).ok
            writer = till.ledger._writer
            assert writer is not None
            writer.plain(change)
        report = verify(tmp_path / "ledger.db", till.keys.ledger)
        assert not report.ok
        assert "sold by code" in report.reason

    def test_the_key_alone_forbids_a_second_sale(self, tmp_path: Path) -> None:
        with real_till(tmp_path, programme=PROGRAMME) as till:
            till.open_shift()
            self._sell(till, "A1")
            writer = till.ledger._writer
            assert writer is not None
            with pytest.raises(BugError, match="UNIQUE"):
                writer.plain("INSERT INTO unit_code SELECT code_hash, 'other', seq, line_no FROM unit_code")
