"""``guitai unit-codes``: keys and signed links for a brand's own labels."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from pos_app.errors import KnownError

#: More links than this are made in several runs, each of which is kept.
_MOST: Final = 1_000_000


def unit_codes_app() -> typer.Typer:
    """The subcommands of ``guitai unit-codes``."""
    app = typer.Typer(help="One item, one code: keys and signed links for labels · 一物一码", no_args_is_help=True)

    @app.command("key", help="Make a key that signs labels · 生成签名密钥")
    def key(
        file: Annotated[Path, typer.Argument(help="A new file for the private part · 私钥文件")],
        key_id: Annotated[str, typer.Option("--key-id", help="Its name in links · 密钥名")] = "k1",
    ) -> None:
        from pos_app.infrastructure.unit_labels import make_key

        made = make_key(file, key_id)
        typer.echo("# 写进会员方案 · for the programme:")
        typer.echo(f'[[unit_codes.keys]]\nkey_id = "{made.key_id}"\npublic_key = "{made.public_key}"')

    @app.command("make", help="Make signed links, one a line · 批量生成带签名的商品码")
    def make(
        key_file: Annotated[Path, typer.Option("--key", help="File of the private part · 私钥文件")],
        item: Annotated[str, typer.Option("--item", help="Number of the goods: a GTIN · 商品条码")],
        site: Annotated[str, typer.Option("--site", help="Where the links lead: https://… · 链接网址")],
        count: Annotated[int, typer.Option("--count", min=1, max=_MOST, help="How many · 数量")] = 1,
        out: Annotated[Path | None, typer.Option("--out", help="A new file for them · 输出文件")] = None,
    ) -> None:
        from pos_app.infrastructure.unit_labels import read_key

        links = (link for _, link in read_key(key_file).links(site, item, count))
        if out is None:
            for link in links:
                typer.echo(link)
            return
        try:
            with out.open("x", encoding="utf-8", newline="\n") as file:
                file.writelines(f"{link}\n" for link in links)
        except OSError as error:
            raise KnownError("file.not_written", reason=str(error)) from error
        typer.echo(f"{out}  {count}  ✓")

    return app
