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


@pytest.mark.parametrize("kind", ["serial", "keys", "reports"])
def test_a_scanner_of_each_kind_is_pulled_out_and_put_back(monkeypatch, capsys, tmp_path, kind):
    link = tmp_path / "scanner"
    typed = "6901234567892\nunplug\n6901234567892\nplug\n96385074\n"
    said = _run(monkeypatch, capsys, typed, "scanner", "--link", str(link), "--as", kind)
    assert said.startswith(f"virtual scanner on {link}")
    assert said.count("not plugged in") == 1
    assert not link.exists(), "unplugged at the end"
