"""A new till with very many members: how soon it sells, how long it takes, and what the counter feels meanwhile."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec
from benchmarks.crowd import MILLION, UNTIL
from benchmarks.figures import Figure
from pos_testkit.till import TILL, some_products

from pos_app.application.demo import generate_members
from pos_app.domain import codec
from pos_app.domain.ids import LotId
from pos_app.domain.ledger.lots import Base, DayDone
from pos_app.domain.member import Lot, Member, Usage
from sync.protocol.messages import ChunkName, FeedRow, Manifest, RowKind
from sync.protocol.pages import CHUNK_ROWS, pack_chunk


def run(large: bool) -> list[Figure]:
    """Measure."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.probe_snapshot", str(crowd_chunks(MILLION))],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    name = f"snapshot of {MILLION:,} members"
    return [
        Figure(f"{name}: sells after", found["sells_after_s"] * 1000, "ms", limit=3_000),
        Figure(f"{name}: whole", found["built_s"] * 1000, "ms", limit=60_000, note="without the download"),
        Figure(f"{name}: exchange", found["swap_ms"], "ms", limit=50),
        Figure(f"{name}: memory", found["peak_mb"], "MB", limit=300),
        Figure(f"{name}: COMMIT meanwhile, p99", found["commit_p99_ms"], "ms", limit=30),
        Figure(f"{name}: window late by, most", found["late_max_ms"], "ms", limit=50),
    ]


def crowd_chunks(count: int) -> Path:
    """A folder with a manifest and chunks of so many members with accounts; made when it is not there yet."""
    folder = Path(tempfile.gettempdir()) / f"guitai-bench-chunks-{count}"
    if not folder.exists():
        part = folder.with_suffix(".part")
        part.mkdir(exist_ok=True)
        goods = [FeedRow(RowKind.PRODUCT, each.product_id, _raw(each)) for each in some_products()]
        first = (_write(part, goods),)
        members = generate_members(count, until=UNTIL)
        rows = _rows(members)
        chunks: list[ChunkName] = []
        while some := list(islice(rows, CHUNK_ROWS)):
            chunks.append(_write(part, some))
        manifest = Manifest("bench", 1, 0, {TILL.till_id: 0}, count * 2, first, tuple(chunks))
        (part / "manifest.json").write_bytes(msgspec.json.encode(manifest))
        part.rename(folder)
    return folder


def _rows(members: Iterator[Member]) -> Iterator[FeedRow]:
    for number, each in enumerate(members):
        yield FeedRow(RowKind.PERSON, each.member_id.hex, _raw(each))
        day = UNTIL - dt.timedelta(days=number % 300)
        days = tuple(DayDone(day - dt.timedelta(days=n), 12_300, 1, 12, 1) for n in reversed(range(number % 6)))
        until = day + dt.timedelta(days=365)
        lots = tuple(Lot(LotId(each.member_id), 100 + n, day, until) for n in range(1 + number % 2))
        usage = tuple(Usage("visits", one.on, 1) for one in days)
        base = Base(lots=lots, days=days, usage=usage, last_visit=day)
        yield FeedRow(RowKind.ACCOUNT, each.member_id.hex, _raw(base))


def _raw(value: object) -> msgspec.Raw:
    return msgspec.Raw(codec.encode(value))


def _write(folder: Path, rows: list[FeedRow]) -> ChunkName:
    name, data = pack_chunk(rows)
    (folder / name.sha256).write_bytes(data)
    return name
