"""Who works at the till and what they may do."""

from __future__ import annotations

import enum
from typing import Final

import msgspec

from pos_app.domain.ids import StaffId


class Permission(enum.StrEnum):
    """An action that not everyone may take; lacking it, an approver's PIN stands in."""

    SELL = "sell"
    OPEN_SHIFT = "open_shift"
    DISCOUNT = "discount"
    PRICE_OVERRIDE = "price_override"
    REFUND = "refund"
    VOID = "void"
    NO_SALE = "no_sale"
    CASH_MOVEMENT = "cash_movement"
    REPRINT = "reprint"
    X_REPORT = "x_report"
    CLOSE_DAY = "close_day"
    TRAINING = "training"
    SETTINGS = "settings"
    EDIT_MEMBER = "edit_member"
    GIVE_POINTS = "give_points"
    GIVE_COUPON = "give_coupon"


class Role(enum.StrEnum):
    """What a person is in the shop."""

    CASHIER = "cashier"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"


_CASHIER: Final = frozenset({Permission.SELL, Permission.OPEN_SHIFT, Permission.REPRINT, Permission.TRAINING})
_SUPERVISOR: Final = _CASHIER | {
    Permission.DISCOUNT,
    Permission.PRICE_OVERRIDE,
    Permission.REFUND,
    Permission.VOID,
    Permission.NO_SALE,
    Permission.CASH_MOVEMENT,
    Permission.X_REPORT,
    Permission.EDIT_MEMBER,
}
PERMISSIONS: Final[dict[Role, frozenset[Permission]]] = {
    Role.CASHIER: _CASHIER,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.MANAGER: frozenset(Permission),
}

#: Wrong PINs in a row before the account is locked, and for how long.
PIN_TRIES: Final = 5
PIN_LOCK_MS: Final = 5 * 60_000


class Staff(msgspec.Struct, frozen=True):
    """A person who logs in.

    Attributes:
        staff_id: Number in the shop, shown on receipts.
        name: Shown on the log-in tile.
        role: Decides the permissions.
        pin_hash: Argon2id hash of the PIN with the till's pepper; empty means that no PIN was set and nobody can
            log in as this person.
        is_active: Whether the person may log in.
    """

    staff_id: StaffId
    name: str
    role: Role
    pin_hash: str = ""
    is_active: bool = True

    def may(self, permission: Permission) -> bool:
        """Whether this person's role has the permission."""
        return permission in PERMISSIONS[self.role]


class Operator(msgspec.Struct, frozen=True):
    """Who is logged in, as records and receipts name them."""

    staff_id: StaffId
    name: str
    role: Role

    def may(self, permission: Permission) -> bool:
        """Whether this person's role has the permission."""
        return permission in PERMISSIONS[self.role]
