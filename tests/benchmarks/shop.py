"""A till with the demo shop's goods, staff and rules, and a crowd of members, in a folder that is thrown away."""

from __future__ import annotations

import contextlib
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from benchmarks.crowd import MILLION, crowd

from pos_app.application.till import Till
from pos_app.bootstrap import demo
from pos_app.bootstrap.devices import scan_config
from pos_app.bootstrap.till import Books, open_books
from pos_app.config import DeviceSettings, PrinterSettings, Settings
from pos_app.domain.catalog import Product
from pos_app.domain.ids import MemberId, StaffId
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.unit_code_rules import needs_code
from pos_app.domain.quantity import Quantity
from pos_app.domain.staff import Operator
from pos_app.infrastructure.keys import SECRET_FILE
from pos_app.infrastructure.paths import Paths, paths_below
from pos_app.infrastructure.replica.store import REPLICA_FILE
from pos_app.infrastructure.settings import load_settings, save_settings
from pos_app.runtime.lanes import Lanes

#: The demo's manager.
STAFF, PIN = StaffId("03"), "3333"
FLOAT = Money(30_000)


@contextlib.contextmanager
def shop(*, members: int = MILLION, printer: PrinterSettings | None = None) -> Iterator[Paths]:
    """The folders of a till that was set up and has its shift open."""
    folder = Path(tempfile.mkdtemp(prefix="guitai-bench-shop-"))
    try:
        paths = paths_below(folder)
        paths.make()
        for name in (REPLICA_FILE, SECRET_FILE):
            shutil.copyfile(crowd(members) / name, paths.data / name)
        settings = demo.demo_settings(Settings(devices=DeviceSettings(printer=printer or PrinterSettings())))
        if printer is None:
            settings = msgspec.structs.replace(settings, devices=DeviceSettings())
        save_settings(paths.settings, settings)
        with open_shop(paths) as books:
            demo.seed(books.till.context)
            books.till.shifts.open(log_in(books.till), FLOAT)
        yield paths
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def open_shop(paths: Paths) -> Iterator[Books]:
    """Its books, all lanes in the caller's thread."""
    settings = load_settings(paths.settings).settings
    books = open_books(paths, settings, scan_config(settings), Lanes(inline=True))
    try:
        yield books
    finally:
        books.close()


def log_in(till: Till) -> Operator:
    """The manager at the till."""
    return till.session.log_in(STAFF, PIN)


def goods(till: Till) -> list[Product]:
    """Everything that is sold by the piece and has a barcode."""
    replica = till.context.replica
    found = [each for category in replica.categories() for each in replica.products_of(category.category_id, 1_000)]
    rules = till.selling.programme().unit_codes
    return [
        each
        for each in found
        if each.barcodes and not each.is_weighed and not each.is_open_price and not needs_code(rules, each)
    ]


@dataclass(frozen=True)
class Customers:
    """Members of the crowd, drawn at random; some come again, so that they have a past."""

    members: Sequence[MemberId]

    @classmethod
    def draw(cls, books: Books, many: int, seed: int = 1) -> Customers:
        """So many of all there are."""
        rng = random.Random(seed)
        replica = books.replica.reader
        ids: list[MemberId] = []
        while len(ids) < many:
            found = replica.members_by_last_four(f"{rng.randrange(10_000):04d}", 20)
            ids += [each.member_id for each in rng.sample(list(found), min(1, len(found)))]
        return cls(ids)


def basket(products: Sequence[Product], lines: int, rng: random.Random) -> Basket:
    """A basket of so many different goods."""
    filled = Basket()
    for product in rng.sample(list(products), lines):
        filled = filled.add(product, Quantity.pieces(rng.randint(1, 3)))
    return filled
