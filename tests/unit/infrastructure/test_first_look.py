"""What the first picture takes from the settings file, whatever is in it."""

from pathlib import Path

import msgspec
import pytest

from pos_app.config import Settings, ShopSettings
from pos_app.infrastructure.first_look import FirstLook, first_look
from pos_app.infrastructure.settings import save_settings


def test_it_sees_what_the_settings_say(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(language="en", theme="dark", shop=ShopSettings(name="晨光超市")))
    assert first_look(path) == FirstLook("en", "dark", "晨光超市")


def test_defaults_are_those_of_the_settings(tmp_path: Path) -> None:
    defaults = Settings()
    assert first_look(tmp_path / "none.json") == FirstLook(defaults.language, defaults.theme, defaults.shop.name)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[]", b"null", b"{", b'{"shop": 5, "theme": [], "language": null}', b"[" * 100_000]
)
def test_whatever_is_wrong_means_the_default(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert first_look(path) == FirstLook()


def test_every_field_is_one_of_the_settings() -> None:
    names = {field.name for field in msgspec.structs.fields(Settings)}
    assert set(FirstLook._fields) <= names
