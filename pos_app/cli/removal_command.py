"""``guitai may-remove``: whether the till's data may go, for uninstallers and people; ``guitai reset``: it goes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pos_app.cli import words
from pos_app.errors import KnownError

if TYPE_CHECKING:
    from pos_app.domain.ledger.journal import Head
    from pos_app.domain.staff import Operator
    from pos_app.infrastructure.paths import Paths

HomeOption = Annotated[Path | None, typer.Option("--home", help="Folder of the till's data · 数据目录")]
#: What uninstallers look for: there are records that nobody else has.
NOT_SENT: Final = 3


def add_may_remove(
    app: typer.Typer,
    find_paths: Callable[[Path | None], Paths],
    approve: Callable[[Paths], AbstractContextManager[Operator]],
) -> None:
    """Put the command into the command line."""

    @app.command(
        "may-remove", help="May this till's data go? 0 yes, 3 no · 能否移除本机数据", epilog=words.REMOVAL_NOTE
    )
    def may_remove(
        exported: Annotated[
            Path | None, typer.Option("--exported", help="A file of guitai journal export · 已导出的流水文件")
        ] = None,
        home: HomeOption = None,
    ) -> None:
        _check(find_paths(home), exported, approve)

    @app.command("reset", help="Remove the data after the same check · 清除本机数据", epilog=words.REMOVAL_NOTE)
    def reset(
        exported: Annotated[
            Path | None, typer.Option("--exported", help="A file of guitai journal export · 已导出的流水文件")
        ] = None,
        yes: Annotated[bool, typer.Option("--yes", help="Do not ask again · 不再询问")] = False,
        home: HomeOption = None,
    ) -> None:
        from pos_app.infrastructure.forgetting import forget_till

        paths = find_paths(home)
        _check(paths, exported, approve)
        if not yes:
            if not sys.stdin.isatty():
                raise KnownError("reset.not_confirmed")
            typer.confirm(words.reset_question(str(paths.data)), abort=True)
        typer.echo(words.reset_done(forget_till(paths)))


def _check(paths: Paths, exported: Path | None, approve: Callable[[Paths], AbstractContextManager[Operator]]) -> None:
    """Say that the data may go, or end the command."""
    head, unsynced = _standing(paths)
    if not unsynced:
        typer.echo(words.MAY_REMOVE)
        return
    if exported is None:
        typer.echo(words.must_not_remove(unsynced), err=True)
        raise typer.Exit(NOT_SENT)
    if not _holds(exported, head, unsynced):
        raise KnownError("journal.not_exported", count=unsynced, place=str(exported))
    with approve(paths) as operator:
        typer.echo(f"{words.MAY_REMOVE}  {operator.staff_id} {operator.name}")


def _standing(paths: Paths) -> tuple[Head, int]:
    """The journal's head, and how many records nobody else has."""
    from pos_app.domain.ledger.journal import GENESIS
    from pos_app.infrastructure.keys import load_keys
    from pos_app.infrastructure.ledger.opening import LEDGER_FILE, read_ledger

    path = paths.data / LEDGER_FILE
    if not path.is_file():
        return GENESIS, 0
    with read_ledger(path, load_keys(paths.data, may_make=False).keys.ledger) as reader:
        return reader.head(), reader.unsynced()


def _holds(file: Path, head: Head, unsynced: int) -> bool:
    """Whether an export holds all that nobody else has, to the last record."""
    from sync.protocol.batch import unpack
    from sync.protocol.chain import hashes
    from sync.protocol.errors import RefusedError
    from sync.protocol.export import read_export

    first, last = 0, b""
    try:
        with file.open("rb") as source:
            for data in read_export(source):
                batch = unpack(data)
                if not batch.payloads:
                    continue
                before = batch.header.before
                if first and before.hash != last:
                    return False
                first = first or before.seq + 1
                last = hashes(before.hash, batch.payloads)[-1]
    except (OSError, RefusedError):
        return False
    return 0 < first <= head.seq - unsynced + 1 and last == head.hash
