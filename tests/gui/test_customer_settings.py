"""The customer's screen on the devices screen: its card, its form, and what a form may not say."""

import pytest
from pos_testkit.desk import MANAGER, counter

from pos_app.config import CustomerScreenSettings, DeviceSettings, ScreenPlace
from pos_app.runtime.device_board import DeviceRole, DeviceStanding
from pos_app.ui import messages
from pos_app.ui.screens.devices.form_state import CustomerForm
from pos_app.ui.screens.devices.state import DeviceKind, DevicesState
from pos_app.ui.state import Tone

pytestmark = pytest.mark.gui


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        one.sit_down(MANAGER)
        one.desk.go("devices")
        yield one


def _form(**changes: object) -> CustomerForm:
    values: dict[str, object] = {
        "place": ScreenPlace.MONITOR,
        "monitor": " HDMI-1 ",
        "pictures": "",
        "seconds": "",
        "opening": "欢迎",
        "payment_code": "https://pay.example.com/1",
        "sign_up_code": "",
        "greets": True,
        "shows_points": True,
        "shows_balance": False,
    }
    return CustomerForm(**{**values, **changes})  # type: ignore[arg-type]


def _card(till):
    return next(card for card in till.state("devices").cards if card.kind is DeviceKind.CUSTOMER_SCREEN)


def _save(till, form: CustomerForm) -> None:
    till.view("devices").save_requested.emit(form)


def test_the_screen_is_saved_and_used(till, tmp_path):
    assert _card(till).tone is Tone.NEUTRAL
    _save(till, _form(pictures=str(tmp_path), seconds="20"))
    saved = till.services.saved[-1].devices.customer_screen
    assert saved == till.services.applied[-1].devices.customer_screen == till.state("devices").devices.customer_screen
    assert (saved.monitor, saved.seconds, saved.opening) == ("HDMI-1", 20, "欢迎")
    assert till.state("devices").notice.code == "settings.saved"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"seconds": "2"}, "seconds"),
        ({"seconds": "9999"}, "seconds"),
        ({"seconds": "１０x"}, "seconds"),
        ({"pictures": "/no/such/folder"}, "pictures"),
        ({"payment_code": "/no/such/code.png"}, "payment_code"),
        ({"payment_code": "x" * 301}, "payment_code"),
        ({"sign_up_code": "码" * 101}, "sign_up_code"),
    ],
)
def test_a_form_that_cannot_be_names_its_field_and_says_what_to_do(till, changes, field):
    _save(till, _form(**changes))
    state = till.state("devices")
    assert state.bad_field == f"customer.{field}"
    assert "{" not in messages.words(state.notice)
    assert not till.services.saved


def test_the_card_says_what_became_of_the_monitor(till):
    def note(state: str, reason: str) -> None:
        standing = DeviceStanding(DeviceRole.CUSTOMER_SCREEN, till.desk.settings.devices.customer_screen.monitor, state)
        till.desk.devices.forget(DeviceRole.CUSTOMER_SCREEN)
        till.desk.devices.note(DeviceStanding(standing.role, standing.place, state, reason))

    _save(till, _form())
    for reason in ("not_found", "same_monitor"):
        note("error", reason)
        card = _card(till)
        assert (card.tone, card.notice.code, card.where) == (Tone.WARNING, f"customer_screen.{reason}", "HDMI-1")
        assert "HDMI-1" in messages.words(card.notice)
    note("idle", "")
    assert _card(till).tone is Tone.SUCCESS
    _save(till, _form(monitor=""))
    note("error", "not_found")
    assert _card(till).notice.code == "customer_screen.none_free"
    _save(till, _form(place=ScreenPlace.WINDOW))
    assert (_card(till).tone, _card(till).notice) == (Tone.SUCCESS, None)


def test_it_can_be_looked_at_whether_it_is_set_up_or_not(till):
    assert _card(till).can_test
    till.view("devices").test_requested.emit(DeviceKind.CUSTOMER_SCREEN)
    assert till.services.customer_screens == 1


def test_what_the_form_shows_is_what_it_gives_back(till):
    page = till.view("devices").forms["customer"]
    settings = CustomerScreenSettings(ScreenPlace.WINDOW, "DP-1", "/srv", 30, "欢迎", "a", "b", False, False, True)
    page.fill(DevicesState(devices=DeviceSettings(customer_screen=settings)), fresh=False)
    form = page.form()
    assert (form.place, form.monitor, form.seconds) == (ScreenPlace.WINDOW, "DP-1", "30")
    assert (form.greets, form.shows_points, form.shows_balance) == (False, False, True)
    assert (form.pictures, form.opening, form.payment_code, form.sign_up_code) == ("/srv", "欢迎", "a", "b")
