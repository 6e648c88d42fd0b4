"""Codes on paper, as arithmetic: Code 128 and EAN-13 as bars, QR as a matrix, and how much room each takes."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hardware.printers.errors import DocumentError

_CODE128 = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221"
    "223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321"
    "112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131"
    "311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114"
    "122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141"
    "214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232"
)
_STOP128 = "2331112"
_START_B, _START_C, _TO_B, _TO_C = 104, 105, 100, 99
_DIGIT_RUN = re.compile(r"\d{4,}", re.ASCII)
_PRINTABLE = re.compile(r"[ -~]+")

_EAN_L = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
_EAN_PARITY = (
    "LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL",
)  # fmt: skip
_EAN13 = re.compile(r"\d{13}", re.ASCII)

# Bytes that fit in QR versions 1 to 40 at error correction level M.
_QR_M_BYTES = (
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666,
    711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
)  # fmt: skip
QR_QUIET_MODULES = 4
_QUIET_MODULES = 20
_NARROWEST_DOTS, _WIDEST_DOTS = 2, 3
_EIGHT_BIT: Final = 4


class Chunk(NamedTuple):
    """Part of a Code 128 in one code set, B (text) or C (pairs of digits)."""

    code_set: str
    text: str

    @property
    def symbols(self) -> int:
        """Symbols the text takes in this set."""
        return len(self.text) if self.code_set == "B" else len(self.text) // 2


def code128_possible(data: str) -> bool:
    """Return whether Code 128 set B can carry `data`."""
    return bool(_PRINTABLE.fullmatch(data)) and len(data) <= 100


def code128_chunks(data: str, *, compact: bool) -> tuple[Chunk, ...]:
    """Return `data` in code sets; `compact` uses set C for long runs of digits."""
    if not compact:
        return (Chunk("B", data),)
    chunks: list[Chunk] = []
    start = 0
    for run in _DIGIT_RUN.finditer(data):
        begin, end = run.span()
        begin += (end - begin) % 2
        if begin > start:
            chunks.append(Chunk("B", data[start:begin]))
        chunks.append(Chunk("C", data[begin:end]))
        start = end
    if start < len(data):
        chunks.append(Chunk("B", data[start:]))
    return tuple(chunks)


def code128_modules(chunks: tuple[Chunk, ...]) -> int:
    """Return the width in modules without quiet zones."""
    return 11 * (sum(chunk.symbols for chunk in chunks) + len(chunks) + 1) + 13


def code128_bits(chunks: tuple[Chunk, ...]) -> str:
    """Return the bars as a string of 1 (dark) and 0."""
    values: list[int] = []
    for index, (code_set, text) in enumerate(chunks):
        if index == 0:
            values.append(_START_B if code_set == "B" else _START_C)
        else:
            values.append(_TO_B if code_set == "B" else _TO_C)
        if code_set == "B":
            values.extend(ord(ch) - 32 for ch in text)
        else:
            values.extend(int(text[at : at + 2]) for at in range(0, len(text), 2))
    values.append((values[0] + sum(at * value for at, value in enumerate(values[1:], 1))) % 103)
    widths = "".join(_CODE128[value * 6 : value * 6 + 6] for value in values) + _STOP128
    return "".join(("1" if at % 2 == 0 else "0") * int(width) for at, width in enumerate(widths))


def module_dots(modules: int, dots: int) -> int | None:
    """Return the dots per module for a linear code on paper of `dots`, or None when it does not fit legibly."""
    size = min(_WIDEST_DOTS, dots // (modules + _QUIET_MODULES))
    return size if size >= _NARROWEST_DOTS else None


def code128_fitting(data: str, dots: int) -> tuple[Chunk, ...] | None:
    """Return `data` as Code 128 that fits on the paper, or None when it cannot be one."""
    if not code128_possible(data):
        return None
    for compact in (False, True):
        chunks = code128_chunks(data, compact=compact)
        if module_dots(code128_modules(chunks), dots):
            return chunks
    return None


def ean13_checked(data: str) -> str:
    """Return `data` when it is a correct EAN-13.

    Raises:
        DocumentError: When it is not.
    """
    if not _EAN13.fullmatch(data) or sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(data)) % 10:
        raise DocumentError(f"not an EAN-13: {data!r}")
    return data


def ean13_bits(data: str) -> str:
    """Return the bars of a correct EAN-13 as a string of 1 (dark) and 0."""
    left = ""
    for parity, digit in zip(_EAN_PARITY[int(data[0])], data[1:7], strict=True):
        pattern = _EAN_L[int(digit)]
        left += pattern if parity == "L" else _inverted(pattern)[::-1]
    right = "".join(_inverted(_EAN_L[int(digit)]) for digit in data[7:])
    return f"101{left}01010{right}101"


def _inverted(bits: str) -> str:
    return bits.translate(str.maketrans("01", "10"))


def qr_modules(data: bytes) -> int:
    """Return the width in modules, without quiet zone, of a QR code at level M holding `data` as bytes.

    Raises:
        DocumentError: When it holds more than a QR code can.
    """
    for version, capacity in enumerate(_QR_M_BYTES, 1):
        if len(data) <= capacity:
            return 17 + 4 * version
    raise DocumentError(f"{len(data)} bytes do not fit in a QR code")


def qr_matrix(data: bytes) -> list[list[bool]]:
    """Return the modules of a QR code at level M, without quiet zone; True is dark.

    Raises:
        DocumentError: When it holds more than a QR code can.
    """
    version = (qr_modules(data) - 17) // 4
    import qrcode
    from qrcode.util import QRData

    code = qrcode.QRCode(version=version, error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(QRData(data, mode=_EIGHT_BIT), optimize=0)
    code.make(fit=False)
    return [[bool(module) for module in row] for row in code.get_matrix()]
