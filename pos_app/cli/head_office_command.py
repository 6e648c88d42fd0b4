"""``guitai head-office``: the server of a chain of shops, and what is done there from a terminal."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pos_app.cli.concern_words import concerns
from pos_app.cli.head_office_words import WORDS, say, state
from pos_app.cli.plain import plain
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

if TYPE_CHECKING:
    from sync.head_office.database import Connection
    from sync.head_office.records import Place

DATA_VARIABLE: Final = "GUITAI_OFFICE_DATA"
DSN_VARIABLE: Final = "GUITAI_OFFICE_DSN"
PORT: Final = 8443

DataOption = Annotated[
    Path | None, typer.Option("--data", envvar=DATA_VARIABLE, help="Folder of head office's data · 总部数据目录")
]
DsnOption = Annotated[
    str, typer.Option("--dsn", envvar=DSN_VARIABLE, help="PostgreSQL 15+; without it the bundled one · 数据库")
]
TillArgument = Annotated[str, typer.Argument(metavar="TILL", help="Its id or number · 收银机")]


class _Place:
    """Where head office is, as the command line names it."""

    data = Path()
    dsn = ""


def _folder(named: Path | None) -> Path:
    import platformdirs

    return named or Path(platformdirs.user_data_path("guitai-head-office", appauthor=False))


@contextmanager
def _desk() -> Iterator[Connection]:
    from sync.head_office.console import at_desk

    with at_desk(_Place.dsn, _Place.data) as connection:
        yield connection


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _time(ms: int) -> str:
    if ms == 0:
        return "–"
    return dt.datetime.fromtimestamp(ms / 1000).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _none() -> None:
    typer.echo(f"{WORDS['none'].zh} · {WORDS['none'].en}")


def head_office_app() -> typer.Typer:
    """The subcommands of ``guitai head-office``."""
    app = typer.Typer(help="Head office of several tills: server and administration · 总部服务", no_args_is_help=True)

    @app.callback()
    def where(data: DataOption = None, dsn: DsnOption = "") -> None:
        """Keep where head office is for the command that follows."""
        _Place.data, _Place.dsn = _folder(data), dsn

    _add_serve(app)
    _add_stores(app)
    _add_tills(app)
    _add_care(app)
    _add_verify(app)
    _add_backup(app)
    from pos_app.cli.head_office_publishing import add_publishing

    add_publishing(app, _desk, lambda: _Place.data)
    return app


def _add_serve(app: typer.Typer) -> None:
    @app.command("serve", help="Serve until told to stop · 启动总部服务")
    def serve(
        listen: Annotated[str, typer.Option("--listen", help="ADDRESS:PORT")] = f"0.0.0.0:{PORT}",
        name: Annotated[str, typer.Option("--name", help="How head office calls itself · 名称")] = "Guitai",
        names: Annotated[
            list[str] | None,
            typer.Option("--tls-name", help="Host name or address by which tills reach it; repeat · 主机名"),
        ] = None,
        data: DataOption = None,
        dsn: DsnOption = "",
    ) -> None:
        from sync.head_office.console import address_of, run_server
        from sync.head_office.serving import Listen

        _Place.data, _Place.dsn = data or _Place.data, dsn or _Place.dsn

        host, _, port = listen.rpartition(":")
        host = host.strip("[]")
        if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
            raise KnownError("office.listen_wrong", listen=listen)
        where = Listen(host, int(port), tuple(names or ()))

        def ready() -> None:
            typer.echo(say("listening", where=address_of(where), data=_Place.data))

        run_server(_Place.dsn, _Place.data, name, where, ready=ready)


def _add_stores(app: typer.Typer) -> None:
    store = typer.Typer(help="Stores · 门店", no_args_is_help=True)
    app.add_typer(store, name="store")

    @store.command("add", help="Add a store, or change it · 添加或修改门店")
    def add(
        code: Annotated[str, typer.Argument(help="Code · 代号")],
        name: Annotated[str, typer.Argument(help="Name on receipts · 小票店名")],
        address: Annotated[str, typer.Option(help="Address · 地址")] = "",
        phone: Annotated[str, typer.Option(help="Phone · 电话")] = "",
        tax_id: Annotated[str, typer.Option("--tax-id", help="Tax number · 税号")] = "",
        thanks: Annotated[str, typer.Option(help="Last line of receipts · 小票末行")] = "",
        day_starts: Annotated[int, typer.Option("--day-starts", min=0, max=23, help="Hour · 营业日开始")] = 4,
    ) -> None:
        from sync.head_office.enrolling import Store, put_store

        facts = {"address": address, "phone": phone, "tax_id": tax_id, "thanks": thanks}
        with _desk() as connection:
            put_store(connection, Store(code, name, {k: v for k, v in facts.items() if v}, day_starts_hour=day_starts))
        typer.echo(f"{code} {name}  ✓")

    @store.command("list", help="All stores · 列出门店")
    def listed() -> None:
        from sync.head_office.enrolling import stores

        with _desk() as connection:
            for each in stores(connection):
                typer.echo(f"{each.code} {each.name}")


def _add_tills(app: typer.Typer) -> None:
    till = typer.Typer(help="Tills · 收银机", no_args_is_help=True)
    app.add_typer(till, name="till")
    code = typer.Typer(help="Codes that make a machine a till · 加入码", no_args_is_help=True)
    app.add_typer(code, name="code")

    @till.command("list", help="All tills and where they stand · 列出收银机")
    def listed() -> None:
        _status()

    @app.command("status", help="All tills and where they stand · 各收银机状态")
    def status() -> None:
        _status()

    @till.command("revoke", help="Take a till out of service · 停用收银机")
    def revoke(named: TillArgument) -> None:
        from sync.head_office.enrolling import find_till, set_state

        with _desk() as connection:
            set_state(connection, find_till(connection, named), "revoked", _now_ms())
        typer.echo(f"{named}  ✓")

    @till.command("lost", help="Declare a till lost · 报失收银机")
    def lost(named: TillArgument) -> None:
        from sync.head_office.enrolling import find_till, set_state

        with _desk() as connection:
            set_state(connection, find_till(connection, named), "lost", _now_ms())
        typer.echo(f"{named}  ✓")

    @code.command("new", help="A code for one machine · 生成加入码")
    def new(
        store: Annotated[str, typer.Option("--store", help="Store · 门店")],
        number: Annotated[int | None, typer.Option("--number", min=1, max=9999, help="Number · 机号")] = None,
        successor_of: Annotated[
            str | None, typer.Option("--successor-of", help="Till whose books it goes on with · 接替哪台")
        ] = None,
        address: Annotated[
            str, typer.Option("--address", help="https://HOST:PORT by which the till reaches head office · 总部地址")
        ] = "",
    ) -> None:
        from sync.head_office.console import invitation
        from sync.head_office.enrolling import new_code

        with _desk() as connection:
            made = new_code(connection, store, _now_ms(), number=number, successor_of=successor_of)
            invited = invitation(connection, made, address)
        typer.echo(say("code", code=made, store=store))
        if invited:
            typer.echo(say("invitation", where=invited))
            typer.echo(_square(invited))


def _square(text: str) -> str:
    """A QR code in characters, for a scanner to read off the terminal."""
    import io

    import qrcode

    drawn, out = qrcode.QRCode(border=2), io.StringIO()
    drawn.add_data(text)
    drawn.print_ascii(out, invert=True)
    return out.getvalue()


def _status() -> None:
    from sync.head_office.console import tills

    with _desk() as connection:
        found = tills(connection)
    for each in found:
        values = {name: getattr(each, name) for name in each.__struct_fields__}
        why = state(each.fenced)
        fenced = LocalText(f"，{why.zh}", f", {why.en}") if each.fenced else ""
        values |= {"state": state(each.state), "fenced": fenced, "seen": _time(each.seen_ms)}
        typer.echo(say("till", **values))
    if not found:
        _none()


def _add_care(app: typer.Typer) -> None:
    quarantine = typer.Typer(help="Records that are not in the books · 搁置的记录", no_args_is_help=True)
    app.add_typer(quarantine, name="quarantine")
    attention = typer.Typer(help="What a manager should know · 待处理事项", no_args_is_help=True)
    app.add_typer(attention, name="attention")

    @quarantine.command("list", help="What is set aside, and why · 列出")
    def aside(
        named: Annotated[str, typer.Option("--till", help="Of one till · 收银机")] = "",
        dismissed: Annotated[bool, typer.Option("--dismissed", help="Dismissed ones, too · 含已驳回")] = False,
    ) -> None:
        from sync.head_office.enrolling import find_till
        from sync.head_office.quarantine import list_aside

        with _desk() as connection:
            till = find_till(connection, named) if named else ""
            rows = list_aside(connection, till, with_dismissed=dismissed)
        for row, what in zip(rows, concerns((row.reason, row.params) for row in rows), strict=True):
            place = f"{row.till}/{row.incarnation}/{row.seq}"
            held = f" (+{row.holds})" if row.holds else ""
            typer.echo(plain(f"{place}{held} {row.kind} {row.receipt_no} {row.reason} {row.params or ''}").rstrip())
            typer.echo(say("aside", state=state(row.state), what=what))
        if not rows:
            _none()

    @quarantine.command("release", help="Try a record again · 重试")
    def release(place: Annotated[str, typer.Argument(help="TILL/LIFE/SEQ as listed · 记录")]) -> None:
        from sync.head_office.quarantine import try_again

        with _desk() as connection:
            if not try_again(connection, _record(place)):
                raise KnownError("office.not_there", what=place)
        typer.echo(f"{place}  ✓")

    @quarantine.command("dismiss", help="It will never be in the books · 驳回")
    def dismiss(
        place: Annotated[str, typer.Argument(help="TILL/LIFE/SEQ as listed · 记录")],
        why: Annotated[str, typer.Option("--why", help="Reason · 原因")],
    ) -> None:
        from sync.head_office.quarantine import dismiss as put_away

        with _desk() as connection:
            if not put_away(connection, _record(place), why, getpass.getuser()):
                raise KnownError("office.not_there", what=place)
        typer.echo(f"{place}  ✓")

    @attention.command("list", help="What nobody has seen yet · 列出")
    def listed() -> None:
        from sync.head_office.console import notices

        with _desk() as connection:
            found = notices(connection)
        for each, what in zip(found, concerns((each.code, each.params) for each in found), strict=True):
            place = f"{each.attention_id} {_time(each.raised_ms)} {each.store} {each.till}"
            typer.echo(plain(f"{place} {each.code} {each.params or ''}").rstrip())
            typer.echo(say("attention", what=what))
        if not found:
            _none()

    @attention.command("seen", help="Say that it was seen · 标为已阅")
    def seen(named: Annotated[str, typer.Argument(help="Id as listed · 编号")]) -> None:
        from uuid import UUID

        from sync.head_office.console import mark_seen

        try:
            attention_id = UUID(named)
        except ValueError:
            raise KnownError("office.not_there", what=named) from None
        with _desk() as connection:
            if not mark_seen(connection, attention_id, _now_ms()):
                raise KnownError("office.not_there", what=named)
        typer.echo(f"{named}  ✓")


def _add_verify(app: typer.Typer) -> None:
    @app.command("verify", help="Make the books again from the journals by other code, and compare · 核对账目")
    def verify() -> None:
        from sync.head_office.audit import audit

        with _desk() as connection:
            found = audit(connection)
        for each in found.wrong:
            typer.echo(plain(f"{each.till} {each.seq} {each.what}").strip())
        typer.echo(say("audited", records=found.records, accounts=found.accounts, wrong=len(found.wrong)))
        raise typer.Exit(1 if found.wrong else 0)


def _record(place: str) -> Place:
    from sync.head_office.records import Place

    till, _, rest = place.partition("/")
    life, _, seq = rest.partition("/")
    if not (till and life.isdecimal() and seq.isdecimal() and len(life + seq) < 18):
        raise KnownError("office.not_there", what=place)
    return Place(till, int(life), int(seq))


def _add_backup(app: typer.Typer) -> None:
    @app.command("import-journal", help="Take the records of a till from the file it wrote · 导入收银机流水文件")
    def import_journal(file: Annotated[Path, typer.Argument(help="Of `guitai journal export` · 流水文件")]) -> None:
        from sync.head_office.console import take_file

        try:
            with file.open("rb") as opened:
                found = take_file(_Place.dsn, _Place.data, opened, _now_ms())
        except OSError as error:
            raise KnownError("office.no_file", file=str(file)) from error
        typer.echo(say("journal_taken", till=found.till, records=found.records, new=found.new, last=found.accepted))

    @app.command("backup", help="Write the database to a new file · 备份数据库")
    def backup(out: Annotated[Path, typer.Argument(help="A new file · 新文件")]) -> None:
        from sync.head_office.console import back_up

        back_up(_Place.dsn, _Place.data, out)
        typer.echo(f"{out}  ✓")

    @app.command("restore", help="Put the database back; the server must be stopped · 恢复数据库")
    def restored_from(file: Annotated[Path, typer.Argument(help="A backup · 备份文件")]) -> None:
        from sync.head_office.console import restore

        typer.echo(say("epoch", epoch=restore(_Place.dsn, _Place.data, file)))

    @app.command("restored", help="The database was put back by other means · 已用其他方式恢复")
    def restored() -> None:
        from sync.head_office.epochs import begin_epoch

        with _desk() as connection:
            epoch = begin_epoch(connection)
        typer.echo(say("epoch", epoch=epoch))


def ask_pin(name: str) -> str:
    """A new PIN: from ``GUITAI_NEW_PIN``, or asked at the terminal.

    Raises:
        KnownError: ``pin.new_needed``.
    """
    pin = os.environ.get("GUITAI_NEW_PIN", "")
    if pin:
        return pin
    if not sys.stdin.isatty():
        raise KnownError("pin.new_needed")
    return getpass.getpass(f"{name} PIN: ")
