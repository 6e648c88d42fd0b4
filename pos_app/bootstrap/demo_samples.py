"""What can be scanned in the demo shop: goods, labels, members, gift cards, coupons, and what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_app.application.demo import BIRTHDAY_SOON, card_number
from pos_app.bootstrap.demo_labels import BOTTLE, FORGED, GENUINE, SOLD_BEFORE, link_of
from pos_app.bootstrap.demo_week import CHECKS_IN, LEAFLET, NEARLY_SILVER, NEW_CARDS, SOLD_CARD, SPENT_CARD, WALLET
from pos_app.bootstrap.virtual import bars_of
from pos_app.domain.ids import check_digit
from pos_app.domain.ledger.bodies import CouponIssued
from pos_app.domain.ledger.journal import RecordKind, read_body
from pos_app.domain.text import mask_name
from pos_app.ui.virtual.state import Sample, SampleGroup, SampleNote

if TYPE_CHECKING:
    from pos_app.application.replica_ports import Replica
    from pos_app.application.till import Till

#: Longer codes are squares on their goods, which the scanner's window does not draw.
_LONGEST_BARS: Final = 40
#: Goods of a category that are offered.
_OF_A_CATEGORY: Final = 12
#: Members with something to try, by the number of their card; then some whom nothing distinguishes.
_NOTES: Final = {
    WALLET: SampleNote.FULL_WALLET,
    BIRTHDAY_SOON: SampleNote.BIRTHDAY_SOON,
    CHECKS_IN: SampleNote.CHECKS_IN,
    NEARLY_SILVER: SampleNote.NEARLY_SILVER,
}
_PLAIN_MEMBERS: Final = (1, 2, 4, 6, 7)
_ISSUED: Final = (RecordKind.COUPON_ISSUED,)


def samples(till: Till) -> tuple[Sample, ...]:
    """Things to scan, those first that there are few of."""
    replica = till.context.replica
    found = [*_members(replica), *_coupons(till), *_gift_cards(till), *_labelled(replica), *_goods(replica)]
    found += _faulty(next(each.code for each in found if each.group is SampleGroup.GOODS and each.code.isdigit()))
    bars = {sample.code: bars_of(sample.code) for sample in found if len(sample.code) <= _LONGEST_BARS}
    return tuple(replace(sample, bars=bars.get(sample.code, "")) for sample in found)


def _goods(replica: Replica) -> Iterator[Sample]:
    for category in replica.categories():
        for product in replica.products_of(category.category_id, _OF_A_CATEGORY):
            if product.is_weighed:
                label = f"22{product.product_id[-5:].zfill(5)}00485"
                code = label + check_digit(label)
                yield Sample(code, f"{product.name} 0.485 kg", SampleGroup.WEIGHED, product.price)
            elif product.barcodes:
                yield Sample(product.barcodes[0], product.name, SampleGroup.GOODS, product.price)


def _labelled(replica: Replica) -> Iterator[Sample]:
    """Bottles with codes of their own: two to sell, one that was sold, one with a forged label."""
    bottle = replica.product_by_code(BOTTLE)
    if bottle is None or not bottle.barcodes:
        return
    labels = [(serial, SampleGroup.GOODS, SampleNote.UNIT_CODE) for serial in GENUINE]
    labels += [
        (SOLD_BEFORE, SampleGroup.FAULTY, SampleNote.SOLD_BEFORE),
        (FORGED, SampleGroup.FAULTY, SampleNote.FORGED),
    ]
    for serial, group, note in labels:
        link = link_of(bottle, serial, forged=note is SampleNote.FORGED)
        yield Sample(link, bottle.name, group, bottle.price, note)


def _members(replica: Replica) -> Iterator[Sample]:
    for number in (*_NOTES, *_PLAIN_MEMBERS):
        member = replica.member_by_card(card_number(number))
        if member is not None:
            note = _NOTES.get(number, SampleNote.NONE)
            yield Sample(card_number(number), mask_name(member.name), SampleGroup.CARD, note=note)


def _gift_cards(till: Till) -> Iterator[Sample]:
    """As the books know them now: a card that the visitor sold is new no more."""
    if not till.context.programme().gift_cards:
        return
    for number in (*NEW_CARDS, SOLD_CARD, SPENT_CARD):
        card = till.gift_cards.find(number)
        note = SampleNote.CARD_SPENT
        if not card.is_sold:
            note = SampleNote.CARD_NEW
        elif card.left:
            note = SampleNote.CARD_LOADED
        group = SampleGroup.FAULTY if note is SampleNote.CARD_SPENT else SampleGroup.COUPON
        title = card.kind.name.zh if card.kind is not None else card.tail
        yield Sample(number, title, group, card.left or None, note)


def _coupons(till: Till) -> Iterator[Sample]:
    """The published code, and those on paper."""
    programme = till.context.programme()
    for coupon in programme.coupons:
        if coupon.shared_code:
            yield Sample(coupon.shared_code, coupon.name.zh, SampleGroup.COUPON, note=SampleNote.PUBLISHED_CODE)
    leaflet = programme.coupon(LEAFLET)
    if leaflet is None:
        return
    with till.context.ledger.read() as reader:
        issued = [read_body(each, CouponIssued) for each in reader.payloads(after_seq=0, kinds=_ISSUED)]
        codes = [move.code for each in issued for move in each.moves if move.source_id == LEAFLET and move.makes_lot]
        for code in codes:
            lot = reader.coupon_lot(code)
            if lot is not None and lot.holding.amount > 0:
                yield Sample(code, leaflet.name.zh, SampleGroup.COUPON, note=SampleNote.PAPER_COUPON)
            else:
                yield Sample(code, leaflet.name.zh, SampleGroup.FAULTY, note=SampleNote.COUPON_USED)


def _faulty(code: str) -> Iterator[Sample]:
    """What is scanned wrongly, by the code of some goods."""
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    yield Sample(wrong, wrong, SampleGroup.FAULTY, note=SampleNote.WRONG_CHECK_DIGIT)
    yield Sample(code[:6], code[:6], SampleGroup.FAULTY, note=SampleNote.HALF_SCAN)
    unknown = "699999999999"
    unknown += check_digit(unknown)
    yield Sample(unknown, unknown, SampleGroup.FAULTY, note=SampleNote.UNKNOWN_GOODS)
    yield Sample("134567890123456789", "134567890123456789", SampleGroup.FAULTY, note=SampleNote.PAYMENT_CODE)
