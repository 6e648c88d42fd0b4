"""What signing a member up shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ui.state import Notice


@dataclass(frozen=True, slots=True)
class KnownMember:
    """Somebody who has this phone number already.

    Attributes:
        key: Carried by ``use_requested``.
        name: Masked.
        phone: Masked.
        tier: Name of the tier.
        tier_rank: From the entry tier, 0.
    """

    key: object
    name: str
    phone: str
    tier: str = ""
    tier_rank: int = 0


@dataclass(frozen=True, slots=True)
class NewMember:
    """What was typed. Only the phone number is needed.

    Attributes:
        phone: As typed.
        name: As typed.
        gender: ``female``, ``male`` or empty.
        birthday: As typed, ``MM-DD`` or ``YYYY-MM-DD``.
        card: A card to bind.
        referrer: Phone number of whoever brought them.
        consent: They want messages.
    """

    phone: str
    name: str = ""
    gender: str = ""
    birthday: str = ""
    card: str = ""
    referrer: str = ""
    consent: bool = False


@dataclass(frozen=True, slots=True)
class MemberCaptureState:
    """State of the form.

    Attributes:
        phone: Number to start with; typed for the cashier when the sheet opens.
        card: A card that was scanned while the sheet was open.
        duplicate: Who has this number already.
        notice: What went wrong.
        bad_field: Name of the field of :class:`NewMember` that is wrong; empty for none.
        busy: Being saved.
        session: Grows with each opening, so that an old form is emptied.
    """

    phone: str = ""
    card: str = ""
    duplicate: KnownMember | None = None
    notice: Notice | None = None
    bad_field: str = ""
    busy: bool = False
    session: int = 0
