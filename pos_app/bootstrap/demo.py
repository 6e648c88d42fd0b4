"""The demo shop: invented, Chinese, with virtual devices."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pos_app.config import (
    CustomerScreenSettings,
    DisplaySettings,
    PrinterSettings,
    ScaleSettings,
    Settings,
    ShopSettings,
    WireKind,
)
from pos_app.resources import resources_dir

if TYPE_CHECKING:
    from pos_app.application.context import TillContext
    from pos_app.application.till import Till
    from pos_app.bootstrap.demo_week import DemoClock
    from pos_app.domain.clock import Clock
    from pos_app.infrastructure.paths import Paths
    from pos_app.ui.virtual.state import Sample


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
        devices=settings.devices
        if settings.devices.printer.kind is not WireKind.NONE
        else msgspec.structs.replace(
            settings.devices,
            printer=PrinterSettings(kind=WireKind.VIRTUAL),
            scale=ScaleSettings(kind=WireKind.VIRTUAL),
            display=DisplaySettings(kind=WireKind.VIRTUAL, model="cd5220", charset="gbk", greeting="欢迎光临"),
            customer_screen=CustomerScreenSettings(
                payment_code=f"https://pay.example.com/{shop.store}",
                sign_up_code=f"https://join.example.com/{shop.store}",
            ),
        ),
    )


def demo_clock(options_clock: Clock | None, paths: Paths) -> DemoClock:
    """The clock of the demo shop: a shop that is still to be made begins some days ago."""
    from pos_app.bootstrap.demo_week import DAYS_BEFORE, DemoClock
    from pos_app.infrastructure.clock import SystemClock
    from pos_app.infrastructure.ledger.opening import LEDGER_FILE

    clock = DemoClock(options_clock or SystemClock())
    clock.days_ago = 0 if (paths.data / LEDGER_FILE).exists() else DAYS_BEFORE
    return clock


def seed(context: TillContext, *, days_before: int = 0) -> None:
    """Fill the demo shop; what is there stays.

    Args:
        context: The till.
        days_before: How many days after this one the visitor comes: points that soon end, a birthday and the like are
            as of then.
    """
    from pos_app.application.demo import load_shop
    from pos_app.application.demo_seed import seed_demo
    from pos_app.domain.programme.loading import load_programme
    from pos_app.infrastructure.spreadsheets import open_table

    if context.replica.staff() and context.replica.member_count():
        return
    with open_table(Path(resources_dir() / "demo" / "products.csv")) as table:
        seed_demo(
            context,
            shop=load_shop(_read("shop.toml")),
            programme=load_programme(_read("programme.toml")),
            product_rows=table.rows,
            visit_on=context.today() + dt.timedelta(days=days_before),
        )


def live_before(till: Till, clock: DemoClock) -> None:
    """Let the demo shop have a week behind it when the visitor comes."""
    from pos_app.application.demo import load_shop
    from pos_app.bootstrap.demo_week import live_a_week
    from pos_app.domain.staff import Operator, Role

    manager = next(each for each in load_shop(_read("shop.toml")).staff if each.role is Role.MANAGER)
    live_a_week(till, Operator(manager.staff_id, manager.name, manager.role), clock)


def samples(till: Till) -> tuple[Sample, ...]:
    """What the virtual scanner offers."""
    from pos_app.bootstrap import demo_samples

    return demo_samples.samples(till)


def _read(name: str) -> str:
    return (resources_dir() / "demo" / name).read_text(encoding="utf-8")
