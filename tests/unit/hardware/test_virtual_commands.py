"""Virtual devices from the command line: what is typed is done, what is not understood is said."""

import io
import sys

import pytest

from hardware.virtual.__main__ import main

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are a POSIX thing")


def _run(monkeypatch, capsys, typed, *arguments):
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_a_scale_takes_grams_tare_and_faults(monkeypatch, capsys, tmp_path):
    link = tmp_path / "ttyScale"
    said = _run(monkeypatch, capsys, "285\n-5\ntare\nsilent\nnonsense\n", "scale", "--link", str(link))
    assert said.startswith(f"virtual scale on {link}")
    assert said.count("neither grams") == 1
    assert not link.is_symlink(), "unplugged at the end"


def test_a_display_names_its_port(monkeypatch, capsys):
    assert "virtual display on /dev/" in _run(monkeypatch, capsys, "\n", "display", "--figures", "8")
