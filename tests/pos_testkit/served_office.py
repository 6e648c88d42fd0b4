"""A small head office behind a real socket, and tills that belong to it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pos_testkit.loopback import Loopback, loopback
from pos_testkit.small_office import SmallOffice
from pos_testkit.till import SECRET, TILL, RealTill, some_products

from pos_app.infrastructure.keys import SECRET_FILE, Keys
from pos_app.infrastructure.paths import paths_below
from pos_app.infrastructure.sync.membership import Membership, join

GOODS = some_products()


@contextmanager
def served() -> Iterator[tuple[SmallOffice, Loopback]]:
    office = SmallOffice(Keys(SECRET).signer().public_key, lambda: time.time_ns() // 1_000_000)
    with loopback(office) as server:
        office.ca_pem = server.ca_pem
        yield office, server


def joined(office: SmallOffice, server: Loopback, till: RealTill) -> None:
    member = Membership(server.address, server.ca_pem, office.public_key, TILL.till_id, 1, 1, "S8", "江边店")
    join(till.ledger, member)
    till.sell(GOODS[0])


def new_home(folder: Path) -> Path:
    """A folder of a till that was never set up, with a key that needs no keyring."""
    data = paths_below(folder).data
    data.mkdir(parents=True)
    (data / SECRET_FILE).write_text(SECRET.hex(), encoding="ascii")
    return data
