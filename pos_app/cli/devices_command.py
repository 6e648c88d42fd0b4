"""``guitai devices``: what is connected, what is set up, and the wizard, in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
import typer

from pos_app.cli import devices_words as words
from pos_app.cli.plain import plain
from pos_app.cli.words import PIN_NOTE
from pos_app.errors import KnownError

if TYPE_CHECKING:
    from pos_app.cli.app import TerminalTill
    from pos_app.config import DeviceSettings, Settings
    from pos_app.infrastructure.paths import Paths

HomeOption = Annotated[Path | None, typer.Option("--home", help="Folder of the till's data · 数据目录")]
#: What a person is to do at a device that is listened to.
_LIVE: Final = {"scanner": "scan_now", "scale": "weigh_now"}
FindPaths = Callable[[Path | None], "Paths"]
OpenTill = Callable[["Paths"], AbstractContextManager["TerminalTill"]]


def devices_app(find_paths: FindPaths, open_till: OpenTill) -> typer.Typer:
    """The subcommands of ``guitai devices``."""
    app = typer.Typer(help="Printers, scanners and the rest · 打印机、扫码枪等设备", no_args_is_help=True)

    @app.command("list", help="What is connected and what is set up; opens nothing · 查看设备")
    def show(home: HomeOption = None) -> None:
        _list(_settings(find_paths(home)).devices)

    @app.command("test", help="Try a device: printer, drawer, scanner … · 测试设备", epilog=PIN_NOTE)
    def test(
        role: Annotated[str, typer.Argument(help="printer, stand_in, drawer, scanner, scale, display · 哪种设备")],
        home: HomeOption = None,
    ) -> None:
        from pos_app.application.shifts import ShiftService
        from pos_app.bootstrap.device_trying import try_device
        from pos_app.bootstrap.devices import scan_config
        from pos_app.cli.devices_heard import heard

        paths = find_paths(home)
        with open_till(paths) as till:
            operator = till.operator()
            if role == "drawer":
                ShiftService(till.context).note_drawer_opened(operator, None, "test")
            settings = _settings(paths)
            config = scan_config(settings)
            if role in _LIVE:
                typer.echo(words.say(_LIVE[role]))
            try:
                try_device(settings.devices, role, lambda said: typer.echo(plain(heard(said, config))))
            except KnownError as error:
                if error.code != "device.not_tested":
                    raise
                raise KnownError(error.code, reason=words.notice(str(error.details["reason"]))) from error
        typer.echo(words.say("tested"))

    @app.command("set-up", help="Set a device up by answering questions · 设备设置向导", epilog=PIN_NOTE)
    def set_up(home: HomeOption = None) -> None:
        from pos_app.application.shifts import ShiftService
        from pos_app.cli.devices_setup import run_wizard

        if not sys.stdin.isatty():
            raise KnownError("device.ask_terminal")
        paths = find_paths(home)
        with open_till(paths) as till:
            operator, shifts = till.operator(), ShiftService(till.context)
            run_wizard(
                _settings(paths).devices,
                lambda devices: _save(paths, devices),
                lambda: shifts.note_drawer_opened(operator, None, "test"),
            )

    @app.command("export", help="Write the devices of this till into a file · 导出设备设置")
    def export(file: Annotated[Path, typer.Argument(help="The file · 文件")], home: HomeOption = None) -> None:
        from pos_app.infrastructure.device_profile import write_profile

        write_profile(file, _settings(find_paths(home)).devices)
        typer.echo(f"{file}  ✓")

    @app.command("import", help="Take the devices from another till's file · 导入设备设置", epilog=PIN_NOTE)
    def take(file: Annotated[Path, typer.Argument(help="The file · 文件")], home: HomeOption = None) -> None:
        from pos_app.bootstrap.device_places import not_here
        from pos_app.bootstrap.trials import look
        from pos_app.infrastructure.device_profile import read_profile, taken_over

        paths = find_paths(home)
        devices = taken_over(read_profile(file), _settings(paths).devices)
        with open_till(paths) as till:
            till.operator()
            _save(paths, devices)
        for place, where in not_here(devices, look()):
            typer.echo(f"! {words.say('missing_here')}{_role(place)}  {plain(where)}")
        typer.echo(words.say("imported"))

    return app


def _settings(paths: Paths) -> Settings:
    from pos_app.infrastructure.settings import load_settings

    settings = load_settings(paths.settings).settings
    if not settings.till_id:
        raise KnownError("till.not_set_up")
    return settings


def _save(paths: Paths, devices: DeviceSettings) -> None:
    from pos_app.infrastructure.settings import save_settings

    save_settings(paths.settings, msgspec.structs.replace(_settings(paths), devices=devices))


def _list(devices: DeviceSettings) -> None:
    from pos_app.bootstrap.device_places import not_here
    from pos_app.bootstrap.trials import look
    from pos_app.infrastructure.device_profile import wires_of

    found = look()
    typer.echo(words.say("connected"))
    for each in found.devices:
        likely, way = words.both(words.LIKELY[each.likely.value]), words.both(words.WAYS[each.way.value])
        typer.echo(f"  {likely}  {plain(each.name) or '—'}\n      {way}  {plain(each.address)}")
    if not found.devices:
        typer.echo(f"  {words.say('nothing')}")
    for source in found.silent:
        typer.echo(f"  ! {words.say('silent')}{words.both(words.SILENT[source])}")
    typer.echo(words.say("set_up"))
    missing = {place for place, _ in not_here(devices, found)}
    there = [(place, wire) for place, wire in wires_of(devices) if wire.kind.value != "none"]
    stands = {"tcp": "not_looked", "virtual": "on_screen"}
    for place, wire in there:
        how = words.say("not_here" if place in missing else stands.get(wire.kind.value, "here"))
        way = words.both(words.WAYS[wire.kind.value])
        typer.echo(f"  {_role(place)}  {way}  {plain(wire.where)}\n      {how}")
    if not there:
        typer.echo(f"  {words.say('nothing')}")


def _role(place: str) -> str:
    return words.both(words.ROLES[place.partition("[")[0]])
