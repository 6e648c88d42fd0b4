"""A scenario file as a shop that stands: programme, goods with codes, the member with what they hold, and the past.

What the file tells becomes master data and head office's word; earlier sales of its history become records of the
till, each on its own day. How the scenario is then played at the window is ``scenario_window``'s business.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec
from pos_testkit import builders
from pos_testkit.clock import CHINA, SettableClock
from pos_testkit.till import MANAGER, RealTill
from pos_testkit.unit_labels import SITE
from pos_testkit.window import make_home

from pos_app.application.scenarios.document import Earlier, Item, Scenario
from pos_app.application.scenarios.items import product_of
from pos_app.application.scenarios.loading import load_scenario
from pos_app.application.scenarios.outcome import Before
from pos_app.application.scenarios.running import before
from pos_app.config import DeviceSettings, PrinterSettings, Settings
from pos_app.domain.catalog import Category, Product
from pos_app.domain.clock import business_date
from pos_app.domain.ids import LotId, MemberId, ProductId, RecordId, SaleId, ShiftId, check_digit
from pos_app.domain.ledger.bodies import NewLot, Sale
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.ledger.postings import Posting
from pos_app.domain.ledger.sales import SaleContext, build_sale, sale_postings
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer, quote
from pos_app.domain.pricing.quote import EarnedPoints
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.loading import load_programme
from pos_app.domain.quantity import UNIT_MILLI, Quantity
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.text import LocalText
from pos_app.domain.unit_codes import read_unit_code, to_base64
from pos_app.infrastructure.keys import DeviceKey
from pos_app.infrastructure.paths import Paths
from pos_app.infrastructure.signatures import sign_link

CARD: Final = "VIP00000001"
PHONE: Final = "13800000001"
#: Sold long ago to a member of whom the file tells earlier sales.
_EARLIER: Final = Product(ProductId("earlier"), "以前买的商品", Money(0), builders.category().category_id)
_LARGEST_LABEL: Final = 99_999


def scenario_files(folder: Path) -> tuple[Path, ...]:
    """The scenarios of a trade, by name; files named ``programme…`` are programmes."""
    return tuple(sorted(each for each in folder.glob("*.toml") if not each.name.startswith("programme")))


def key_of(key_id: str) -> DeviceKey:
    """The key that signs in the name of one that the programme names: only its public part is in the file."""
    return DeviceKey(hashlib.sha256(f"the key {key_id} for tests".encode()).digest())


@dataclass
class ScenarioShop:
    """A scenario and everything of a shop in which it can happen.

    Attributes:
        scenario: What is to happen.
        programme: Its rules, with keys that tests can sign with.
        clock: The till's; stands at the scenario's moment once the home is made.
    """

    scenario: Scenario
    programme: Programme
    clock: SettableClock = field(init=False)

    @classmethod
    def of_file(cls, path: Path) -> ScenarioShop:
        """Read a scenario and its programme."""
        scenario = load_scenario(path.read_text(encoding="utf-8"))
        programme = load_programme((path.parent / scenario.programme).read_text(encoding="utf-8"))
        codes = programme.unit_codes
        keys = tuple(
            msgspec.structs.replace(each, public_key=to_base64(key_of(each.key_id).public_key)) for each in codes.keys
        )
        codes = msgspec.structs.replace(codes, keys=keys)
        return cls(scenario, msgspec.structs.replace(programme, unit_codes=codes))

    @property
    def moment(self) -> dt.datetime:
        """When it happens."""
        return self.scenario.moment.replace(tzinfo=CHINA)

    @cached_property
    def before(self) -> Before | None:
        """The member as head office knows them, with a phone, a card and a name; None where nobody is known."""
        found = before(self.scenario, self.programme)
        if found is None:
            return None
        member = msgspec.structs.replace(found.member, phone=PHONE, cards=(CARD,), name="王小明")
        told = msgspec.structs.replace(found.base, as_of_ms=int(self.moment.timestamp() * 1000))
        return Before(member, told)

    # Goods

    @cached_property
    def goods(self) -> dict[ProductId, Product]:
        """What is bought, with the codes under which it is found."""
        goods: dict[ProductId, Product] = {}
        for item in self.scenario.basket:
            product = product_of(item)
            known = goods.get(product.product_id)
            codes = known.barcodes if known is not None else (builders.ean13(len(goods) + 1), f"{len(goods) + 1:05d}")
            unit = read_unit_code(item.unit_code)
            number = unit.item.removeprefix("0") if unit is not None else ""
            if number and number not in codes:
                codes = (number, *codes)
            product = msgspec.structs.replace(product, barcodes=codes)
            if known is not None and msgspec.structs.replace(known, barcodes=codes) != product:
                raise AssertionError(f"two kinds of goods under one id: {product.product_id}")
            goods[product.product_id] = product
        return goods

    def product(self, item: Item) -> Product:
        """An item as the catalogue has it."""
        return self.goods[product_of(item).product_id]

    def label_of(self, item: Item) -> str | None:
        """What a scale prints on an item: its number, amount and weight; None where that does not fit on a label."""
        if item.label is None or not 0 < item.label.minor <= _LARGEST_LABEL or item.quantity.milli > _LARGEST_LABEL:
            return None
        body = f"21{self.product(item).barcodes[-1]}{item.label.minor:05d}{item.quantity.milli:05d}"
        return body + check_digit(body)

    def code_of(self, item: Item) -> str:
        """What is scanned of an item: a signed link, its serial number, or its barcode."""
        unit = read_unit_code(item.unit_code)
        if unit is None:
            return self.product(item).barcodes[0]
        if not item.signed_by:
            return item.unit_code
        link = sign_link(key_of(item.signed_by), SITE, unit, item.signed_by)
        assert link is not None
        return link

    # The shop

    def make_home(self, home: Path, printer: PrinterSettings) -> Paths:
        """Everything on disk, as it stands when the member comes in.

        Args:
            home: Where the till keeps its things.
            printer: Where it prints.
        """
        told = self.scenario.member
        first = min((each.on for each in told.history), default=None) if told is not None else None
        self.clock = SettableClock(self.moment if first is None else _noon(first))
        before_it = self.before
        return make_home(
            home,
            Settings(devices=DeviceSettings(printer=printer)),
            clock=self.clock,
            store=self.scenario.store,
            day_starts_hour=self.scenario.day_starts_hour,
            before=self._live_through_the_past,
            products=tuple(self.goods.values()),
            categories=tuple(
                Category(category_id, LocalText(category_id, category_id))
                for category_id in dict.fromkeys(each.category_id for each in self.goods.values())
            ),
            members=(before_it.member,) if before_it is not None else (),
            programme=self.programme,
        )

    def _live_through_the_past(self, till: RealTill) -> None:
        came = self.before
        if came is not None:
            till.replica.writer.put_accounts([(came.member.member_id, came.base)])
        told = self.scenario.member
        if came is None or told is None or not told.history:
            return
        shift = till.app.shifts.open(MANAGER, Money(0))
        for each in sorted(told.history, key=lambda sale: sale.on):
            wait_until(self.clock, self._then(each.on))
            sale, postings = _earlier_sale(till, self.programme, came, each, shift.shift_id)
            with till.ledger.write(MANAGER.staff_id) as tx:
                sale = msgspec.structs.replace(sale, receipt_no=tx.next_receipt_no())
                tx.append(Entry(RecordKind.SALE, sale, RecordId(sale.sale_id), postings, came.member.member_id))
        till.close_day()
        wait_until(self.clock, self.moment)

    def _then(self, day: dt.date) -> dt.datetime:
        """Noon of a day; of the scenario's own day, earlier than the scenario where noon is not."""
        return min(_noon(day), self.moment)

    @property
    def member_id(self) -> MemberId | None:
        """Whose account it is."""
        return self.before.member.member_id if self.before is not None else None

    def moment_of(self, day: dt.date | None) -> dt.datetime:
        """When something happens on a business date: at noon, or where the clock stands if that is the same day."""
        now = self.clock.now().local(CHINA)
        if day is None or day == business_date(now.replace(tzinfo=None), self.scenario.day_starts_hour):
            return now
        return _noon(day)


def wait_until(clock: SettableClock, when: dt.datetime) -> None:
    """Let time pass; it never runs backwards."""
    ahead = int(when.timestamp() * 1000) - clock.now().wall_ms
    if ahead < 0:
        raise AssertionError(f"the scenario's days are not in order: {when}")
    clock.advance(ms=ahead)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), CHINA)


def _earlier_sale(
    till: RealTill, programme: Programme, came: Before, told: Earlier, shift_id: ShiftId
) -> tuple[Sale, tuple[Posting, ...]]:
    """A sale of the past: money, a day, and points that are long spent or gone; it gave nothing else."""
    context = till.context
    plain = Programme(
        version=programme.version,
        name=programme.name,
        effective_from=dt.date.min,
        tiers=tuple(msgspec.structs.replace(each, reach=None) for each in programme.tiers),
    )
    basket = Basket().with_member(came.member.member_id)
    basket = basket.add(msgspec.structs.replace(_EARLIER, price=told.amount), Quantity(UNIT_MILLI))
    with till.ledger.read() as reader:
        customer = Customer(came.member, context.account(reader, came.member.member_id, plain))
    priced = quote(basket, customer, plain, context.local_now(), today=context.today(), store=context.store)
    sale, postings = build_sale(
        basket,
        priced,
        (Tender(TenderKind.CASH, told.amount, told.amount),) if told.amount else (),
        customer,
        plain,
        SaleContext(SaleId(till.ids.new()), "", shift_id, today=context.today()),
    )
    if not told.points or sale.member is None:
        return sale, postings
    gone = told.on - dt.timedelta(days=1)
    points = Points(told.points)
    member = msgspec.structs.replace(
        sale.member,
        earned=(EarnedPoints("earlier", LocalText("以前的积分", "Earlier points"), points),),
        new_lot=NewLot(LotId(sale.sale_id), points, told.on, gone),
    )
    line = msgspec.structs.replace(sale.lines[0], points=points)
    sale = msgspec.structs.replace(sale, member=member, lines=(line,))
    return sale, sale_postings(sale, points_pending=False)
