"""The till as one bundle of use cases over one set of books: the real ones, or those of training mode."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.application.context import TillContext
from pos_app.application.coupons import CouponService
from pos_app.application.gift_cards import GiftCardService
from pos_app.application.gifts import GiftService
from pos_app.application.lookup import LookupService
from pos_app.application.members import MemberService
from pos_app.application.points_shop import PointsShopService
from pos_app.application.print_content import PrintContentService
from pos_app.application.printing import PrintQueueService
from pos_app.application.refunding import RefundService
from pos_app.application.rewards import RewardsService
from pos_app.application.scan_places import ScanPlaces
from pos_app.application.scanned_codes import CodeParser
from pos_app.application.selling import SellingService
from pos_app.application.services import ServicesService
from pos_app.application.session import SessionService
from pos_app.application.shifts import ShiftService
from pos_app.application.stored_value import StoredValueService


@dataclass(frozen=True, slots=True)
class Till:
    """Every use case, over one set of books."""

    context: TillContext
    session: SessionService
    shifts: ShiftService
    selling: SellingService
    refunds: RefundService
    members: MemberService
    rewards: RewardsService
    lookup: LookupService
    scans: ScanPlaces
    stored: StoredValueService
    gift_cards: GiftCardService
    queue: PrintQueueService
    contents: PrintContentService
    shop: PointsShopService
    gifts: GiftService
    services: ServicesService
    coupons: CouponService


def build_till(context: TillContext, parser: CodeParser) -> Till:
    """Make the use cases over one set of books."""
    lookup = LookupService(context, parser)
    return Till(
        context=context,
        session=SessionService(context),
        shifts=ShiftService(context),
        selling=SellingService(context),
        refunds=RefundService(context),
        members=MemberService(context),
        rewards=RewardsService(context),
        lookup=lookup,
        scans=ScanPlaces(context.replica, parser, lookup),
        stored=StoredValueService(context),
        gift_cards=GiftCardService(context),
        queue=PrintQueueService(context),
        contents=PrintContentService(context),
        shop=PointsShopService(context),
        gifts=GiftService(context),
        services=ServicesService(context),
        coupons=CouponService(context),
    )
