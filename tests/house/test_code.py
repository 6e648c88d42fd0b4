"""Rules about how code is written that the style checker does not know."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from house.house_tree import name, report, text, tree, under

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PYTHON = ("pos_app", "sync", "hardware", "packaging", "tests")

LONGEST = 450
# file -> why it may be longer than the others
LONG_FILES: dict[str, str] = {}

MAY_PRINT = {
    "pos_app/cli": "the command line speaks to a person",
    "packaging": "tools speak to a person",
    "tests": "benchmarks and tools print their figures",
}

# file -> why a float may appear in the domain
FLOATS: dict[str, str] = {"pos_app/domain/clock.py": "a moment for display, from milliseconds; not an amount"}


def test_files_stay_readable() -> None:
    """Files beyond some 400 lines hide their parts; elsewhere they grew to 143 kB."""
    offences = []
    for path in under(*PYTHON):
        lines = text(path).count("\n")
        if lines > LONGEST and name(path) not in LONG_FILES:
            offences.append(f"{name(path)}: {lines} lines")
    report(f"No Python file is longer than {LONGEST} lines (aim at 400). Split:", offences)
    report("These exceptions are no longer needed. Remove them:", [file for file in LONG_FILES if not _is_long(file)])


def _is_long(file: str) -> bool:
    return any(name(path) == file and text(path).count("\n") > LONGEST for path in under(*PYTHON))


def test_only_the_command_line_prints() -> None:
    """A window has no standard output, and on Windows without a console ``print`` can even fail: log instead."""
    offences = []
    for path in under(*PYTHON):
        if any(name(path).startswith(place) for place in MAY_PRINT):
            continue
        offences += [
            f"{name(path)}:{node.lineno}"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        ]
    report("print() is for pos_app/cli and packaging/. Use the log, or move this:", offences)


def _swallowing(path: Path) -> Iterator[ast.ExceptHandler]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler) and all(_does_nothing(statement) for statement in node.body):
            yield node


def _does_nothing(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass | ast.Continue) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and statement.value.value is ...
    )


def test_no_exception_is_swallowed_silently() -> None:
    """A swallowed error is found by a shop, months later. If nothing is to be done, a comment says why."""
    offences = []
    for path in under(*PYTHON):
        lines = text(path).splitlines()
        for handler in _swallowing(path):
            last = handler.body[-1].end_lineno or handler.lineno
            if not any("#" in line for line in lines[handler.lineno - 1 : last]):
                offences.append(f"{name(path)}:{handler.lineno}")
    report(
        "An except that does nothing needs a comment with the reason (or contextlib.suppress and a comment):", offences
    )


def test_money_never_meets_a_float() -> None:
    """0.1 + 0.2 is not 0.3, and a till that is out by a cent does not balance: the domain counts in whole numbers."""
    offences = []
    for path in under("pos_app"):
        if not name(path).startswith("pos_app/domain/") or name(path) in FLOATS:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                offences.append(f"{name(path)}:{node.lineno}: the literal {node.value}")
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
                offences.append(f"{name(path)}:{node.lineno}: float(...)")
            elif isinstance(node, ast.arg | ast.AnnAssign) and _is_float(node.annotation):
                offences.append(f"{name(path)}:{node.lineno}: declared as float")
            elif isinstance(node, ast.FunctionDef) and _is_float(node.returns):
                offences.append(f"{name(path)}:{node.lineno}: {node.name} returns a float")
            elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
                offences.append(f"{name(path)}:{node.lineno}: / (use // or a rounding that is named)")
    report("pos_app/domain knows no floats:", offences)


def _is_float(annotation: ast.expr | None) -> bool:
    return annotation is not None and any(
        isinstance(node, ast.Name) and node.id == "float" for node in ast.walk(annotation)
    )


def test_every_skip_gives_its_reason() -> None:
    """A test that is skipped without a reason is never switched on again."""
    offences = []
    for path in under("tests"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                named = any(
                    keyword.arg in {"reason", "msg"} and _says_something(keyword.value) for keyword in node.keywords
                )
                if called == "pytest.skip" and not (named or (node.args and _says_something(node.args[0]))):
                    offences.append(f"{name(path)}:{node.lineno}: {called}")
                if called in {"pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"} and not named:
                    offences.append(f"{name(path)}:{node.lineno}: {called}")
            elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                bare = {"pytest.mark.skip", "pytest.mark.xfail"}
                offences += [
                    f"{name(path)}:{mark.lineno}: {ast.unparse(mark)}"
                    for mark in node.decorator_list
                    if ast.unparse(mark) in bare
                ]
    report("Give the reason of a skipped or expected-to-fail test:", offences)


def _says_something(value: ast.expr) -> bool:
    return not (isinstance(value, ast.Constant) and not str(value.value).strip())


# Written so that this file does not offend itself.
LOOSE_END = re.compile(r"#.*\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")


def test_no_loose_ends() -> None:
    """A note in the code is read by nobody who plans the work: open an issue, or do it."""
    offences = [
        f"{name(path)}:{number}"
        for path in under(*PYTHON)
        for number, line in enumerate(text(path).splitlines(), 1)
        if LOOSE_END.search(line)
    ]
    report("Loose ends belong into an issue:", offences)
