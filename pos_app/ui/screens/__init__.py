"""The screens of the till. Each folder has a passive view and the state it draws; no screen imports another.

Nothing is imported here: the shell builds a view when it is first shown, and the start pays for the log-in only.
"""

from __future__ import annotations

from typing import Final

#: Name of a screen or sheet to the class that draws it.
VIEWS: Final[dict[str, tuple[str, str]]] = {
    "login": ("pos_app.ui.screens.login.view", "LoginView"),
    "open_shift": ("pos_app.ui.screens.open_shift.view", "OpenShiftView"),
    "selling": ("pos_app.ui.screens.selling.view", "SellingView"),
    "payment": ("pos_app.ui.screens.payment.view", "PaymentView"),
    "line_edit": ("pos_app.ui.screens.line_edit.view", "LineEditView"),
    "approval": ("pos_app.ui.screens.approval.view", "ApprovalView"),
    "recall": ("pos_app.ui.screens.recall.view", "RecallView"),
    "member_search": ("pos_app.ui.screens.member_search.view", "MemberSearchView"),
    "member_capture": ("pos_app.ui.screens.member_capture.view", "MemberCaptureView"),
    "goods": ("pos_app.ui.screens.goods.view", "GoodsView"),
    "choice": ("pos_app.ui.screens.choice.view", "ChoiceView"),
    "benefits": ("pos_app.ui.screens.benefits.view", "BenefitsView"),
    "receipt_preview": ("pos_app.ui.screens.receipt_preview.view", "ReceiptPreviewView"),
    "refund": ("pos_app.ui.screens.refund.view", "RefundView"),
    "sales": ("pos_app.ui.screens.sales.view", "SalesView"),
    "report": ("pos_app.ui.screens.report.view", "ReportView"),
    "shift_close": ("pos_app.ui.screens.shift_close.view", "ShiftCloseView"),
    "devices": ("pos_app.ui.screens.devices.view", "DevicesView"),
    "device_wizard": ("pos_app.ui.screens.device_wizard.view", "DeviceWizardView"),
    "settings": ("pos_app.ui.screens.settings.view", "SettingsView"),
    "more": ("pos_app.ui.screens.more.view", "MoreView"),
    "cash_move": ("pos_app.ui.screens.cash_move.view", "CashMoveView"),
    "end_of_day": ("pos_app.ui.screens.end_of_day.view", "EndOfDayView"),
    "join": ("pos_app.ui.screens.join.view", "JoinView"),
    "head_office": ("pos_app.ui.screens.head_office.view", "HeadOfficeView"),
    "setup": ("pos_app.ui.screens.setup.view", "SetupView"),
    "help": ("pos_app.ui.screens.help.view", "HelpView"),
}
