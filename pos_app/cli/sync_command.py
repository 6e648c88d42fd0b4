"""``guitai sync`` and ``guitai journal``: the line to head office from a terminal, and a file instead of it."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos_app.cli import words
from pos_app.errors import KnownError

if TYPE_CHECKING:
    from pos_app.application.head_office import SyncStatus
    from pos_app.infrastructure.paths import Paths

HomeOption = Annotated[Path | None, typer.Option("--home", help="Folder of the till's data · 数据目录")]
FindPaths = Callable[[Path | None], "Paths"]


def sync_app(find_paths: FindPaths) -> typer.Typer:
    """The subcommands of ``guitai sync``."""
    app = typer.Typer(help="The line to head office · 与总部的连接", no_args_is_help=True)

    @app.command("status", help="What head office has of this till · 总部已有本机的哪些记录")
    def status(home: HomeOption = None) -> None:
        from pos_app.infrastructure.ledger.opening import read_ledger
        from pos_app.infrastructure.sync.journal import kept_of
        from pos_app.infrastructure.sync.membership import membership_of

        with read_ledger(*_ledger_of(find_paths(home))) as reader:
            member, head, unsynced = membership_of(reader), reader.head(), reader.unsynced()
            kept = kept_of(reader)
        if member is None:
            raise KnownError("sync.alone")
        typer.echo(words.sync_status(member.address, member.store, head.seq, unsynced, kept.applied, kept.epoch))

    @app.command("now", help="Send and fetch everything now; the window must be closed · 立即同步（先关闭窗口）")
    def now(home: HomeOption = None) -> None:
        from pos_app.bootstrap.sync_once import sync_once
        from pos_app.infrastructure.settings import load_settings

        paths = find_paths(home)
        _ledger_of(paths)
        last: list[SyncStatus] = []

        def tell(status: SyncStatus) -> None:
            if not last or last[-1].waiting != status.waiting or last[-1].behind != status.behind:
                typer.echo(f"↑ {status.waiting:,}  ↓ {status.behind:,}")
            last.append(status)

        reason = sync_once(paths, load_settings(paths.settings).settings, tell)
        if reason:
            raise KnownError(reason)
        typer.echo("✓")

    return app


def add_go_on(app: typer.Typer, find_paths: FindPaths) -> None:
    """Put ``go-on-with-copy`` into the command line."""

    @app.command(
        "go-on-with-copy",
        help="Open books that an older copy was put in place of · 用恢复的旧账本继续营业",
        epilog=words.OLDER_NOTE,
    )
    def go_on(home: HomeOption = None) -> None:
        from pos_app.bootstrap.older_copy import go_on_with_older

        staff_id, pin = os.environ.get("GUITAI_STAFF", ""), os.environ.get("GUITAI_PIN", "")
        if not pin:
            if not sys.stdin.isatty():
                raise KnownError("pin.needed")
            typer.echo(words.OLDER_NOTE)
            staff_id = typer.prompt("工号 number")
            pin = getpass.getpass("PIN: ")
        typer.echo(words.went_on(go_on_with_older(find_paths(home), staff_id, pin)))


def journal_app(find_paths: FindPaths) -> typer.Typer:
    """The subcommands of ``guitai journal``."""
    app = typer.Typer(help="The till's journal as a file · 流水导出", no_args_is_help=True)

    @app.command("export", help="Records for head office, where there is no line · 无法联网时导出给总部")
    def export(
        file: Annotated[Path, typer.Argument(help="A new file · 新文件")],
        everything: Annotated[bool, typer.Option("--all", help="Also what head office has · 包括总部已有的")] = False,
        people: Annotated[
            bool,
            typer.Option("--people", help="With members' personal data: guard the file · 含会员个人信息，请妥善保管"),
        ] = False,
        home: HomeOption = None,
    ) -> None:
        from pos_app.bootstrap.devices import scan_config
        from pos_app.bootstrap.till import open_books
        from pos_app.infrastructure.settings import load_settings
        from pos_app.infrastructure.sync.exporting import Exported, export_batches
        from pos_app.infrastructure.sync.journal import LedgerJournal
        from pos_app.runtime.lanes import Lanes
        from sync.protocol.export import write_export

        paths = find_paths(home)
        _ledger_of(paths)
        settings, lanes, done = load_settings(paths.settings).settings, Lanes(inline=True), Exported()
        books = open_books(paths, settings, scan_config(settings), lanes)
        try:
            journal = LedgerJournal(books.ledger, books.replica.reader.member)
            after = 0 if everything else journal.kept().accepted.seq
            batches = export_batches(journal, books.till.context.till, after_seq=after, with_people=people, done=done)
            try:
                handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "wb") as out:
                    write_export(out, batches)
                    out.flush()
                    os.fsync(out.fileno())
            except OSError as error:
                raise KnownError("file.not_written", reason=str(error)) from error
        finally:
            books.close()
            lanes.shutdown()
        typer.echo(words.exported(str(file), done.records, done.first, done.last, done.people, with_people=people))

    @app.callback()
    def only() -> None:
        """Keep ``export`` a subcommand though it is the only one."""

    return app


def _ledger_of(paths: Paths) -> tuple[Path, bytes]:
    """The till's ledger and its key.

    Raises:
        KnownError: ``till.not_set_up``; as ``load_keys``.
    """
    from pos_app.infrastructure.keys import load_keys
    from pos_app.infrastructure.ledger.opening import LEDGER_FILE

    path = paths.data / LEDGER_FILE
    if not path.is_file():
        raise KnownError("till.not_set_up")
    return path, load_keys(paths.data, may_make=False).keys.ledger
