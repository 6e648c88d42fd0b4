"""From content to document: pure, quick, and the same on every till."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.printers.document import Document, DrawerPulse
from pos_app.application.ports import JobKind
from pos_app.application.print_content import Explanation
from pos_app.domain.ledger.bodies import CouponIssued, DayClosed, Refund, Sale, ShiftClosed, XReport
from pos_app.domain.ledger.reward_bodies import Rewarded
from pos_app.errors import BugError
from pos_app.infrastructure.receipts.coupons import CouponPaper
from pos_app.infrastructure.receipts.explanation import ExplanationPaper
from pos_app.infrastructure.receipts.key_sheet import key_sheet_document
from pos_app.infrastructure.receipts.refund import RefundPaper
from pos_app.infrastructure.receipts.reports import ReportPaper
from pos_app.infrastructure.receipts.sale import SalePaper
from pos_app.infrastructure.receipts.slip import SlipPaper

if TYPE_CHECKING:
    from pos_app.application.print_content import PrintContent
    from pos_app.infrastructure.receipts.shop import ShopHeader
    from pos_app.infrastructure.receipts.templates import Templates


def render(content: PrintContent, shop: ShopHeader, templates: Templates, columns: int) -> Document:
    """Compose the paper of a print job.

    Args:
        content: What it shows.
        shop: Whose paper it is.
        templates: Words and order, of one locale.
        columns: Characters per line of the printer.

    Raises:
        BugError: When the content has no body for its kind.
    """
    paper: SalePaper | SlipPaper | RefundPaper | ReportPaper | ExplanationPaper | CouponPaper
    match content.body:
        case Sale() as sale if content.kind is JobKind.SLIP:
            paper = SlipPaper(content, sale, shop, templates, columns)
        case Sale() as sale:
            paper = SalePaper(content, sale, shop, templates, columns)
        case Refund() as refund:
            paper = RefundPaper(content, refund, shop, templates, columns)
        case XReport() | ShiftClosed() | DayClosed() as report:
            paper = ReportPaper(content, report, shop, templates, columns)
        case CouponIssued() | Rewarded():
            paper = CouponPaper(content, shop, templates, columns)
        case Explanation() as explained:
            paper = ExplanationPaper(content, explained, shop, templates, columns)
        case None:
            if content.kind is JobKind.KEY_SHEET:
                return key_sheet_document(content.kind.value, content.key_mark)
            if content.kind is not JobKind.OPEN_DRAWER:
                raise BugError(f"a print job of kind {content.kind} has no body")
            return Document((DrawerPulse(),), content.kind.value)
    paper.make()
    return paper.sheet.document(content.kind.value)
