"""The papers whose printed form is kept in ``tests/golden/documents``: one of every kind, with what can be on it."""

from __future__ import annotations

from typing import Final

import msgspec
from pos_testkit import builders as make
from pos_testkit import print_contents as contents
from pos_testkit.printed_advances import advance_papers
from pos_testkit.printed_counter import counter_papers
from pos_testkit.printed_shop import shop_papers

from hardware.printers.profile import PAPER_58, PAPER_80, PrinterProfile
from pos_app.application.ports import JobKind
from pos_app.application.print_content import PrintContent
from pos_app.domain.quantity import Quantity

PROFILES: Final[dict[str, PrinterProfile]] = {"58": PAPER_58, "80": PAPER_80}
LOCALES: Final = {"zh": "zh_CN", "en": "en"}


def papers() -> dict[str, PrintContent]:
    """Each paper by its name."""
    member = contents.regular()
    gold = contents.regular(5_230, spend=540_000, visits=48, tier="gold")
    full = contents.basket().add(contents.coffee(), Quantity.pieces(1))
    by_hand = contents.off_bill(contents.off_line(full, 3, 1_000), 500)
    plain = contents.sell()
    mixed = contents.sell(by_hand, member, points=800, mixed=True)
    rose = contents.sell(full, member)
    long_names = make.basket(
        (contents.coffee(), 2),
        make.product(
            8,
            1_299_00,
            name="Ultra-comfortable wireless noise-cancelling over-ear headphones, midnight blue",
            unit="件",
        ),
        make.product(9, 5, name="购物袋（大号，可降解，请勿让儿童单独玩耍以免发生窒息危险）", unit="只"),
    )
    weighed = make.basket((contents.apples(), "0.285"), (contents.apples(5), "12.500"), (contents.apples(6), "2"))
    bottle = make.product(7, 6_800, name="麓溪 浓香型白酒 500ml", unit="瓶")
    coded = make.basket(contents.water())
    for serial in ("7K2MA1B2", "9"):
        coded = coded.add(bottle, Quantity.pieces(1), unit_code=f"(01){bottle.barcodes[0].zfill(14)}(21){serial}")
    part = contents.refund_of(rose, ((1, 2_000), (2, 285)), contents.account_after(rose, member))
    void = contents.refund_of(mixed, (), contents.account_after(mixed, member), is_void=True)
    return {
        "sale": contents.content(plain, JobKind.SALE),
        "member": contents.content(mixed, JobKind.SALE, member),
        "gold": contents.content(contents.sell(full, gold, points=2_000), JobKind.SALE, gold),
        "long_names": contents.content(contents.sell(long_names), JobKind.SALE),
        "weighed": contents.content(contents.sell(weighed), JobKind.SALE),
        "unit_codes": contents.content(contents.sell(coded), JobKind.SALE),
        "reprint": contents.content(rose, JobKind.SALE, member, copy=2),
        "training": contents.content(plain, JobKind.SALE, training=True),
        "refund": contents.content(part, JobKind.REFUND, member),
        "void": contents.content(void, JobKind.REFUND, member),
        "explanation": contents.explained(by_hand, member),
        "key_sheet": msgspec.structs.replace(contents.content(None, JobKind.KEY_SHEET), key_mark="3F9A"),
        **advance_papers(),
        **shop_papers(),
        **counter_papers(),
        "x_report": contents.content(contents.x_report(), JobKind.X_REPORT),
        "shift_short": contents.content(contents.shift_closed(), JobKind.SHIFT_REPORT),
        "shift_exact": contents.content(contents.shift_closed(0, 0), JobKind.SHIFT_REPORT),
        "z_report_agreed": contents.z_report(contents.compared(aside=2)),
        "z_report_differs": contents.z_report(contents.compared(differs=True)),
        "z_report_waiting": contents.z_report(contents.compared(asked=False, waiting=433)),
        "z_report": contents.content(contents.day_closed(), JobKind.Z_REPORT),
    }
