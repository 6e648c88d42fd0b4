"""Which body each kind of record has, and reading one whatever its kind."""

from __future__ import annotations

from typing import Final

import msgspec

from pos_app.domain.codec import decode_hook
from pos_app.domain.ledger import bodies, bodies_shop, bodies_sync, reward_bodies
from pos_app.domain.ledger.journal import Payload, RecordKind
from pos_app.errors import GuitaiError, KnownError

#: The newest version of a body's shape that is understood here. Fields that have a default need no new version.
NEWEST_VERSION: Final = 1

#: The body of each kind of record.
BODY_OF: Final[dict[RecordKind, type[msgspec.Struct]]] = {
    RecordKind.COMMISSIONED: bodies.Commissioned,
    RecordKind.BEGAN_AGAIN: bodies_sync.BeganAgain,
    RecordKind.LOG_IN: bodies.Session,
    RecordKind.LOG_IN_FAILED: bodies.Session,
    RecordKind.LOG_OUT: bodies.Session,
    RecordKind.APPROVED: bodies.Approval,
    RecordKind.APPROVAL_FAILED: bodies.Approval,
    RecordKind.SHIFT_OPENED: bodies.ShiftOpened,
    RecordKind.SHIFT_CLOSED: bodies.ShiftClosed,
    RecordKind.DAY_CLOSED: bodies.DayClosed,
    RecordKind.X_REPORT: bodies.XReport,
    RecordKind.CASH_MOVED: bodies.CashMoved,
    RecordKind.DRAWER_OPENED: bodies.DrawerOpened,
    RecordKind.SALE: bodies.Sale,
    RecordKind.REFUND: bodies.Refund,
    RecordKind.VOID: bodies.Refund,
    RecordKind.REPRINT: bodies.Reprinted,
    RecordKind.MEMBER_CAPTURED: bodies.MemberCaptured,
    RecordKind.MEMBER_CHANGED: bodies.MemberChanged,
    RecordKind.MEMBERS_IMPORTED: bodies.OpeningLots,
    RecordKind.MEMBER_REWARDED: reward_bodies.Rewarded,
    RecordKind.POINTS_EXPIRED: bodies.PointsExpired,
    RecordKind.VALUE_MOVED: bodies.ValueMoved,
    RecordKind.COUPON_ISSUED: bodies.CouponIssued,
    RecordKind.GIFTS_ADJUSTED: bodies_shop.GiftsAdjusted,
    RecordKind.SERVICE_USED: bodies_shop.ServiceUsed,
    RecordKind.HOLDINGS_EXPIRED: reward_bodies.HoldingsExpired,
    RecordKind.TRAINING: bodies.TrainingSwitched,
    RecordKind.CLOCK_CHANGED: bodies_sync.ClockChanged,
    RecordKind.LINE_CHANGED: bodies_sync.LineChanged,
    RecordKind.SPEND_RELEASED: bodies_sync.SpendReleased,
    RecordKind.MASTER_IMPORTED: bodies.MasterImported,
}

_READERS: Final = {
    kind.value: (kind, msgspec.json.Decoder(body, dec_hook=decode_hook)) for kind, body in BODY_OF.items()
}


class NotUnderstoodError(GuitaiError):
    """A record of a kind or version that came after this program: it is right, but not for us to read.

    Attributes:
        kind: Of the record.
        version: Of its body.
    """

    def __init__(self, kind: str, version: int) -> None:
        super().__init__(f"{kind} version {version} is not understood by this version")
        self.kind: Final = kind
        self.version: Final = version


def read_entry(payload: Payload) -> tuple[RecordKind, msgspec.Struct]:
    """The kind of a record and its body, decoded.

    Raises:
        NotUnderstoodError: If the kind is unknown here or the body is of a newer version.
        msgspec.ValidationError: If the body is of another shape, or holds values that a type refuses.
    """
    known = _READERS.get(payload.kind)
    if known is None or payload.version > NEWEST_VERSION:
        raise NotUnderstoodError(payload.kind, payload.version)
    kind, reader = known
    try:
        body: msgspec.Struct = reader.decode(payload.body)
    except KnownError as error:  # a struct's own check said no
        raise msgspec.ValidationError(str(error)) from error
    return kind, body
