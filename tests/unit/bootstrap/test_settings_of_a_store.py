"""What head office says of a store goes over the till's settings; what is the till's own stays."""

from pos_app.bootstrap.head_office import settings_of
from pos_app.config import DeviceSettings, PrinterSettings, Settings, ShopSettings, WireKind
from pos_app.infrastructure.sync.membership import Membership


def test_the_logo_and_the_devices_are_the_till_s_own():
    membership = Membership(
        address="https://127.0.0.1:8443",
        ca_pem="",
        office_key=b"",
        till="till-1",
        number=3,
        incarnation=1,
        store="S1",
        store_name="总店",
        store_facts={"phone": "400"},
    )
    own = Settings(
        shop=ShopSettings(name="柜台", logo="/srv/logo.png", thanks="谢谢惠顾"),
        devices=DeviceSettings(printer=PrinterSettings(WireKind.SPOOLER, queue="receipts")),
    )
    settings = settings_of(membership, own)
    assert settings.shop == ShopSettings(name="总店", code="S1", phone="400", logo="/srv/logo.png", thanks="谢谢惠顾")
    assert settings.devices == own.devices
    assert settings_of(membership, settings) == settings
