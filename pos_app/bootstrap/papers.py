"""Papers from settings: the printer behind the print service, and pictures of what it would print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.application.ports import JobKind, PrintJob
from pos_app.bootstrap.devices import NoPrinter, PaperPrinter, font_source, printer_profile, printer_transport
from pos_app.domain.ids import JobId
from pos_app.domain.text import LocalText
from pos_app.infrastructure.receipts.loading import load_templates
from pos_app.infrastructure.receipts.output import ReceiptSettings, receipt_bytes
from pos_app.infrastructure.receipts.output import receipt_png as draw_png
from pos_app.infrastructure.receipts.shop import ShopHeader

if TYPE_CHECKING:
    from hardware.virtual.printer import VirtualPrinter
    from pos_app.application.print_content import PrintContent
    from pos_app.application.till import Till
    from pos_app.config import Settings
    from pos_app.runtime.printing import Printer


def shop_header(settings: Settings) -> ShopHeader:
    """The shop as papers name it."""
    shop = settings.shop
    return ShopHeader(
        name=LocalText(shop.name),
        address=LocalText(shop.address),
        phone=shop.phone,
        tax_number=shop.tax_id,
        footer=LocalText(shop.thanks),
    )


def receipt_settings(settings: Settings) -> ReceiptSettings:
    """How this till prints."""
    return ReceiptSettings(
        templates=load_templates(settings.receipt_language),
        profile=printer_profile(settings.devices.printer),
        fonts=font_source(),
    )


def make_printer(settings: Settings, virtual: VirtualPrinter | None) -> Printer:
    """The printer of the settings.

    Raises:
        KnownError: ``device.not_configured``, ``receipt.template_wrong``.
    """
    transport = printer_transport(settings.devices.printer, virtual)
    if transport is None:
        return NoPrinter()
    from hardware.printers.receipt_printer import ReceiptPrinter

    header, how = shop_header(settings), receipt_settings(settings)

    def encode(content: PrintContent) -> bytes:
        return receipt_bytes(content, header, how)

    return PaperPrinter(ReceiptPrinter(transport, how.profile), encode)


def receipt_png(till: Till, settings: Settings, seq: int, kind: str) -> bytes:
    """A paper as a picture, made from the very bytes the printer would get."""
    job = PrintJob(JobId(till.context.ids.new()), JobKind(kind), seq, training=till.context.training)
    return draw_png(till.contents.content(job), shop_header(settings), receipt_settings(settings))
