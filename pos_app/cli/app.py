"""``guitai``'s subcommands, put together."""

from __future__ import annotations

import contextlib
import getpass
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos_app.cli import words
from pos_app.errors import KnownError
from pos_app.version import __version__

if TYPE_CHECKING:
    from pos_app.application.context import TillContext
    from pos_app.domain.staff import Operator
    from pos_app.infrastructure.paths import Paths

HomeOption = Annotated[Path | None, typer.Option("--home", help="Folder of the till's data · 数据目录")]


class TerminalTill:
    """A till that the command line has opened (fulfils ``import_command.OpenedTill``).

    Attributes:
        context: Its use cases' world.
        language: The user's language.
    """

    def __init__(self, context: TillContext, language: str) -> None:
        self.context = context
        self.language = language

    def operator(self) -> Operator:
        """Who does it: somebody who may, by number and PIN (``GUITAI_STAFF`` and ``GUITAI_PIN`` for scripts)."""
        from pos_app.application.session import SessionService
        from pos_app.domain.ids import StaffId
        from pos_app.domain.staff import Permission

        session = SessionService(self.context)
        approvers = session.approvers(Permission.SETTINGS)
        if not approvers:
            raise KnownError("staff.unknown")
        staff_id = os.environ.get("GUITAI_STAFF", "")
        pin = os.environ.get("GUITAI_PIN", "")
        if not pin:
            if not sys.stdin.isatty():
                raise KnownError("pin.needed")
            names = ", ".join(f"{each.staff_id} {each.name}" for each in approvers)
            staff_id = typer.prompt(f"{words.say('who', self.language)} ({names})", default=approvers[0].staff_id)
            pin = getpass.getpass("PIN: ")
        return session.log_in(StaffId(staff_id or approvers[0].staff_id), pin)


def _paths(home: Path | None) -> Paths:
    from pos_app.infrastructure.paths import paths_below, till_paths

    return till_paths() if home is None else paths_below(home)


def _no_till() -> KnownError:
    """There is no till here; where the demo shop was opened, it says how to reach that."""
    from pos_app.bootstrap.demo import demo_paths
    from pos_app.infrastructure.ledger.opening import LEDGER_FILE

    demo = demo_paths().data
    if (demo / LEDGER_FILE).is_file():
        return KnownError("till.only_demo", demo=str(demo.parent))
    return KnownError("till.not_set_up")


@contextlib.contextmanager
def open_till(paths: Paths) -> Iterator[TerminalTill]:
    """Open a till without its window; the window must be closed.

    Raises:
        KnownError: ``till.not_set_up``, ``till.only_demo``; as ``open_books``.
    """
    from pos_app.bootstrap.devices import scan_config
    from pos_app.bootstrap.till import open_books
    from pos_app.infrastructure.settings import load_settings
    from pos_app.runtime.lanes import Lanes

    settings = load_settings(paths.settings).settings
    if not settings.till_id:
        raise _no_till()
    lanes = Lanes(inline=True)
    books = open_books(paths, settings, scan_config(settings), lanes)
    try:
        yield TerminalTill(books.till.context, settings.language)
    finally:
        books.close()
        lanes.shutdown()


@contextlib.contextmanager
def _manager(paths: Paths) -> Iterator[Operator]:
    """A manager who says so with a PIN."""
    with open_till(paths) as till:
        yield till.operator()


def make_app(home: Path | None = None) -> typer.Typer:
    """The command line with all its subcommands.

    Args:
        home: Folder of the till's data, as named anywhere on the command line.
    """
    from pos_app.cli.devices_command import devices_app
    from pos_app.cli.gift_cards_command import gift_cards_app
    from pos_app.cli.head_office_command import head_office_app
    from pos_app.cli.import_command import import_app
    from pos_app.cli.member_codes_command import member_codes_app
    from pos_app.cli.programme_command import programme_app
    from pos_app.cli.removal_command import add_may_remove
    from pos_app.cli.sync_command import add_go_on, journal_app, sync_app
    from pos_app.cli.unit_codes_command import unit_codes_app

    app = typer.Typer(name="guitai", no_args_is_help=False, add_completion=False)
    named = home
    chosen: dict[str, Path | None] = {"home": None}

    @app.callback(invoke_without_command=True, help=words.TITLE, epilog=words.WINDOW_NOTE)
    def top(
        home: HomeOption = None,  # here for the help alone: it was taken out before
        version: Annotated[bool, typer.Option("--version", help="Show the version · 显示版本")] = False,
    ) -> None:
        if version:
            typer.echo(f"guitai {__version__}")
            raise typer.Exit

    imports = import_app(lambda: open_till(_paths(chosen["home"] or named)))

    @imports.callback()
    def which(home: HomeOption = None) -> None:
        chosen["home"] = home

    app.add_typer(imports, name="import")
    _add_verify(app, named)
    app.add_typer(programme_app(lambda given: open_till(_paths(given or named))), name="programme")
    app.add_typer(devices_app(lambda given: _paths(given or named), open_till), name="devices")
    app.add_typer(unit_codes_app(), name="unit-codes")
    app.add_typer(member_codes_app(), name="member-codes")
    app.add_typer(gift_cards_app(lambda given: open_till(_paths(given or named))), name="gift-cards")
    app.add_typer(head_office_app(), name="head-office")
    app.add_typer(sync_app(lambda given: _paths(given or named)), name="sync")
    app.add_typer(journal_app(lambda given: _paths(given or named)), name="journal")
    add_go_on(app, lambda given: _paths(given or named))
    add_may_remove(app, lambda given: _paths(given or named), _manager)
    _add_staff(app, named)
    _add_shows(app)
    return app


def _add_verify(app: typer.Typer, named: Path | None) -> None:
    @app.command("verify", help="Check a ledger file: chain, signatures, postings, totals · 校验账本")
    def verify(
        file: Annotated[Path | None, typer.Argument(help="ledger.db; without it, this till's own · 账本文件")] = None,
        home: HomeOption = None,
        head: Annotated[str, typer.Option(help="Short head (凭证码) of a receipt that must be in it")] = "",
    ) -> None:
        from pos_app.infrastructure.audit import verify as audit
        from pos_app.infrastructure.keys import load_keys
        from pos_app.infrastructure.ledger.opening import LEDGER_FILE

        home = home or named
        paths = _paths(home)
        path = file or paths.data / LEDGER_FILE
        if not path.is_file():
            raise KnownError("ledger.missing", place=str(path)) if file is not None else _no_till()
        folder = path.parent if file is not None and home is None else paths.data
        keys = load_keys(folder, may_make=False).keys
        report = audit(path, keys.ledger, keys.signer().public_key, head)
        typer.echo(words.audit(report))
        raise typer.Exit(0 if report.ok else 1)


def _add_staff(app: typer.Typer, named: Path | None) -> None:
    @app.command("staff", help="Add somebody, or give them another PIN · 添加员工或改 PIN", epilog=words.NEW_PIN_NOTE)
    def staff(
        number: Annotated[str, typer.Argument(help="Number in the shop · 工号")],
        name: Annotated[str, typer.Argument(help="Name · 姓名")],
        role: Annotated[str, typer.Option(help="cashier, supervisor or manager · 收银员、主管或店长")] = "cashier",
        home: HomeOption = None,
    ) -> None:
        from pos_app.application.setting_up import SetUpService
        from pos_app.domain.staff import Role

        if role not in set(Role):
            raise KnownError("role.unknown", role=role)
        with open_till(_paths(home or named)) as till:
            operator = till.operator()
            pin = os.environ.get("GUITAI_NEW_PIN", "")
            if not pin:
                if not sys.stdin.isatty():
                    raise KnownError("pin.new_needed")
                pin = getpass.getpass(f"{name} PIN: ")
            SetUpService(till.context).add_staff(operator, number, name, Role(role), pin)
        typer.echo(f"{number} {name}  ✓")


def _add_shows(app: typer.Typer) -> None:
    @app.command("demo-tour", help="A guided day off screen, with pictures · 无屏演示")
    def demo_tour(
        out: Annotated[Path | None, typer.Option(help="Folder for the pictures")] = None,
        language: Annotated[str, typer.Option(help="zh_CN or en")] = "zh_CN",
    ) -> None:
        from pos_app.bootstrap.tour import run_tour

        raise typer.Exit(run_tour(out, language))

    @app.command("screenshots", help="Pictures of every screen in both languages · 全部界面截图")
    def screenshots(out: Annotated[Path | None, typer.Option(help="Folder for the pictures")] = None) -> None:
        from pos_app.bootstrap.tour import run_screenshots

        raise typer.Exit(run_screenshots(out))
