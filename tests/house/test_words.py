"""Rules about words that must not be in the tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from house.house_tree import files, name, report, text

if TYPE_CHECKING:
    from pathlib import Path

TEXT = {
    ".py", ".md", ".toml", ".txt", ".json", ".jsonl", ".yml", ".yaml", ".ts", ".qss", ".svg", ".sh", ".cfg", ".ini",
    ".js", ".mjs", ".csv", ".html", ".desktop", ".service", ".rules", ".ps1", ".iss", "",
}  # fmt: skip

# Hosts that name a standard, a licence or nobody at all.
KNOWN_HOSTS = {
    "www.apache.org": "text of the licence",
    "scripts.sil.org": "text of the fonts' licence",
    "www.adobe.com": "copyright line of the fonts",
    "www.w3.org": "names of XML vocabularies",
    "www.gs1.org": "the standard of barcodes",
    "json-schema.org": "names the dialect of a published schema",
    "id.gs1.org": "GS1 Digital Link, as printed on goods",
    "www.rfc-editor.org": "standards",
    "www.freedesktop.org": "standards",
    "doc.qt.io": "Qt's manual",
    "docs.python.org": "Python's manual",
    "www.sqlite.org": "SQLite's manual",
    "sqlite.org": "SQLite's manual",
    "localhost": "this machine",
    "127.0.0.1": "this machine",
}
# RFC 2606 keeps these names for examples: they never belong to anybody.
EXAMPLE = re.compile(r"(^|\.)(example\.(com|org|net|cn)|example|test|invalid|localhost)$")
ADDRESS = re.compile(r"(?:https?|wss?|ftp)://([^/\s\"'<>)\]}:`,;*|]+)")
# A package lock of npm names the project pages of the packages; the registry is forbidden there, too.
ADDRESSES_ALLOWED_IN = {"package-lock.json"}

# In two pieces, so that this file does not offend itself.
REGISTRIES = [
    first + "." + second
    for first, second in (
        ("pypi", "org"),
        ("files.pythonhosted", "org"),
        ("registry.npmjs", "org"),
        ("registry.npmmirror", "com"),
        ("deb.debian", "org"),
        ("archive.ubuntu", "com"),
        ("proxy.golang", "org"),
        ("mirrors.aliyun", "com"),
        ("pypi.tuna.tsinghua", "edu"),
    )
]
MACHINE_PATH = re.compile(r"(?<![\w.])(/(?:wo" + r"rk|ro" + r"ot)/|/ho" + r"me/[a-z]\w+/|[A-Z]:\\Us" + r"ers\\\w)")
# file -> why it may name such a path
PATHS_ALLOWED_IN: dict[str, str] = {}


def _texts() -> list[Path]:
    return [path for path in files() if path.suffix in TEXT and path.stat().st_size < 2_000_000]


def _lines(path: Path) -> list[tuple[int, str]]:
    return list(enumerate(text(path).splitlines(), 1))


def test_no_unknown_hosts() -> None:
    """A till talks to its own head office and to nobody else; another address is a leak or an accident."""
    offences = []
    for path in _texts():
        if path.name in ADDRESSES_ALLOWED_IN:
            continue
        for number, line in _lines(path):
            for host in ADDRESS.findall(line):
                plain = host.rpartition("@")[2].lower()
                if "." in plain and plain not in KNOWN_HOSTS and not EXAMPLE.search(plain):
                    offences.append(f"{name(path)}:{number}: {plain}")
    report("Use a name under example.com, or enter the host with its reason in tests/house/test_words.py:", offences)


def test_no_package_registries() -> None:
    """Which registry serves the packages is the business of the machine, not of the project."""
    offences = [
        f"{name(path)}:{number}: {registry}"
        for path in _texts()
        for number, line in _lines(path)
        for registry in REGISTRIES
        if registry in line
    ]
    report(
        "Name no package registry (an npm lock: omit-lockfile-registry-resolved=true in .npmrc, then make it anew):",
        offences,
    )


def test_no_paths_of_somebodys_machine() -> None:
    """Such a path works on one machine only, and tells the world about it."""
    offences = [
        f"{name(path)}:{number}: {found[0]}"
        for path in _texts()
        if name(path) not in PATHS_ALLOWED_IN
        for number, line in _lines(path)
        if (found := MACHINE_PATH.search(line))
    ]
    report("Make the path relative to the checkout or take it from the environment:", offences)


def test_texts_are_utf8_with_plain_line_ends() -> None:
    """One encoding, so that Chinese survives every editor; CRLF breaks shell scripts and diffs."""
    offences = []
    for path in _texts():
        raw = path.read_bytes()
        if raw.startswith(b"\xef\xbb\xbf") and path.suffix != ".csv":
            offences.append(f"{name(path)}: starts with a byte-order mark")
        if b"\r\n" in raw and path.suffix not in {".csv", ".ps1", ".iss", ".txt"}:
            offences.append(f"{name(path)}: Windows line ends")
    report("Save as UTF-8 with plain line ends:", offences)
