"""The wizard in a terminal: the same questions as in the window."""

from __future__ import annotations

import contextlib
import queue
import select
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import typer

from pos_app.application.device_wizard.scanner_steps import readable
from pos_app.application.device_wizard.state import (
    DISPLAY_TRIES,
    KNOWN_CODE,
    Act,
    Again,
    Answer,
    Cancel,
    Choose,
    Done,
    FindScales,
    Heard,
    Kind,
    Listen,
    Mark,
    Marked,
    OpenBox,
    OpenDrawer,
    Said,
    Save,
    ShowNumbers,
    Step,
    Typed,
    Weigh,
    Weighed,
    WizardState,
    shown_number,
)
from pos_app.application.device_wizard.steps import answer, begin
from pos_app.bootstrap import counter_trials, trials
from pos_app.cli import devices_words as words
from pos_app.config import DeviceSettings, ScaleSettings, WireKind
from pos_app.errors import KnownError

if TYPE_CHECKING:
    from hardware.discovery import Discovery

_POLL_S = 0.1
_WEIGH_S = 5.0


def run_wizard(
    devices: DeviceSettings, save: Callable[[DeviceSettings], None], note_opening: Callable[[], None]
) -> bool:
    """Ask until a device is set up; whether something was saved.

    Args:
        devices: As they are.
        save: Keeps other ones.
        note_opening: Journals that the drawer is opened; called before each try.
    """
    state = begin(devices)
    while not state.is_over:
        if state.notice:
            typer.echo(f"! {words.notice(state.notice)}")
        if isinstance(state.act, Listen):
            state = _listen(state)
            continue
        try:
            given = _ask(state) if state.act is None else _do(state.act, save, note_opening)
        except (typer.Abort, EOFError, KeyboardInterrupt):
            given = (Cancel(),)
        for each in given:
            state = answer(state, each)
    saved = state.step is Step.FINISHED
    typer.echo(words.say("saved" if saved else "cancelled"))
    return saved


def _do(act: Act, save: Callable[[DeviceSettings], None], note_opening: Callable[[], None]) -> tuple[Answer, ...]:
    match act:
        case OpenDrawer() | OpenBox():
            note_opening()
            return (trials.do(act),)
        case Save(devices=devices):
            try:
                save(devices)
            except KnownError as error:
                return (Done(error.code),)
            return (Done(),)
        case Listen():
            return ()
        case Weigh(scale=scale):
            return (_ask_weight(scale),)
        case FindScales():
            typer.echo(words.say("searching"))
            return (trials.do(act),)
        case ShowNumbers():
            typer.echo(words.say("watch"))
            return (trials.do(act),)
        case _:
            return (trials.do(act),)


def _ask(state: WizardState) -> tuple[Answer, ...]:
    match state.step:
        case Step.KIND:
            names = (words.ROLES[each.value] for each in Kind)
            return (_number("ask_kind", [words.both(each) for each in names]),)
        case Step.WHICH:
            found = [
                f"{each.name or '—'}  {words.both(words.WAYS[each.wire.kind.value])}  {each.wire.where}"
                for each in state.candidates
            ]
            if state.kind is not Kind.PRINTER:
                return (_number("ask_which_port", found),)
            return (_number("ask_which", [*found, words.say("network")]),)
        case Step.DRAWER_AT:
            return (_number("ask_drawer_at", [words.say("at_printer"), words.say("at_port")]),)
        case Step.LOAD:
            typer.prompt(words.say("ask_load"), default="", show_default=False)
            return (Marked(),)
        case Step.ADDRESS:
            return (Typed(typer.prompt(words.say("ask_address"))),)
        case Step.SPEED:
            return (Choose(_digits(typer.prompt(words.say("ask_speed")))),)
        case Step.TRIAL:
            return (*(Mark(_digits(each)) for each in _several("ask_trial")), Marked())
        case Step.READ:
            numbers = {shown_number(number): number for number in range(1, len(DISPLAY_TRIES) + 1)}
            return (*(Mark(numbers.get(each, 0)) for each in _several("ask_read")), Marked())
        case Step.LAMP:
            return (Said(yes=typer.confirm(words.say("ask_lamp"))),)
        case Step.CUT | Step.DRAWER:
            return (Said(yes=typer.confirm(words.say("ask_cut" if state.step is Step.CUT else "ask_drawer"))),)
        case Step.SUMMARY:
            for line in summary(state):
                typer.echo(f"  {line}")
            return (Said(yes=typer.confirm(words.say("ask_save"), default=True)),)
        case _:
            return (Again(),)


def _several(question: str) -> Iterator[str]:
    said = typer.prompt(words.say(question), default="", show_default=False)
    yield from dict.fromkeys(said.replace(",", " ").split())


def _ask_weight(settings: ScaleSettings) -> Said:
    """Whether the scale shows what it says; what it said last before it stood still is shown."""
    heard: queue.SimpleQueue[Weighed] = queue.SimpleQueue()
    scale = counter_trials.weigh(settings, heard.put)
    said, until_s = Weighed(), time.monotonic() + _WEIGH_S
    try:
        while not said.is_stable and time.monotonic() < until_s:
            with contextlib.suppress(queue.Empty):
                said = heard.get(timeout=_POLL_S)
    finally:
        if scale is not None:
            scale.stop()
    weight = f"{said.grams // 1000}.{said.grams % 1000:03d} kg"
    return Said(yes=typer.confirm(words.say("ask_weight", weight=weight)))


def _number(question: str, offered: list[str]) -> Choose:
    for number, each in enumerate(offered, start=1):
        typer.echo(f"  {number}  {each}")
    return Choose(_digits(typer.prompt(words.say(question))))


def _digits(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1


def summary(state: WizardState) -> Iterator[str]:
    """What will be saved."""
    made = state.devices
    own = {Kind.SCALE: made.scale, Kind.DISPLAY: made.display, Kind.DRAWER: made.drawer}.get(state.kind)
    if own is not None and own.kind is not WireKind.NONE:
        table = {Kind.SCALE: made.scale.protocol, Kind.DISPLAY: made.display.model}.get(state.kind, made.drawer.pulse)
        yield words.say("sum_speaks", where=own.where, baud=own.baud, table=table)
        return
    if state.kind is not Kind.SCANNER:
        printer = made.printer
        yield words.say(
            "sum_printer",
            where=printer.where,
            charset=printer.charset,
            columns=printer.columns or {58: 32, 80: 48}.get(printer.paper_mm, 48),
            cutter="✓" if printer.has_cutter else "—",
            pin=printer.drawer_pin,
        )
        return
    last = state.heard[-1].wire if state.heard else None
    if last is None or last.kind is WireKind.NONE:
        wedge = made.wedge
        yield words.say("sum_wedge", prefix=readable(wedge.prefix), suffix=readable(wedge.suffix), gap=wedge.gap_ms)
        return
    scanner = made.scanners[-1]
    prefix, suffix = readable(scanner.prefix), readable(scanner.suffix)
    yield words.say("sum_scanner", where=scanner.where, baud=scanner.baud, prefix=prefix, suffix=suffix)


def _listen(state: WizardState) -> WizardState:
    """Hear the terminal's own input and every free serial port until three scans agree."""
    typer.echo(words.say("ask_scan", code=KNOWN_CODE))
    discovery: Discovery = trials.look()
    heard: queue.SimpleQueue[Heard] = queue.SimpleQueue()
    finder = trials.finder(discovery)
    thread = threading.Thread(target=finder.run, args=(trials.hears(discovery, heard.put),), daemon=True)
    thread.start()
    try:
        while isinstance(state.act, Listen):
            line = _typed_line()
            if line is not None:
                given: Answer = Heard(line) if line.strip() else Cancel()
            elif not heard.empty():
                given = heard.get()
            else:
                continue
            state = answer(state, given)
            if state.notice:
                typer.echo(f"! {words.notice(state.notice)}")
            elif state.heard:
                typer.echo(f"  {len(state.heard)} / 3")
    except KeyboardInterrupt:
        state = answer(state, Cancel())
    finally:
        finder.stop()
        thread.join(2)
    return state


def _typed_line() -> str | None:
    """A line of the terminal; None while there is none, empty at its end. Windows tells only of lines."""
    if sys.platform != "win32" and not select.select([sys.stdin], [], [], _POLL_S)[0]:
        return None
    return sys.stdin.readline()
