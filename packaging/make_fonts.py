"""Cuts the fonts that the till carries out of Noto Sans CJK, so that Chinese shows on a machine without any font.

The results are committed: a checkout and an installer need neither this script nor its sources. Run it with
``python packaging/dev.py fonts`` after changing what the screens or receipts may contain.

Sources (SIL Open Font License 1.1, version 2.004 of Noto Sans CJK):

* regular and mono: ``NotoSansCJK-Regular.ttc`` from the Python package ``noto-cjk-sans-otc``;
* bold: ``NotoSansCJK-Bold.ttc`` from Debian's package ``fonts-noto-cjk`` (taken from the system when it is
  installed, otherwise fetched by ``apt-get download`` and unpacked in a temporary folder).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"
SYSTEM_BOLD = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc")

SC_FACE = "Noto Sans CJK SC"
MONO_SC_FACE = "Noto Sans Mono CJK SC"

# Signs that Noto Sans CJK lacks and programmers reach for: they are drawn by their nearest relative, which beats an
# empty box on a till.
STAND_INS = {
    0x2714: 0x2713,  # heavy check mark -> check mark
    0x2715: 0x00D7,  # multiplication x -> multiplication sign
    0x2717: 0x00D7,  # ballot x
    0x2718: 0x00D7,  # heavy ballot x
    0x25B8: 0x25B6,  # small triangles -> triangles
    0x25C2: 0x25C0,
    0x25B4: 0x25B2,
    0x25BE: 0x25BC,
    0x2630: 0x2261,  # trigram used as a menu sign -> identical to
}

# Ideographs of the national Table of General Standard Characters (2013) that have their code in Extension A: they
# stand in real names, and GBK has none of them.
NAME_CHARACTERS = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃"
    "䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮㕵㭴㱩㵑㲿㛠㜣䶕"
)


def _two_byte(codec: str) -> set[int]:
    """Every character that ``codec`` has in two bytes."""
    found: set[int] = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            text = bytes((lead, trail)).decode(codec, "ignore")
            if len(text) == 1 and ord(text) > 0x7F:
                found.add(ord(text))
    return found


def _span(first: int, last: int) -> set[int]:
    return set(range(first, last + 1))


LATIN = _span(0x20, 0x7E) | _span(0xA0, 0x17F) | _span(0x2010, 0x2027) | _span(0x2030, 0x205E) | _span(0x20A0, 0x20BF)
SIGNS = (
    _span(0x2100, 0x218F)  # letter-like, number forms
    | _span(0x2190, 0x21FF)  # arrows
    | _span(0x2200, 0x22FF)  # mathematics
    | _span(0x2300, 0x23FF)  # keys
    | _span(0x2460, 0x24FF)  # numbers in circles
    | _span(0x2500, 0x27BF)  # boxes, blocks, geometric shapes, symbols, dingbats
    | _span(0x3000, 0x303F)  # CJK punctuation
    | _span(0x3200, 0x33FF)  # units in one square
    | _span(0xFF00, 0xFFEF)  # full and half width
)
# What Noto holds of Extension C and later, and of the end of the basic block, is there for the same table of names.
LATE_NAMES = _span(0x9FA6, 0x9FFF) | _span(0x2A700, 0x323AF)


@dataclass(frozen=True, slots=True)
class Cut:
    """One font to make.

    Attributes:
        file: name of the result.
        face: full name of the face to take from the collection.
        characters: code points wanted; those that the face lacks are left out.
        hinted: keep Adobe's hints. They cost a fifth of the size, and at 13 to 16 px no difference was seen.
    """

    file: str
    face: str
    characters: frozenset[int]
    hinted: bool


# Both weights hold the same characters. A bold face of GB 2312 alone would save 6 MB, but Qt does not fall back from a
# bold face to the regular one of its own family: 王喆 and 李堃 would then be empty boxes wherever a name is bold.
SCREEN = frozenset(_two_byte("gbk") | LATIN | SIGNS | LATE_NAMES | {ord(sign) for sign in NAME_CHARACTERS})
HALF_WIDTH = frozenset(
    _span(0x20, 0x7E) | _span(0xA0, 0x17F) | {0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x20AC}
)

REGULAR = Cut("NotoSansCJKsc-Regular-GBK.otf", SC_FACE, SCREEN, hinted=False)
BOLD = Cut("NotoSansCJKsc-Bold-GBK.otf", SC_FACE + " Bold", SCREEN, hinted=False)
MONO = Cut("NotoSansMonoCJKsc-Latin.otf", MONO_SC_FACE, HALF_WIDTH, hinted=True)


def _face(collection: Path, name: str) -> TTFont:
    for font in TTCollection(str(collection), lazy=True).fonts:
        if font["name"].getDebugName(4) == name:
            return font
    sys.exit(f"{collection} has no face named {name}: is it another version of Noto Sans CJK?")


def _add_stand_ins(font: TTFont, wanted: frozenset[int]) -> None:
    for table in font["cmap"].tables:
        if not table.isUnicode():
            continue
        for sign, relative in STAND_INS.items():
            if sign in wanted and sign not in table.cmap and relative in table.cmap:
                table.cmap[sign] = table.cmap[relative]


def cut(collection: Path, what: Cut, folder: Path) -> Path:
    """Write one subset and return its path.

    Args:
        collection: the .ttc to take it from.
        what: face and characters.
        folder: where to put it.
    """
    font = _face(collection, what.face)
    _add_stand_ins(font, what.characters)
    options = Options()
    options.layout_features = ["kern", "liga", "locl", "ccmp", "tnum", "lnum", "fwid", "hwid"]
    options.hinting = what.hinted
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "DSIG"]
    options.recalc_timestamp = False  # so that the same sources give the same bytes
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=what.characters)
    subsetter.subset(font)
    path = folder / what.file
    font.recalcTimestamp = False
    font.save(str(path))
    return path


def _regular_source() -> Path:
    from noto_cjk_sans_otc import FONT_PATH

    return Path(str(FONT_PATH))


def _bold_source(scratch: Path) -> Path:
    if SYSTEM_BOLD.exists():
        return SYSTEM_BOLD
    try:
        subprocess.run(["apt-get", "download", "-qq", "fonts-noto-cjk"], cwd=scratch, check=True)
        package = next(scratch.glob("fonts-noto-cjk_*.deb"))
        subprocess.run(["dpkg", "-x", package.name, "unpacked"], cwd=scratch, check=True)
    except (OSError, subprocess.CalledProcessError, StopIteration) as error:
        sys.exit(f"The bold face is needed ({error}). Type: apt-get install fonts-noto-cjk")
    return scratch / "unpacked" / SYSTEM_BOLD.relative_to("/")


def main(arguments: list[str] | None = None) -> int:
    """Make all fonts; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--folder", type=Path, default=TARGET, help="where to write the fonts")
    parser.add_argument("--bold", type=Path, help="NotoSansCJK-Bold.ttc, when it is somewhere unusual")
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="guitai-fonts-") as scratch:
        regular = _regular_source()
        bold = given.bold or _bold_source(Path(scratch))
        for source, what in ((regular, REGULAR), (regular, MONO), (bold, BOLD)):
            made = cut(source, what, given.folder)
            with TTFont(str(made), lazy=True) as font:
                count = len(font.getBestCmap())
            print(f"{made.name}: {count:,} characters, {made.stat().st_size / 1024:,.0f} KiB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
