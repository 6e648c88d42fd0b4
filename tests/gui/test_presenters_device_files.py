"""The devices screen's files: all devices into one, and out of one, with what is not connected here."""

import pytest
from pos_testkit.desk import MANAGER, counter

from pos_app.config import DeviceSettings, PrinterSettings, WireKind
from pos_app.infrastructure.device_profile import read_profile, write_profile
from pos_app.ui import messages
from pos_app.ui.screens.devices.form_state import WedgeForm

pytestmark = pytest.mark.gui


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        one.sit_down(MANAGER)
        yield one


def test_devices_go_into_a_file_and_come_from_one(till, tmp_path):
    till.desk.go("devices")
    view, file = till.view("devices"), tmp_path / "devices.json"
    wanted = DeviceSettings(stand_in=PrinterSettings(kind=WireKind.SPOOLER, queue="receipts"))
    write_profile(file, wanted)
    view.profile_in_requested.emit(file)
    assert till.services.applied[-1].devices == wanted
    assert till.state("devices").notice.code == "settings.saved"
    view.profile_out_requested.emit(tmp_path / "out.json")
    assert read_profile(tmp_path / "out.json") == wanted
    assert till.state("devices").notice.code == "profile.written"


def test_what_of_a_file_is_not_here_is_said_once(till, tmp_path):
    till.desk.go("devices")
    view, file = till.view("devices"), tmp_path / "devices.json"
    write_profile(file, DeviceSettings())
    till.services.not_here = ("0416:5011",)
    view.profile_in_requested.emit(file)
    assert "0416:5011" in messages.words(till.state("devices").notice)
    view.save_requested.emit(WedgeForm())
    assert till.state("devices").notice.code == "settings.saved"


def test_a_file_that_is_nonsense_changes_nothing(till, tmp_path):
    till.desk.go("devices")
    (tmp_path / "devices.json").write_text("{}", "utf-8")
    till.view("devices").profile_in_requested.emit(tmp_path / "devices.json")
    assert till.state("devices").notice.code == "profile.none"
    till.view("devices").profile_out_requested.emit(tmp_path / "none" / "devices.json")
    assert till.state("devices").notice.code == "file.not_written"
    assert not till.services.saved
