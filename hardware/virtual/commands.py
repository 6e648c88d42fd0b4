"""The command table of the virtual printer: which bytes are a command, and which method of `Interpreter` runs it."""

from __future__ import annotations

PREFIXES = frozenset((0x10, 0x1B, 0x1C, 0x1D))
COMMANDS: dict[tuple[int, int], str] = {
    (0x10, 0x04): "_do_status_request",
    (0x10, 0x14): "_do_realtime_pulse",
    (0x1B, 0x40): "_do_esc_at",
    (0x1B, 0x61): "_do_align",
    (0x1B, 0x45): "_do_bold",
    (0x1B, 0x47): "_do_bold",
    (0x1B, 0x2D): "_do_underline",
    (0x1B, 0x21): "_do_print_mode",
    (0x1B, 0x64): "_do_feed_lines",
    (0x1B, 0x4A): "_do_feed_dots",
    (0x1B, 0x32): "_do_default_spacing",
    (0x1B, 0x33): "_do_spacing",
    (0x1B, 0x70): "_do_pulse",
    (0x1B, 0x74): "_do_skip_one",
    (0x1B, 0x52): "_do_skip_one",
    (0x1B, 0x4D): "_do_skip_one",
    (0x1B, 0x20): "_do_skip_one",
    (0x1C, 0x26): "_do_chinese_on",
    (0x1C, 0x2E): "_do_chinese_off",
    (0x1C, 0x53): "_do_skip_two",
    (0x1C, 0x2D): "_do_underline",
    (0x1C, 0x21): "_do_chinese_mode",
    (0x1C, 0x57): "_do_chinese_double",
    (0x1D, 0x21): "_do_size",
    (0x1D, 0x56): "_do_cut",
    (0x1D, 0x68): "_do_barcode_height",
    (0x1D, 0x77): "_do_barcode_width",
    (0x1D, 0x48): "_do_barcode_caption",
    (0x1D, 0x66): "_do_skip_one",
    (0x1D, 0x6B): "_do_barcode_print",
    (0x1D, 0x76): "_do_raster",
    (0x1D, 0x72): "_do_sensor_request",
    (0x1D, 0x61): "_do_skip_one",
    (0x1D, 0x4C): "_do_skip_two",
    (0x1D, 0x57): "_do_skip_two",
}

LONG_COMMANDS: dict[bytes, str] = {b"\x1c(C": "_do_charset", b"\x1d(k": "_do_two_dimensional"}
"""Commands with a parenthesis, which a third byte tells apart."""

BARCODES = {65: "upca", 66: "upce", 67: "ean13", 68: "ean8", 69: "code39", 70: "itf", 71: "codabar", 72: "code93"}
CODE128 = 73


def code128_parts(content: bytes) -> tuple[tuple[str, str], ...] | None:
    r"""Return the code sets and texts of ``GS k 73`` data such as ``{BAB{C\\x0c``, or None when it is malformed."""
    parts: list[tuple[str, str]] = []
    code_set, at = 0, 0
    while at < len(content):
        byte = content[at]
        if byte == 0x7B and at + 1 < len(content):
            following = content[at + 1]
            at += 2
            if following in b"ABC":
                code_set = following
                parts.append((chr(code_set), ""))
                continue
            if following != 0x7B or code_set != 0x42:
                return None
        else:
            at += 1
        if code_set == 0x43 and byte <= 99:
            text = f"{byte:02d}"
        elif code_set and code_set != 0x43 and byte < 0x80:
            text = chr(byte)
        else:
            return None
        parts[-1] = (parts[-1][0], parts[-1][1] + text)
    return tuple(parts)
