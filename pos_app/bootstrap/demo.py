"""The demo shop: invented, Chinese, with virtual devices."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from pos_app.config import PrinterKind, PrinterSettings, Settings, ShopSettings
from pos_app.domain.text import mask_name
from pos_app.resources import resources_dir

if TYPE_CHECKING:
    from pos_app.application.context import TillContext
    from pos_app.application.ports import Replica
    from pos_app.application.till import Till
    from pos_app.infrastructure.paths import Paths
    from pos_app.ui.virtual.state import Sample


#: Longer codes are squares on their goods, which the scanner's window does not draw.
_LONGEST_BARS: Final = 40


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
    with open_table(Path(resources_dir() / "demo" / "products.csv")) as table:
        seed_demo(
            context,
            shop=load_shop(_read("shop.toml")),
            programme=load_programme(_read("programme.toml")),
            product_rows=table.rows,
        )


def sell_before(till: Till) -> None:
    """Let the demo shop have sold a bottle before the visitor comes."""
    from pos_app.application.demo import load_shop
    from pos_app.bootstrap.demo_labels import sell_one_before
    from pos_app.domain.staff import Operator, Role

    manager = next(each for each in load_shop(_read("shop.toml")).staff if each.role is Role.MANAGER)
    sell_one_before(till, Operator(manager.staff_id, manager.name, manager.role))


def _read(name: str) -> str:
    return (resources_dir() / "demo" / name).read_text(encoding="utf-8")


def samples(till: Till) -> tuple[Sample, ...]:
    """Things to scan: goods, labels of the scale, cards, and what goes wrong."""
    from dataclasses import replace

    from pos_app.application.demo import card_number
    from pos_app.bootstrap.virtual import bars_of
    from pos_app.domain.ids import check_digit
    from pos_app.ui.virtual.state import Sample, SampleGroup, SampleNote

    replica = till.context.replica
    found: list[Sample] = []
    first_code = ""
    for category in replica.categories():
        for product in replica.products_of(category.category_id, 12):
            if product.is_weighed:
                label = f"22{product.product_id[-5:].zfill(5)}00485"
                code = label + check_digit(label)
                found.append(Sample(code, f"{product.name} 0.485 kg", SampleGroup.WEIGHED, product.price))
            elif product.barcodes:
                first_code = first_code or product.barcodes[0]
                found.append(Sample(product.barcodes[0], product.name, SampleGroup.GOODS, product.price))
    for index in range(1, 9):
        member = replica.member_by_card(card_number(index))
        if member is not None:
            found.append(Sample(card_number(index), mask_name(member.name), SampleGroup.CARD))
    if first_code:
        wrong = first_code[:-1] + str((int(first_code[-1]) + 1) % 10)
        found.append(Sample(wrong, wrong, SampleGroup.FAULTY, note=SampleNote.WRONG_CHECK_DIGIT))
        found.append(Sample(first_code[:6], first_code[:6], SampleGroup.FAULTY, note=SampleNote.HALF_SCAN))
    unknown = "699999999999"
    unknown += check_digit(unknown)
    found.append(Sample(unknown, unknown, SampleGroup.FAULTY, note=SampleNote.UNKNOWN_GOODS))
    found.append(Sample("134567890123456789", "134567890123456789", SampleGroup.FAULTY, note=SampleNote.PAYMENT_CODE))
    found[:0] = _labelled(replica)
    bars = {sample.code: bars_of(sample.code) for sample in found if len(sample.code) <= _LONGEST_BARS}
    return tuple(replace(sample, bars=bars.get(sample.code, "")) for sample in found)


def _labelled(replica: Replica) -> list[Sample]:
    """Bottles with codes of their own: two to sell, one that was sold, one with a forged label."""
    from pos_app.bootstrap.demo_labels import BOTTLE, FORGED, GENUINE, SOLD_BEFORE, link_of
    from pos_app.ui.virtual.state import Sample, SampleGroup, SampleNote

    bottle = replica.product_by_code(BOTTLE)
    if bottle is None or not bottle.barcodes:
        return []
    labels = [(serial, SampleGroup.GOODS, SampleNote.UNIT_CODE) for serial in GENUINE]
    labels += [
        (SOLD_BEFORE, SampleGroup.FAULTY, SampleNote.SOLD_BEFORE),
        (FORGED, SampleGroup.FAULTY, SampleNote.FORGED),
    ]
    return [
        Sample(link_of(bottle, serial, forged=note is SampleNote.FORGED), bottle.name, group, bottle.price, note)
        for serial, group, note in labels
    ]
