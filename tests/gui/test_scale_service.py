"""The till's scale from its settings: a port, a table of the shop's own, a virtual one; wrong settings are told."""

import sys
import time

import pytest
from PySide6.QtCore import QCoreApplication

from hardware.virtual.scale import VirtualScale
from pos_app.bootstrap.device_service import DeviceService
from pos_app.bootstrap.scales import scale_for
from pos_app.config import DeviceSettings, OwnScaleSettings, ScaleSettings, Settings, WireKind
from pos_app.errors import KnownError
from pos_app.infrastructure.device_tables import scale_protocol
from pos_app.runtime.device_board import DeviceRole
from pos_app.runtime.weighing import Weight, WeightState

pytestmark = pytest.mark.gui


def _until(condition):
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        QCoreApplication.processEvents()
        time.sleep(0.005)


@pytest.fixture
def service(qapp):
    one = DeviceService()
    yield one
    one.close()
    if one.virtual is not None:
        one.virtual.close()


def _settings(**scale):
    return Settings(devices=DeviceSettings(scale=ScaleSettings(**scale)))


def _standing(service):
    found = service.board.standings(DeviceRole.SCALE)
    return (found[0].place, found[0].state, found[0].reason) if found else None


@pytest.mark.parametrize("protocol", ["general", "ecr", "toledo_8217", "own"])
def test_a_virtual_scale_is_read_as_a_real_one(service, protocol):
    service.listen(_settings(kind=WireKind.VIRTUAL, protocol=protocol), with_virtual=False)
    _until(lambda: _standing(service) == ("", "idle", ""))
    service.scale.watch(on=True)
    service.virtual.virtual_scale.lay(285)
    _until(lambda: service.scale.weight == Weight(WeightState.STABLE, 285))
    service.virtual.virtual_scale.unplug()
    _until(lambda: _standing(service)[1] == "error")
    assert service.scale.weight is None


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are a POSIX thing")
def test_a_scale_at_a_port_speaks_by_the_shops_own_table(service, tmp_path):
    own = OwnScaleSettings(pattern=r"(?:(?P<stable>ST)|US),GS,\+ *(?P<weight>[\d.]+)(?P<unit>kg)\r\n", repeat=2)
    with VirtualScale("general", link=tmp_path / "ttyS9") as scale:
        scale.lay(1500)
        place = str(tmp_path / "ttyS9")
        settings = _settings(kind=WireKind.SERIAL, device=place, protocol="own", own=own)
        service.listen(settings, with_virtual=False)
        _until(lambda: service.scale.weight == Weight(WeightState.STABLE, 1500))
        assert _standing(service) == (place, "idle", "")
        service.listen(_settings(), with_virtual=False)
        assert not service.scale.is_set_up
        assert _standing(service) is None


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"kind": WireKind.SERIAL, "device": ""}, "device.not_configured"),
        ({"kind": WireKind.SERIAL, "device": "/dev/ttyS0", "protocol": "unheard_of"}, "scale.table_wrong"),
        ({"kind": WireKind.SERIAL, "device": "/dev/ttyS0", "protocol": "own"}, "scale.table_wrong"),
    ],
)
def test_a_scale_that_cannot_be_is_told_and_weights_are_typed(service, settings, code):
    service.listen(_settings(**settings), with_virtual=False)
    QCoreApplication.processEvents()
    assert _standing(service)[1:] == ("error", code)
    assert not service.scale.is_set_up
    assert service.scale.weight is None


@pytest.mark.parametrize(
    "own",
    [
        OwnScaleSettings(ask="57 0", pattern=r"(?P<weight>\d+)\r"),
        OwnScaleSettings(pattern=r"(?P<weight>\d+"),
        OwnScaleSettings(pattern=r"(?P<weight>秤\d+)"),
        OwnScaleSettings(pattern=r"\d+\r"),
        OwnScaleSettings(pattern=r"(?P<weight>\d+)\r", unit="lb"),
    ],
)
def test_a_table_that_cannot_work_is_refused_with_its_reason(own):
    with pytest.raises(KnownError) as refused:
        scale_protocol(ScaleSettings(protocol="own", own=own))
    assert refused.value.code == "scale.table_wrong"
    assert refused.value.details["reason"]


def test_no_scale_is_no_scale():
    assert scale_for(ScaleSettings()) is None
    asked = scale_protocol(ScaleSettings(protocol="own", own=OwnScaleSettings(ask="05", pattern=r"(?P<weight>\d+)\r")))
    assert asked.ask == (b"\x05",)
