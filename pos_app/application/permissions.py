"""Whose permission an action rests on."""

from __future__ import annotations

from pos_app.domain.ids import StaffId
from pos_app.domain.staff import Operator, Permission
from pos_app.errors import KnownError


def granted_by(operator: Operator, approver: Operator | None, permission: Permission) -> StaffId:
    """The person whose permission an action rests on: the operator's own, else the approver's.

    Raises:
        KnownError: ``permission.missing`` when neither has it; the screen then asks for an approver's PIN.
    """
    if operator.may(permission):
        return operator.staff_id
    if approver is not None and approver.may(permission):
        return approver.staff_id
    raise KnownError("permission.missing", permission=permission.value)
