"""The style sheet of the window, filled in from the tokens. Widgets choose their part by the property ``role``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.ui import theme

if TYPE_CHECKING:
    from pos_app.ui.theme import Tokens


def stylesheet(t: Tokens) -> str:
    """The whole style sheet for one theme."""
    return f"""
QWidget {{ color: {t.text}; font-size: {theme.SIZE_BODY}px; }}
QMainWindow, QWidget[role="window"] {{ background: {t.window}; }}
QWidget[role="header"] {{ background: {t.surface}; border-bottom: 1px solid {t.line}; }}
QWidget[role="bar"] {{ background: {t.surface}; border-top: 1px solid {t.line}; }}
QFrame[role="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {theme.RADIUS}px; }}
QFrame[role="well"] {{ background: {t.sunken}; border: 1px solid {t.line}; border-radius: {theme.RADIUS}px; }}
QFrame[role="sheet"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 12px; }}
QFrame[role="rule"] {{ background: {t.line}; border: none; }}
QLabel {{ background: transparent; }}
{_labels(t)}
{_buttons(t)}
{_inputs(t)}
{_items(t)}
{_notices(t)}
"""


def _labels(t: Tokens) -> str:
    return f"""
QLabel[role="muted"] {{ color: {t.muted}; }}
QLabel[role="small"] {{ color: {t.muted}; font-size: {theme.SIZE_SMALL}px; }}
QLabel[role="small-text"] {{ font-size: {theme.SIZE_SMALL}px; }}
QLabel[role="strong"] {{ font-weight: bold; }}
QLabel[role="section"] {{ color: {t.muted}; font-size: {theme.SIZE_SMALL}px; font-weight: bold; }}
QLabel[role="title"] {{ font-size: {theme.SIZE_TITLE}px; font-weight: bold; }}
QLabel[role="figure"] {{ font-size: {theme.SIZE_FIGURE}px; font-weight: bold; }}
QLabel[role="large"] {{ font-size: {theme.SIZE_LARGE}px; font-weight: bold; }}
QLabel[role="payable"] {{ font-size: {theme.SIZE_PAYABLE}px; font-weight: bold; }}
QLabel[role="payable-success"] {{ font-size: {theme.SIZE_PAYABLE}px; font-weight: bold; color: {t.success}; }}
QLabel[role="payable-warning"] {{ font-size: {theme.SIZE_PAYABLE}px; font-weight: bold; color: {t.warning}; }}
QLabel[role="payable-danger"] {{ font-size: {theme.SIZE_PAYABLE}px; font-weight: bold; color: {t.danger}; }}
QLabel[role="success"] {{ color: {t.success}; }}
QLabel[role="success-figure"] {{ color: {t.success}; font-size: {theme.SIZE_FIGURE}px; font-weight: bold; }}
QLabel[role="warning"] {{ color: {t.warning}; }}
QLabel[role="warning-small"] {{ color: {t.warning}; font-size: {theme.SIZE_SMALL}px; }}
QLabel[role="warning-figure"] {{ color: {t.warning}; font-size: {theme.SIZE_FIGURE}px; font-weight: bold; }}
QLabel[role="danger"] {{ color: {t.danger}; }}
QLabel[role="danger-figure"] {{ color: {t.danger}; font-size: {theme.SIZE_FIGURE}px; font-weight: bold; }}
QLabel[role="paper"] {{ background: white; color: black; border: 1px solid {t.line};
  border-radius: {theme.RADIUS}px; }}
QLabel[role="training"] {{ background: {t.training}; color: {t.on_training}; font-weight: bold; }}
QLabel[role="brand"] {{ font-size: {theme.SIZE_LARGE}px; font-weight: bold; }}
"""


def _buttons(t: Tokens) -> str:
    # Heights are set in code: a min-height here would win over what a view asks for.
    return f"""
QPushButton {{ background: {t.surface}; border: 1px solid {t.control}; border-radius: {theme.RADIUS}px;
  padding: 0 8px; }}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:pressed {{ background: {t.accent_soft}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; }}
QPushButton:checked {{ background: {t.accent_soft}; border: 2px solid {t.accent}; font-weight: bold; }}
QPushButton:disabled {{ color: {t.control}; border-color: {t.line}; background: {t.sunken}; }}
QPushButton[role="primary"] {{ background: {t.accent}; border-color: {t.accent}; color: {t.on_accent};
  font-weight: bold; }}
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed {{ background: {t.accent_hover}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {t.text}; }}
QPushButton[role="primary"]:disabled {{ background: {t.neutral_soft}; border-color: {t.line}; color: {t.muted}; }}
QPushButton[role="danger"] {{ border-color: {t.danger}; color: {t.danger}; }}
QPushButton[role="danger"]:disabled {{ border-color: {t.line}; color: {t.control}; }}
QPushButton[role="danger-primary"] {{ background: {t.danger}; border-color: {t.danger}; color: {t.on_danger};
  font-weight: bold; }}
QPushButton[role="danger-primary"]:hover {{ background: {t.danger_hover}; }}
QPushButton[role="danger-primary"]:focus {{ border: 2px solid {t.text}; }}
QPushButton[role="danger-primary"]:disabled {{ background: {t.neutral_soft}; border-color: {t.line};
  color: {t.muted}; }}
QPushButton[role="quiet"] {{ background: transparent; border: 1px solid transparent; }}
QPushButton[role="quiet"]:hover {{ background: {t.hover}; }}
QPushButton[role="quiet"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[role="pad"] {{ background: {t.neutral_soft}; border: 1px solid transparent;
  font-size: {theme.SIZE_TITLE}px; padding: 0; }}
QPushButton[role="pad"]:hover {{ background: {t.hover}; }}
QPushButton[role="pad"]:pressed {{ background: {t.accent_soft}; }}
QPushButton[role="pad"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[role="pad"]:disabled {{ color: {t.control}; }}
QPushButton[role="segment"] {{ border-radius: 0; }}
QPushButton[role="segment"]:checked {{ background: {t.accent_soft}; color: {t.text}; }}
"""


def _inputs(t: Tokens) -> str:
    return f"""
QLineEdit {{ background: {t.surface}; border: 1px solid {t.control}; border-radius: {theme.RADIUS}px;
  padding: 0 12px; placeholder-text-color: {t.muted}; selection-background-color: {t.accent};
  selection-color: {t.on_accent}; }}
QLineEdit:focus {{ border: 2px solid {t.accent}; padding: 0 11px; }}
QLineEdit:disabled {{ background: {t.sunken}; color: {t.muted}; border-color: {t.line}; }}
QLineEdit[role="box"] {{ font-size: {theme.SIZE_TITLE}px; }}
QLineEdit[role="amount"] {{ font-size: {theme.SIZE_LARGE}px; font-weight: bold; }}
QLineEdit[bad="true"] {{ border: 2px solid {t.danger}; padding: 0 11px; }}
QPlainTextEdit {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {theme.RADIUS}px;
  padding: 8px; }}
"""


def _items(t: Tokens) -> str:
    return f"""
QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {theme.RADIUS}px;
  outline: none; }}
QTableView {{ padding-bottom: 7px; }}
QAbstractItemView:focus {{ border: 2px solid {t.accent}; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{ background: {t.sunken}; color: {t.muted}; border: none; border-bottom: 1px solid {t.line};
  padding: 0 8px; font-size: {theme.SIZE_SMALL}px; }}
QHeaderView::section:first {{ border-top-left-radius: 7px; }}
QHeaderView::section:last {{ border-top-right-radius: 7px; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {t.control}; border-radius: 4px; min-height: 44px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollBar:horizontal {{ height: 0; }}
QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control}; padding: 4px; }}
"""


def _notices(t: Tokens) -> str:
    parts = []
    for tone, ink, ground in (
        ("neutral", t.text, t.neutral_soft),
        ("info", t.accent, t.accent_soft),
        ("success", t.success, t.success_soft),
        ("warning", t.warning, t.warning_soft),
        ("danger", t.danger, t.danger_soft),
    ):
        parts.append(
            f'QFrame[role="notice-{tone}"] {{ background: {ground}; border: none; border-radius: {theme.RADIUS}px; }}\n'
            f'QLabel[role="notice-{tone}"] {{ color: {ink}; }}\n'
            f'QLabel[role="notice-{tone}-small"] {{ color: {ink}; font-size: {theme.SIZE_SMALL}px; }}\n'
            f'QLabel[role="chip-{tone}"] {{ background: {ground}; color: {ink}; border-radius: 6px; padding: 2px 8px;'
            f" font-size: {theme.SIZE_SMALL}px; }}\n"
            f'QFrame[role="toast-{tone}"] {{ background: {t.surface}; border: 1px solid {ink};'
            f" border-radius: {theme.RADIUS}px; }}"
        )
    return "\n".join(parts)
