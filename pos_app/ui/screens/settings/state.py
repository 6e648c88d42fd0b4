"""What the settings show."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ui.state import Notice


@dataclass(frozen=True, slots=True)
class SettingsForm:
    """What is saved by the Save key, as typed.

    Attributes:
        receipt_language: ``zh_CN`` or ``en``.
        name: Of the shop.
        address: On receipts.
        phone: On receipts.
        tax_id: On receipts.
        thanks: Last line of receipts.
        day_starts_hour: Before this hour it is still yesterday's business; 0 to 23.
    """

    receipt_language: str = "zh_CN"
    name: str = ""
    address: str = ""
    phone: str = ""
    tax_id: str = ""
    thanks: str = ""
    day_starts_hour: int = 4


@dataclass(frozen=True, slots=True)
class SettingsState:
    """State of the settings.

    Attributes:
        session: Another number fills the form again from :attr:`form`.
        form: As saved.
        language: In use; another one is taken at once.
        theme: In use; another one is taken at once.
        till_number: Cannot be changed.
        version: Of the till.
        data_folder: Where the till keeps its data.
        bad_field: Name of the field of the form that is wrong; empty for none.
        notice: What went wrong, or is to be known.
        busy: Being saved.
    """

    session: int = 0
    form: SettingsForm = SettingsForm()
    language: str = "zh_CN"
    theme: str = "light"
    till_number: int = 1
    version: str = ""
    data_folder: str = ""
    bad_field: str = ""
    notice: Notice | None = None
    busy: bool = False
