"""``guitai gift-cards``: numbers of cards for whoever prints them."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pos_app.errors import KnownError

if TYPE_CHECKING:
    from pos_app.cli.app import TerminalTill
    from pos_app.domain.programme.document import Programme

#: More cards than this are made in several runs, each of which is kept.
_MOST: Final = 100_000


def gift_cards_app(open_till: Callable[[Path | None], AbstractContextManager[TerminalTill]]) -> typer.Typer:
    """The subcommands of ``guitai gift-cards``."""
    app = typer.Typer(help="Numbers of gift cards for printing · 礼品卡号", no_args_is_help=True)

    @app.command("make", help="Make card numbers, one a line, that nobody can guess · 批量生成礼品卡号")
    def make(
        kind: Annotated[str, typer.Option("--kind", help="Kind of card in the programme · 卡种")],
        out: Annotated[Path, typer.Option("--out", help="A new file for them; guard it like money · 输出文件")],
        count: Annotated[int, typer.Option("--count", min=1, max=_MOST, help="How many · 数量")] = 1,
        programme: Annotated[
            Path | None, typer.Option("--programme", help="A programme file; without it, the till's own · 方案文件")
        ] = None,
        home: Annotated[Path | None, typer.Option("--home", help="Folder of the till's data · 数据目录")] = None,
    ) -> None:
        from pos_app.cli.programme_command import read_programme

        if programme is not None:
            numbers = _numbers(read_programme(programme), kind, count)
        else:
            with open_till(home) as till:
                numbers = _numbers(till.context.programme(), kind, count)
        _write(out, numbers)
        typer.echo(f"{out}  {count}  ✓")

    @app.callback()
    def only() -> None:
        """Keep ``make`` a subcommand though it is the only one."""

    return app


def _numbers(programme: Programme, kind_id: str, count: int) -> list[str]:
    """Different numbers of one kind.

    Raises:
        KnownError: ``gift_card.kind_unknown``.
    """
    import secrets

    from pos_app.domain.gift_card_numbers import gift_card_number, random_digits

    kind = next((each for each in programme.gift_cards if each.kind_id == kind_id), None)
    if kind is None:
        known = ", ".join(each.kind_id for each in programme.gift_cards)
        raise KnownError("gift_card.kind_unknown", kind=kind_id, known=known)
    most = 10 ** random_digits(kind.prefix)
    made: dict[str, None] = {}
    while len(made) < count:
        made[gift_card_number(kind.prefix, secrets.randbelow(most))] = None
    return list(made)


def _write(out: Path, numbers: list[str]) -> None:
    """Write the numbers to a new file that nobody else may read.

    Raises:
        KnownError: ``file.not_written``.
    """
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii", newline="\n") as file:
            file.writelines(f"{number}\n" for number in numbers)
    except OSError as error:
        raise KnownError("file.not_written", reason=str(error)) from error
