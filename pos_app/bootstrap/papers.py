"""Papers from settings: the printer behind the print service, and pictures of what it would print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from pos_app.application.ports import JobKind, PrintJob
from pos_app.bootstrap.devices import NoPrinter, PaperPrinter, font_source, printer_profile, printer_transport
from pos_app.bootstrap.stand_in import StandInPrinter
from pos_app.config import WireKind
from pos_app.domain.ids import JobId
from pos_app.domain.text import LocalText
from pos_app.infrastructure.receipts.loading import builtin_templates
from pos_app.infrastructure.receipts.output import ReceiptSettings, receipt_bytes
from pos_app.infrastructure.receipts.output import receipt_png as draw_png
from pos_app.infrastructure.receipts.own import OwnReceipts, own_receipts
from pos_app.infrastructure.receipts.shop import ShopHeader
from pos_app.infrastructure.receipts.trial import TrialPaper, trial_paper

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.virtual.printer import VirtualPrinter
    from pos_app.application.print_content import PrintContent
    from pos_app.application.till import Till
    from pos_app.config import PrinterSettings, Settings, SlipSettings
    from pos_app.infrastructure.receipts.templates import Templates
    from pos_app.runtime.printing import Printer


#: So long is looked whether the system's queue throws a paper away. Nobody waits for it but the next paper.
QUEUE_MS: Final = 1_500


def own_of(settings: Settings, folder: Path | None = None) -> OwnReceipts:
    """The shop's own templates and logo, as far as they are right."""
    return own_receipts(settings.receipt_language, folder, settings.shop.logo)


def shop_header(settings: Settings, logo: bytes = b"") -> ShopHeader:
    """The shop as papers name it."""
    shop = settings.shop
    return ShopHeader(
        name=LocalText(shop.name),
        address=LocalText(shop.address),
        phone=shop.phone,
        tax_number=shop.tax_id,
        footer=LocalText(shop.thanks),
        logo=logo,
    )


def receipt_settings(
    settings: Settings, printer: PrinterSettings | None = None, templates: Templates | None = None
) -> ReceiptSettings:
    """How this till prints, at a printer; at the receipts', and by the till's own templates, where none are named."""
    return ReceiptSettings(
        templates=templates or builtin_templates(settings.receipt_language),
        profile=printer_profile(printer or settings.devices.printer),
        fonts=font_source(),
    )


def make_printer(settings: Settings, own: OwnReceipts, virtual: VirtualPrinter | None) -> Printer:
    """The receipt printer of the settings, with the one that stands in for it.

    Raises:
        KnownError: ``device.not_configured``.
    """
    devices = settings.devices
    first, other = (_paper_printer(settings, own, each, virtual) for each in (devices.printer, devices.stand_in))
    if first is None:
        return NoPrinter()
    return first if other is None else StandInPrinter(first, other, devices.stand_in_after_s)


def make_slip_printer(
    settings: Settings, own: OwnReceipts, slip: SlipSettings, virtual: VirtualPrinter | None
) -> Printer:
    """A printer that has slips.

    Raises:
        KnownError: As ``make_printer``.
    """
    return _paper_printer(settings, own, slip.printer, virtual) or NoPrinter()


def _paper_printer(
    settings: Settings, own: OwnReceipts, printer: PrinterSettings, virtual: VirtualPrinter | None
) -> PaperPrinter | None:
    transport = printer_transport(printer, virtual)
    if transport is None:
        return None
    from hardware.printers.receipt_printer import PrinterTimings, ReceiptPrinter

    header, how = shop_header(settings, own.logo), receipt_settings(settings, printer, own.templates)
    timings = PrinterTimings()
    if printer.kind is WireKind.SPOOLER:
        timings = msgspec.structs.replace(timings, close_ms=QUEUE_MS)

    def encode(content: PrintContent) -> bytes:
        return _bytes(content, header, how)

    return PaperPrinter(ReceiptPrinter(transport, how.profile, timings=timings), encode)


def _bytes(content: PrintContent, header: ShopHeader, how: ReceiptSettings) -> bytes:
    from hardware.printers.errors import DocumentError

    try:
        return receipt_bytes(content, header, how)
    except DocumentError:
        if not header.logo:
            raise
        # A logo that cannot be drawn stops no receipt; the manager was told when it was first tried.
        return receipt_bytes(content, msgspec.structs.replace(header, logo=b""), how)


def receipt_png(till: Till, settings: Settings, own: OwnReceipts, seq: int, kind: str) -> bytes:
    """A paper as a picture, made from the very bytes the printer would get."""
    from hardware.printers.errors import DocumentError

    job = PrintJob(JobId(till.context.ids.new()), JobKind(kind), seq, training=till.context.training)
    content, how = till.contents.content(job), receipt_settings(settings, templates=own.templates)
    try:
        return draw_png(content, shop_header(settings, own.logo), how)
    except DocumentError:
        return draw_png(content, shop_header(settings), how)


def draw_trial(settings: Settings, own: OwnReceipts, content: PrintContent) -> TrialPaper:
    """A receipt as the printer of some settings would print it; slow."""
    from hardware.printers.errors import DocumentError

    how = receipt_settings(settings, templates=own.templates)
    try:
        return trial_paper(content, shop_header(settings, own.logo), how)
    except DocumentError:
        return trial_paper(content, shop_header(settings), how)
