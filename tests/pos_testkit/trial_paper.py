"""What a person sees who looks at a trial page."""

from __future__ import annotations

from hardware.printers.trial_page import LINES, QR_DRAWN, QR_NATIVE, RULERS, ruler
from hardware.virtual.paper import Code, Paper, Picture, TextLine


def look_at(paper: Paper) -> set[int]:
    """The numbers a person would name who sees this paper."""
    lines = {block.text: block.wrapped for block in paper.blocks if isinstance(block, TextLine)}
    right = {n for n, text in LINES.items() if text in lines and not lines[text]}
    right |= {n for n in RULERS if ruler(n) in lines and not lines[ruler(n)]}
    pictures = [block for block in paper.blocks if isinstance(block, Picture)]
    right |= {4} if len(pictures) > 1 else set()
    right |= {QR_DRAWN} if pictures else set()
    right |= {QR_NATIVE} if any(isinstance(block, Code) for block in paper.blocks) else set()
    return right
