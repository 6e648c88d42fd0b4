"""An error from COMMIT means unknown: it is resolved by looking the record up, and nothing is sold twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from pos_testkit import builders
from pos_testkit.till import CASHIER, SECRET, RealTill, real_till, some_members, some_products

from pos_app.errors import KnownError
from pos_app.infrastructure.audit import verify
from pos_app.infrastructure.keys import Keys

KEYS = Keys(SECRET)
GOODS, MEMBERS = some_products(), some_members()


class BreakingDriver:
    """The driver's connection with a COMMIT that reports an error: before it did anything, or after it did all."""

    def __init__(self, real: object, *, after: bool, code: int = 10) -> None:
        self._real = real
        self._after = after
        self._code = code
        self.broken = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)

    def execute(self, sql: str, *arguments: object) -> object:
        from sqlcipher3 import dbapi2

        if sql == "COMMIT" and not self.broken:
            self.broken = True
            if self._after:
                self._real.execute(sql)  # type: ignore[attr-defined]
            error = dbapi2.OperationalError("disk I/O error")
            error.sqlite_errorcode = self._code
            raise error
        return self._real.execute(sql, *arguments)  # type: ignore[attr-defined]


def break_next_commit(till: RealTill, *, after: bool, code: int = 10) -> None:
    writer = till.ledger._writer
    assert writer is not None
    writer._driver = BreakingDriver(writer._driver, after=after, code=code)


class TestAnAmbiguousCommit:
    def test_that_did_happen_is_a_success(self, folder: Path) -> None:
        with real_till(folder) as till:
            till.open_shift()
            break_next_commit(till, after=True)
            done = till.sell(GOODS[0], member=MEMBERS[0])
            with till.ledger.read() as reader:
                assert reader.document_seq(done.sale.receipt_no) == done.seq
            following = till.sell(GOODS[1])
            assert following.seq == done.seq + 1
        assert verify(folder / "ledger.db", KEYS.ledger).ok

    def test_that_did_not_happen_is_a_failure_and_can_be_repeated(self, folder: Path) -> None:
        with real_till(folder) as till:
            till.open_shift()
            break_next_commit(till, after=False)
            with pytest.raises(KnownError) as caught:
                till.sell(GOODS[0], member=MEMBERS[0])
            assert (caught.value.code, caught.value.details["reason"]) == ("ledger.not_saved", "io_error")
            with till.ledger.read() as reader:
                assert reader.documents(business_date=None, text="", limit=5) == []
            till.sell(GOODS[0], member=MEMBERS[0])
        assert verify(folder / "ledger.db", KEYS.ledger).ok

    def test_without_a_record_is_resolved_too(self, folder: Path) -> None:
        with real_till(folder) as till:
            basket = builders.basket(GOODS[0])
            break_next_commit(till, after=True)
            with till.ledger.write(CASHIER) as tx:
                tx.save_draft(basket)
            with till.ledger.read() as reader:
                assert reader.draft() == basket
            break_next_commit(till, after=False)
            with pytest.raises(KnownError), till.ledger.write(CASHIER) as tx:
                tx.save_draft(None)
            with till.ledger.read() as reader:
                assert reader.draft() == basket

    @pytest.mark.parametrize("saved", [True, False])
    def test_that_cannot_be_looked_up_stops_selling_until_it_is(self, folder: Path, saved: bool) -> None:
        with real_till(folder) as till:
            till.open_shift()
            break_next_commit(till, after=saved)
            reopen = till.ledger._reopen

            def unreachable() -> object:
                raise KnownError("ledger.not_read", reason="io_error")

            till.ledger._reopen = unreachable  # type: ignore[method-assign,assignment]
            with pytest.raises(KnownError) as caught:
                till.sell(GOODS[0])
            assert caught.value.code == "ledger.unresolved"
            with pytest.raises(KnownError) as caught:
                till.sell(GOODS[0])
            assert caught.value.code == "ledger.unresolved"
            till.ledger._reopen = reopen  # type: ignore[method-assign]
            if saved:
                with pytest.raises(KnownError) as caught:
                    till.sell(GOODS[0])
                assert caught.value.code == "ledger.saved_after_all"
            till.sell(GOODS[1])
            with till.ledger.read() as reader:
                assert len(reader.documents(business_date=None, text="", limit=9)) == (2 if saved else 1)
