"""The demo shop: invented, Chinese, with virtual devices."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pos_app.config import PrinterKind, PrinterSettings, Settings, ShopSettings, resources_dir

if TYPE_CHECKING:
    from pos_app.application.context import TillContext
    from pos_app.infrastructure.paths import Paths


def demo_paths() -> Paths:
    """Where the demo shop lives: in a checkout below ``.demo``, else beside the till's own data."""
    from pos_app.infrastructure.paths import paths_below, till_paths

    root = resources_dir().parent
    if (root / "packaging" / "dev.py").exists():
        return paths_below(root / ".demo" / "shop")
    return paths_below(till_paths().data.with_name("guitai-demo"))


def begin_anew(paths: Paths) -> None:
    """Throw the demo shop away."""
    for folder in (paths.data, paths.logs, paths.cache):
        shutil.rmtree(folder, ignore_errors=True)


def demo_settings(settings: Settings) -> Settings:
    """Settings of the demo shop, with the language and the theme that were chosen before."""
    from pos_app.application.demo import load_shop

    shop = load_shop(_read("shop.toml"))
    return msgspec.structs.replace(
        settings,
        till_id=settings.till_id or "demo-till-1",
        till_number=shop.till_number,
        shop=ShopSettings(
            name=shop.name.zh,
            code=shop.store,
            address=shop.address.zh,
            phone=shop.phone,
            tax_id=shop.tax_number,
            thanks=shop.footer.zh,
        ),
        card_patterns=(shop.card_pattern,),
        printer=settings.printer
        if settings.printer.kind is not PrinterKind.NONE
        else PrinterSettings(kind=PrinterKind.VIRTUAL),
    )


def seed(context: TillContext) -> None:
    """Fill the demo shop; what is there stays."""
    from pos_app.application.demo import load_shop
    from pos_app.application.demo_seed import seed_demo
    from pos_app.domain.programme.loading import load_programme
    from pos_app.infrastructure.spreadsheets import open_table

    if context.replica.staff() and context.replica.member_count():
        return
    with open_table(Path(resources_dir() / "demo" / "products.csv")) as rows:
        seed_demo(
            context,
            shop=load_shop(_read("shop.toml")),
            programme=load_programme(_read("programme.toml")),
            product_rows=rows,
        )


def _read(name: str) -> str:
    return (resources_dir() / "demo" / name).read_text(encoding="utf-8")
