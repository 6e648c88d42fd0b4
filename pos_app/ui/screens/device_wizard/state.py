"""What the wizard for devices shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos_app.application.device_wizard.acts import Samples
from pos_app.application.device_wizard.state import WizardState
from pos_app.ui.state import Notice

YES, NO = 1, 2
ANOTHER, LEAVE = 1, 2


@dataclass(frozen=True, slots=True)
class DeviceWizardState:
    """State of the wizard.

    Attributes:
        wizard: Where it is, and all it knows.
        samples: What right papers look like.
        session: Another number empties the box.
        can_go_back: There is a question before this one.
        can_save: Whoever is logged in may change settings; else it is asked for.
        notice: What is to be known, or went wrong.
    """

    wizard: WizardState = field(default_factory=WizardState)
    samples: Samples = field(default_factory=lambda: Samples({}, (), ""))
    session: int = 0
    can_go_back: bool = False
    can_save: bool = True
    notice: Notice | None = None
