"""Pictures for idle times, read one after another off the window's thread. What cannot be read is passed over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

if TYPE_CHECKING:
    from os import stat_result

#: Pictures are read on a lane of their own, so that no scan waits for a photograph.
LANE: Final = "pictures"
#: Endings of what is taken for a picture.
ENDINGS: Final = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp"})
#: Larger files are no pictures for a screen.
MOST_BYTES: Final = 64 * 1024 * 1024
#: More files of a folder are not looked at.
MOST_FILES: Final = 1_000


def is_picture(text: str) -> bool:
    """Whether a text names a file with a picture, rather than being what a code says."""
    return "://" not in text and Path(text).suffix.lower() in ENDINGS


def read_picture(path: Path, room: QSize) -> QImage | None:
    """A picture no larger than some room, ready to paint; None where it cannot be read. Slow: not for the window.

    Args:
        path: The file; what it is, its content says.
        room: In pixels.
    """
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return None
    except OSError:
        return None
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isEmpty():
        return None
    lies = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
    upright = size.transposed() if lies else size
    if upright.width() > room.width() or upright.height() > room.height():
        fitting = upright.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        # Decoders of photographs skip what is not wanted, which is many times as fast as scaling afterwards.
        reader.setScaledSize(fitting.transposed() if lies else fitting)
    image = reader.read()
    if image.isNull():
        return None
    return image.convertToFormat(QImage.Format.Format_RGB32 if not image.hasAlphaChannel() else _WITH_ALPHA)


_WITH_ALPHA: Final = QImage.Format.Format_ARGB32_Premultiplied


class PictureFolder:
    """The pictures of a folder, by name, round and round; only ever used on one lane."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last = ""
        self._broken: set[tuple[str, int, int]] = set()
        self._kept: tuple[tuple[str, int, int], QSize, QImage] | None = None

    def next(self, room: QSize) -> QImage | None:
        """The next picture that can be read; None where there is none. The folder may change at any time."""
        files = self._files()
        after = [each for each in files if each[0].name > self._last]
        before = [each for each in files if each[0].name <= self._last]
        for path, stat in after + before:
            facts = path.name, stat.st_mtime_ns, stat.st_size
            if facts in self._broken:
                continue
            image = self._read(path, facts, room)
            if image is not None:
                self._last = path.name
                return image
            self._broken.add(facts)
        return None

    def _read(self, path: Path, facts: tuple[str, int, int], room: QSize) -> QImage | None:
        """A picture that is alone is not read again and again."""
        if self._kept is not None and self._kept[:2] == (facts, room):
            return self._kept[2]
        image = read_picture(path, room)
        if image is not None:
            self._kept = facts, room, image
        return image

    def _files(self) -> list[tuple[Path, stat_result]]:
        found: list[tuple[Path, stat_result]] = []
        try:
            for path in self._folder.iterdir():
                if path.suffix.lower() in ENDINGS and len(found) < MOST_FILES:
                    found.append((path, path.stat()))
        except OSError:
            return []  # the folder is on a stick that was pulled out, say: the shop's name is shown then
        return sorted(found, key=lambda each: each[0].name)
