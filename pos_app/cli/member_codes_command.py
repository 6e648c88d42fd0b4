"""``guitai member-codes``: the key that signs members' codes, and codes to try them with."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from pos_app.errors import KnownError


def member_codes_app() -> typer.Typer:
    """The subcommands of ``guitai member-codes``."""
    app = typer.Typer(help="Members' codes from a phone: key and codes to try · 会员动态码", no_args_is_help=True)

    @app.command("key", help="Make the key of whoever makes the codes · 生成签名密钥")
    def key(
        file: Annotated[Path, typer.Argument(help="A new file for the private part · 私钥文件")],
    ) -> None:
        from pos_app.infrastructure.unit_labels import make_key

        made = make_key(file, "member")
        typer.echo("# 写进会员方案 · for the programme:")
        typer.echo(f'[member_codes]\nkeys = ["{made.public_key}"]\nlasts_minutes = 5')

    @app.command("make", help="Make the code of a member as of now · 生成一个会员动态码")
    def make(
        key_file: Annotated[Path, typer.Option("--key", help="File of the private part · 私钥文件")],
        member: Annotated[str, typer.Argument(help="The member's id · 会员 ID")],
    ) -> None:
        from pos_app.domain.ids import MemberId
        from pos_app.infrastructure.unit_labels import read_key

        try:
            member_id = MemberId(UUID(member))
        except ValueError as error:
            raise KnownError("member_code.id_wrong", member=member) from error
        typer.echo(read_key(key_file).member_code(member_id, time.time_ns() // 1_000_000))

    return app
