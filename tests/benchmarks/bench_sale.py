"""Complete a sale of ten lines with a member, quote to COMMIT, beside the bare transaction of the same rows."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.figures import Figure, median, percentile
from benchmarks.shop import Customers, basket, goods, log_in, open_shop, shop

from pos_app.application.selling import CompleteSale
from pos_app.bootstrap.till import Books
from pos_app.domain.staff import Operator
from pos_app.domain.tender import Tender, TenderKind
from pos_app.infrastructure.databases import DatabaseFile, Mode
from pos_app.infrastructure.ledger.opening import LEDGER_FILE
from pos_app.infrastructure.ledger.store import AUTOCHECKPOINT_PAGES, WRITER_CACHE_KIB

SALES = 800
WARM_UP = 50
LINES = 10
MEMBERS = 250
#: An idle till moves its WAL into the file every twenty seconds, which is about each sale; here both do each tenth.
CHECKPOINT_EVERY = 10
_TABLES = ("journal", "posting", "document", "document_line", "lot", "print_job")


def run(large: bool) -> list[Figure]:
    """Measure."""
    with shop() as paths, open_shop(paths) as books:
        operator = log_in(books.till)
        books.ledger.checkpoint()
        floor_path = paths.data / "floor.db"
        shutil.copyfile(paths.data / LEDGER_FILE, floor_path)
        floor_file = DatabaseFile(floor_path, books.keys.ledger, "floor")
        try:
            values, floors = _measure(books, operator, floor_file)
        finally:
            floor_file.close()
    name = f"sale of {LINES} lines with member, quote to COMMIT"
    note = f"{len(values)} sales; floor: BEGIN, the same rows, COMMIT on the raw driver, FULL, encrypted"
    return [
        Figure(f"{name}, p50", median(values), "ms", floor=median(floors), most=4, note=note),
        Figure(f"{name}, p99", percentile(values, 99), "ms", limit=20, floor=percentile(floors, 99)),
    ]


def _measure(books: Books, operator: Operator, floor_file: DatabaseFile) -> tuple[list[float], list[float]]:
    till = books.till
    commands = _commands(books)
    floor = _Floor(floor_file, books)
    values: list[float] = []
    floors: list[float] = []
    for number in range(WARM_UP + SALES):
        if number % CHECKPOINT_EVERY == 0:
            books.ledger.checkpoint()
            floor.checkpoint()
        command = next(commands)
        begin = time.perf_counter()
        done = till.selling.complete(operator, command)
        value = time.perf_counter() - begin
        floor.take(done.seq)
        begin = time.perf_counter()
        floor.write()
        bare = time.perf_counter() - begin
        if number >= WARM_UP:
            values.append(value * 1e3)
            floors.append(bare * 1e3)
    return values, floors


def _commands(books: Books) -> Iterator[CompleteSale]:
    """What the cashier decides at the end of each sale; the quote on screen is made before the clock starts."""
    till, rng = books.till, random.Random(2)
    products, customers = goods(till), Customers.draw(books, MEMBERS).members
    while True:
        filled = basket(products, LINES, rng).with_member(rng.choice(customers))
        assert filled.member_id is not None
        customer = till.selling.member_view(filled.member_id).customer
        payable = till.selling.price(filled, customer, till.selling.programme()).payable
        tenders = (Tender(TenderKind.CASH, payable, payable),)
        yield CompleteSale(till.selling.new_sale_id(), filled, tenders, payable)


class _Floor:
    """The rows of a sale, written by the driver and nothing else."""

    def __init__(self, file: DatabaseFile, books: Books) -> None:
        writer = file.connect(Mode.WRITE, cache_kib=WRITER_CACHE_KIB)
        writer.plain(f"PRAGMA wal_autocheckpoint = {AUTOCHECKPOINT_PAGES}")
        self._driver = writer.driver
        self._books = DatabaseFile(books.ledger.path, books.keys.ledger, "ledger").connect(Mode.READ, cache_kib=8_192)
        self._columns = {
            table: len(self._books.plain(f"SELECT * FROM pragma_table_info('{table}')")) for table in _TABLES
        }
        self._rows: dict[str, list[Any]] = {}
        self._sql = {
            table: f"INSERT INTO {table} VALUES ({', '.join('?' * width)})" for table, width in self._columns.items()
        }

    def take(self, seq: int) -> None:
        """Read what the application wrote for a sale."""
        execute = self._books.driver.execute
        self._rows = {table: execute(f"SELECT * FROM {table} WHERE seq = ?", (seq,)).fetchall() for table in _TABLES}

    def write(self) -> None:
        """Write the same."""
        execute, many = self._driver.execute, self._driver.executemany
        execute("BEGIN IMMEDIATE")
        for table, rows in self._rows.items():
            many(self._sql[table], rows)
        execute(
            "INSERT INTO counter (name, value) VALUES ('receipt', 1)"
            " ON CONFLICT (name) DO UPDATE SET value = value + excluded.value"
        )
        execute("DELETE FROM draft")
        execute("COMMIT")

    def checkpoint(self) -> None:
        """Move the WAL into the file."""
        self._driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
