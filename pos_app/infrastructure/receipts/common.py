"""The parts that every paper has: marks, the shop, taxes, codes, and how moments and references are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from hardware.printers.document import Barcode, Cut, DrawerPulse, Image, QrCode
from pos_app.application.print_content import PrintContent, PrintHeader, PrintMember
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.quote import TaxAmount
from pos_app.domain.stored_value import BalanceAfter
from pos_app.domain.tender import Tender
from pos_app.domain.text import LocalText
from pos_app.infrastructure.receipts.sheet import Sheet, amount, one_line
from pos_app.infrastructure.receipts.shop import ShopHeader
from pos_app.infrastructure.receipts.template_parts import Code, Style
from pos_app.infrastructure.receipts.templates import Templates

#: A reference that is longer is shown by its end: it may be the number of somebody's bank card.
_SHORT_REFERENCE: Final = 6
_TAX_WIDTHS: Final = (10, 10)


class PaperMaker:
    """What sale, refund and report papers have in common; one object makes one paper.

    Attributes:
        sheet: The paper.
        header: What the content says of itself.
        shop: Whose paper it is.
        templates: Words and order.
    """

    def __init__(self, content: PrintContent, shop: ShopHeader, templates: Templates, columns: int) -> None:
        self.sheet = Sheet(columns)
        self.header: PrintHeader = content.header
        self.shop = shop
        self.templates = templates
        self.common = templates.common
        self._member: PrintMember | None = content.member
        if content.opens_drawer:
            self.sheet.at_once(DrawerPulse())

    # How things are written

    def local(self, text: LocalText) -> str:
        """The shop's own word in the paper's language."""
        return one_line(text.in_language(self.templates.locale))

    def date(self, day: dt.date) -> str:
        """A day."""
        return self.common.formats.date.format(year=f"{day.year:04d}", month=f"{day.month:02d}", day=f"{day.day:02d}")

    def moment(self, at: dt.datetime) -> str:
        """A moment."""
        return self.common.formats.date_time.format(
            year=f"{at.year:04d}",
            month=f"{at.month:02d}",
            day=f"{at.day:02d}",
            hour=f"{at.hour:02d}",
            minute=f"{at.minute:02d}",
        )

    def money(self, money: Money) -> str:
        """An amount that stands alone, with the sign of the currency."""
        sign = "-" if money.minor < 0 else ""
        return f"{sign}{one_line(self.common.formats.currency)}{amount(-money if sign else money)}"

    def operator(self) -> str:
        """Who was logged in: by name, or by number where the name is gone."""
        return one_line(self.header.operator_name) or one_line(self.header.operator_id)

    def tender_name(self, kind: str) -> str:
        """A way to pay."""
        return self.common.tenders.get(kind, one_line(kind))

    def tender_label(self, tender: Tender) -> str:
        """A way to pay, with the number of points where it is points."""
        name = self.tender_name(tender.kind.value)
        if tender.points.count:
            return self.common.words.points_tender.format(tender=name, points=tender.points.display())
        return name

    # Blocks

    def blocks(self) -> dict[str, Callable[[], None]]:
        """What makes each block that a template may name."""
        formats = self.common.formats
        return {
            "shop": self.shop_head,
            "line": lambda: self.sheet.line(formats.line),
            "double_line": lambda: self.sheet.line(formats.double_line),
            "space": self.sheet.space,
        }

    def fill(self, blocks: Sequence[str]) -> None:
        """Make a whole paper. Marks are not the template's to leave out: a copy must never pass for an original."""
        makers = self.blocks()
        self._training_mark()
        self._copy_mark()
        for block in blocks:
            makers[block]()
        self._training_mark()
        self.sheet.at_once(Cut())

    def _training_mark(self) -> None:
        if self.header.training:
            self.sheet.line(self.common.formats.double_line)
            self.sheet.centred(self.common.words.training, self.common.style.training)
            self.sheet.line(self.common.formats.double_line)

    def _copy_mark(self) -> None:
        if self.header.copy:
            words = self.common.words
            self.sheet.centred(words.copy.format(number=self.header.copy), self.common.style.copy)
            self.sheet.centred(words.printed_at.format(time=self.moment(self.header.printed_at)))
            self.sheet.space()

    def shop_head(self) -> None:
        """Name, address, telephone, tax number."""
        shop, words = self.shop, self.common.words
        if shop.logo:
            self.sheet.add(Image(shop.logo))
        self.sheet.centred(self.local(shop.name), self.common.style.shop)
        self.sheet.centred(self.local(shop.address))
        if shop.phone:
            self.sheet.centred(words.phone.format(phone=one_line(shop.phone)))
        if shop.tax_number:
            self.sheet.centred(words.tax_number.format(number=one_line(shop.tax_number)))

    def title(self, title: str) -> None:
        """What the paper is."""
        self.sheet.centred(title, self.common.style.title)

    def till_line(self) -> None:
        """When, at which till, by whom."""
        who = self.common.words.till_cashier.format(till=self.header.till_number, cashier=self.operator())
        self.sheet.pair(self.moment(self.header.happened_at), who)

    def taxes(self, taxes: Sequence[TaxAmount], *, heading: str = "") -> None:
        """Amounts and the tax they contain, by rate; without tax nothing."""
        taxes = [tax for tax in taxes if tax.amount or tax.tax]
        if not taxes:
            return
        words = self.common.words
        self.sheet.table((heading or words.tax_rate, words.tax_amount, words.tax), _TAX_WIDTHS, bold=bool(heading))
        for tax in taxes:
            self.sheet.table((percent(tax.rate_bp), amount(tax.amount), amount(tax.tax)), _TAX_WIDTHS)

    def reference(self, tender: Tender) -> None:
        """The end of the payment company's number."""
        reference = one_line(tender.reference)
        if reference:
            self.sheet.note(self.common.words.reference.format(reference=mask_reference(reference)))

    def member_line(self, label: str) -> None:
        """Who: masked, with the tier at the right."""
        member = self._member
        if member is None:
            return
        who = " ".join(part for part in (label, one_line(member.name), one_line(member.phone)) if part)
        self.sheet.pair(who, self.local(member.tier))

    def points_row(self, label: str, points: Points, style: Style = Style.PLAIN, *, signed: bool = True) -> None:
        """Points in or out; nothing when there are none, but a balance always."""
        if points.count or not signed:
            plus = "+" if signed and points.count > 0 else ""
            self.sheet.row(label, plus + points.display(), style)

    def balances(self, balances: Sequence[BalanceAfter]) -> None:
        """Stored value of the member and of gift cards, as the record left it."""
        words = self.common.words
        for each in balances:
            if each.code:
                self.sheet.row(words.gift_card_balance.format(tail=one_line(each.code)), self.money(each.total))
                if each.expires_on is not None and each.total:
                    self.sheet.note(words.gift_card_until.format(date=self.date(each.expires_on)))
                continue
            self.sheet.row(words.stored_balance, self.money(each.total), Style.BOLD)
            if each.bonus:
                split = words.stored_split.format(principal=self.money(each.principal), bonus=self.money(each.bonus))
                self.sheet.note(split)

    def code(self, receipt_no: str, code: Code) -> None:
        """The receipt number for the scanner, and in digits below."""
        receipt_no = one_line(receipt_no)
        if not receipt_no or code is Code.NONE:
            return
        if code is Code.QR:
            self.sheet.add(QrCode(receipt_no))
            self.sheet.centred(receipt_no)
        else:
            self.sheet.add(Barcode(receipt_no))

    def head(self, *, show: bool = True) -> None:
        """The short journal head, by which the paper can be checked against the books."""
        if show and self.header.head:
            self.sheet.centred(self.common.words.head.format(code=one_line(self.header.head)))

    def footer(self) -> str:
        """The shop's last words, in the lines it wrote them in."""
        lines = self.shop.footer.in_language(self.templates.locale).splitlines()
        return "\n".join(filter(None, map(one_line, lines)))


def percent(rate_bp: int) -> str:
    """A rate as people write it: ``13%``, ``0.5%``."""
    whole, part = divmod(rate_bp, 100)
    return f"{whole}%" if not part else f"{whole}.{part:02d}".rstrip("0") + "%"


def mask_reference(reference: str) -> str:
    """The end of a number that may be a bank card's; short ones as they are."""
    return reference if len(reference) <= _SHORT_REFERENCE else f"*{reference[-4:]}"
