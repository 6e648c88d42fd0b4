"""``guitai programme``: check, publish the schema of, try out and load a shop's rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pos_app.cli import programme_words as words
from pos_app.cli.words import PIN_NOTE
from pos_app.errors import KnownError

if TYPE_CHECKING:
    from pos_app.application.scenarios.comparing import Difference
    from pos_app.application.scenarios.document import Scenario
    from pos_app.application.scenarios.outcome import Outcome
    from pos_app.cli.app import TerminalTill
    from pos_app.domain.programme.document import Programme
    from pos_app.domain.programme.review import KnownGoods

#: Files of a scenario folder that begin so are programmes, not scenarios.
_PROGRAMME_PREFIX: Final = "programme"

LanguageOption = Annotated[str, typer.Option("--language", help="zh_CN or en · 语言")]


def programme_app(open_till: Callable[[Path | None], AbstractContextManager[TerminalTill]]) -> typer.Typer:
    """The subcommands of ``guitai programme``."""
    app = typer.Typer(help="The membership's rules · 会员方案", no_args_is_help=True)
    _add_check(app)
    _add_schema(app)
    _add_try(app)

    @app.command("load", help="Use a programme from its first day on · 启用方案", epilog=PIN_NOTE)
    def load(
        file: Path,
        home: Annotated[Path | None, typer.Option("--home", help="Folder of the till's data · 数据目录")] = None,
    ) -> None:
        from pos_app.application.setting_up import SetUpService
        from pos_app.domain.programme.findings import Severity
        from pos_app.domain.programme.review import review_programme

        programme = read_programme(file)
        wrong = [found for found in review_programme(programme) if found.severity is Severity.ERROR]
        if wrong:
            problems = tuple(f"{found.place}: {found.text.zh} · {found.text.en}" for found in wrong)
            raise KnownError("programme.wrong", problems=problems)
        with open_till(home) as till:
            SetUpService(till.context).use_programme(till.operator(), programme)
        typer.echo(f"{programme.name.zh}  v{programme.version}  ✓")

    return app


def read_programme(file: Path) -> Programme:
    """Read a programme's file.

    Raises:
        KnownError: ``programme.unreadable``, ``programme.wrong``.
    """
    from pos_app.domain.programme.loading import load_programme

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("programme.unreadable", reason=str(error)) from error
    return load_programme(text)


def read_scenario(file: Path) -> tuple[Scenario, Programme]:
    """Read a scenario's file and the programme it names.

    Raises:
        KnownError: As :func:`read_programme`; ``scenario.unreadable``, ``scenario.wrong``.
    """
    from pos_app.application.scenarios.loading import load_scenario

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("scenario.unreadable", reason=str(error)) from error
    scenario = load_scenario(text)
    return scenario, read_programme(file.parent / scenario.programme)


def later_programmes(file: Path, scenario: Scenario) -> dict[str, Programme]:
    """The programmes that come into force before refunds of a scenario, by the name they have in its file.

    Raises:
        KnownError: As :func:`read_programme`.
    """
    names = {each.programme for each in scenario.refunds if each.programme}
    return {name: read_programme(file.parent / name) for name in sorted(names)}


def scenario_files(place: Path) -> list[Path]:
    """A scenario's file alone, or all in a folder and the folders in it; those named ``programme…`` are programmes."""
    if not place.is_dir():
        return [place]
    return sorted(path for path in place.rglob("*.toml") if not path.name.startswith(_PROGRAMME_PREFIX))


def _add_check(app: typer.Typer) -> None:
    @app.command("check", help="Say what is wrong with a programme file · 检查方案文件")
    def check(
        file: Path,
        products: Annotated[
            Path | None, typer.Option(help="A products file: are all named goods in it? · 商品表")
        ] = None,
        strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors · 提醒也算错误")] = False,
    ) -> None:
        from pos_app.domain.programme.findings import Severity
        from pos_app.domain.programme.review import review_programme

        programme = read_programme(file)
        findings = review_programme(programme, _goods(products) if products is not None else None)
        for found in findings:
            typer.echo(words.finding(found))
        for line in words.odds(programme):
            typer.echo(line)
        failed = any(strict or found.severity is Severity.ERROR for found in findings)
        sign = "✗" if failed else "✓"
        typer.echo(f"{programme.name.zh}  v{programme.version}  {programme.effective_from}  {sign}")
        if failed:
            raise typer.Exit(1)


def _goods(file: Path) -> KnownGoods:
    from pos_app.application.importing.goods import known_goods
    from pos_app.infrastructure.spreadsheets import open_table

    with open_table(file) as table:
        return known_goods(table.rows)


def _add_schema(app: typer.Typer) -> None:
    @app.command("schema", help="The JSON Schema of a programme file · 方案文件的 JSON Schema")
    def schema(
        out: Annotated[Path | None, typer.Option("--out", help="Write it to this file · 写入文件")] = None,
    ) -> None:
        from pos_app.domain.programme.schema import programme_schema

        text = json.dumps(programme_schema(), ensure_ascii=False, indent=2) + "\n"
        if out is None:
            typer.echo(text, nl=False)
            return
        try:
            out.write_text(text, encoding="utf-8")
        except OSError as error:
            raise KnownError("file.not_written", reason=str(error)) from error
        typer.echo(f"{out}  ✓")


def _add_try(app: typer.Typer) -> None:
    @app.command("try", help="Run scenarios: the quote, or where it differs · 试算案例")
    def try_out(
        place: Annotated[Path, typer.Argument(help="A scenario or a folder of them · 案例文件或文件夹")],
        language: LanguageOption = "zh_CN",
    ) -> None:
        files = scenario_files(place)
        if not files:
            raise KnownError("scenario.none", place=str(place))
        alone = not place.is_dir()
        wrong = 0
        for file in files:
            scenario, result, found = _run(file, alone=alone)
            if scenario is not None and result is not None and (alone or found):
                typer.echo("\n".join(words.outcome(scenario, result, language)))
            for line in _verdict(file, found, language):
                typer.echo(line)
            wrong += bool(found)
        if not alone:
            typer.echo(words.say("summary", language, count=len(files), wrong=wrong))
        if wrong:
            raise typer.Exit(1)


def _run(file: Path, *, alone: bool) -> tuple[Scenario | None, Outcome | None, tuple[Difference | KnownError, ...]]:
    """Run one file; in a folder, one that cannot be read does not keep the others from being run."""
    from pos_app.application.scenarios.comparing import differences
    from pos_app.application.scenarios.running import run_scenario

    try:
        scenario, programme = read_scenario(file)
        result = run_scenario(scenario, programme, later_programmes(file, scenario))
    except KnownError as error:
        if alone:
            raise
        return None, None, (error,)
    return scenario, result, differences(scenario, result)


def _verdict(file: Path, found: tuple[Difference | KnownError, ...], language: str) -> Iterator[str]:
    from pos_app.cli.words import error

    if not found:
        yield f"✓ {file}  {words.say('as_expected', language)}"
        return
    yield f"✗ {file}"
    for each in found:
        yield f"    {error(each) if isinstance(each, KnownError) else each.text.in_language(language)}"
