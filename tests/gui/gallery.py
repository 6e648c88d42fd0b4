"""Draw every view with invented states to PNG files, to be looked at.

``python tests/gui/gallery.py --out DIR --lang zh_CN --theme light --size 1024x768``
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(folder) for folder in Path(__file__).resolve().parents[:3]]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from gallery_customer import SHOTS as CUSTOMER_SHOTS  # noqa: E402
from gallery_customer import codes, idle_picture  # noqa: E402
from gallery_states import Shot, shots  # noqa: E402
from PySide6.QtCore import QSize  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from pos_app.ui import fonts, i18n, theme  # noqa: E402
from pos_app.ui.customer_screen.window import CustomerWindow  # noqa: E402
from pos_app.ui.shell import Shell  # noqa: E402


def show(shell: Shell, shot: Shot) -> None:
    """Bring the shell into the state of a picture."""
    shell.show_training(on=shot.training)
    shell.show_header(shot.header)
    if shot.behind is not None:
        shell.show_screen(shot.behind[0]).render(shot.behind[1])
        shell.view(shot.view).render(shot.state)
        shell.open_sheet(shot.view)
    else:
        view = shell.view(shot.view)
        view.render(shot.state)
        shell.show_screen(shot.view)
    if shot.act is not None:
        shot.act(shell.view(shot.view))
    for _ in range(8):  # room asked for deep inside a page comes up one layout at a time
        QApplication.processEvents()


def draw_customer_screen(out: Path, language: str, size: QSize, only: str) -> None:
    """Draw every state of the customer's screen, which is a window of its own."""
    window = CustomerWindow()
    window.resize(size)
    for shot in CUSTOMER_SHOTS:
        if only in shot.name:
            window.show_codes(*(codes() if shot.codes else (None, None)))
            window.show_idle_picture(idle_picture() if shot.idle else None)
            window.show_state(replace(shot.state, language=language))
            path = out / f"{shot.name}.png"
            window.grab().save(str(path))
            print(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--lang", default="zh_CN", choices=["zh_CN", "en"])
    parser.add_argument("--theme", default="light", choices=["light", "dark"])
    parser.add_argument("--size", default="1024x768")
    parser.add_argument("--only", default="", help="draw only pictures whose name contains this")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    app = QApplication(["gallery"])
    fonts.install(app)
    theme.apply(app, args.theme)
    if not i18n.use(args.lang):
        sys.exit("no catalogue: run pyside6-lrelease resources/i18n/guitai_zh_CN.ts")
    shell = Shell()
    width, height = (int(part) for part in args.size.split("x"))
    shell.resize(width, height)
    shell.show()
    for shot in shots():
        if args.only in shot.name:
            show(shell, shot)
            path = args.out / f"{shot.name}.png"
            shell.grab().save(str(path))
            print(path)
    draw_customer_screen(args.out, args.lang, QSize(width, height), args.only)


if __name__ == "__main__":
    main()
