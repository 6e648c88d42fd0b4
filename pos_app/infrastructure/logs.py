"""The log file: JSON lines, rotated, without anything that names a customer or opens anything.

Values are checked by their look as well as by their name, because a phone number can arrive in any text.
"""

from __future__ import annotations

import datetime as dt
import enum
import logging
import logging.handlers
import re
from collections.abc import Iterable, Mapping, MutableMapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import msgspec

if TYPE_CHECKING:
    import structlog

LOG_FILE: Final = "guitai.log"
MAX_BYTES: Final = 2 * 1024 * 1024
BACKUPS: Final = 5
HIDDEN: Final = "[hidden]"

#: Parts of field names whose values are never written.
_SECRET_NAMES: Final = (
    *("pin", "password", "secret", "key", "token", "pepper", "signature", "seed"),
    *("phone", "mobile", "card", "email", "birthday", "address", "name", "note", "scan"),
)
#: Field names that contain one of those parts and are harmless.
_HARMLESS_NAMES: Final = frozenset({"filename", "func_name", "funcname", "logger_name", "pathname", "thread_name"})
#: Seven digits or more, grouped or not: phones, cards, payment references, barcodes. Receipt numbers keep their tail.
_LONG_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])\+?\d(?:[ \-]?\d){6,}(?![0-9A-Za-z])")
_RECEIPT: Final = re.compile(r"\bR\d{11}(\d{5})\b")
_HEXADECIMAL: Final = re.compile(r"\b[0-9a-fA-F]{32,}\b")
_MEMBER_CARD: Final = re.compile(r"\b[A-Za-z]{1,4}\d{4,}\b")
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
#: Names of fields that the log itself makes.
_OWN_FIELDS: Final = frozenset({"timestamp", "level", "seq", "wall_ms", "boot_ms", "duration_ms", "lineno", "pid"})


def redact(value: Any) -> Any:
    """A value as it may be written: containers are walked, texts lose what looks like a number of somebody."""
    match value:
        case bool() | None | float():
            return value
        case int():
            return HIDDEN if abs(value) >= 10_000_000 else value
        case str():
            return _redact_text(value)
        case bytes() | bytearray() | memoryview():
            return f"[{len(value)} bytes]"
        case Mapping():
            return {str(key): HIDDEN if _is_secret(str(key)) else redact(each) for key, each in value.items()}
        case msgspec.Struct():
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            return {"type": type(value).__name__, **redact(fields)}
        case BaseException() | UUID() | dt.date() | PurePath() | enum.Enum():
            return _redact_text(str(value))
        case Iterable():
            return [redact(each) for each in value]
        case _:
            # What an unknown thing shows of itself is not known either.
            return f"<{type(value).__name__}>"


def _redact_text(text: str) -> str:
    text = _RECEIPT.sub(r"receipt-\1", text)
    text = _EMAIL.sub(HIDDEN, text)
    text = _HEXADECIMAL.sub(HIDDEN, text)
    text = _LONG_NUMBER.sub(HIDDEN, text)
    return _MEMBER_CARD.sub(HIDDEN, text)


def _is_secret(name: str) -> bool:
    lowered = name.lower()
    return lowered not in _HARMLESS_NAMES and any(part in lowered for part in _SECRET_NAMES)


def redact_event(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The structlog processor: last before the line is written, so nothing comes in behind it."""
    for name, value in list(event.items()):
        if name in _OWN_FIELDS:
            continue
        event[name] = HIDDEN if name != "event" and _is_secret(name) else redact(value)
    return event


class _Redacting(logging.Formatter):
    """For what libraries log through the standard library: the same hiding, traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        import json

        line: dict[str, Any] = {
            "timestamp": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger_name": record.name,
            "event": _redact_text(record.getMessage()),
        }
        if record.exc_info:
            line["exception"] = _redact_text(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def start_logging(folder: Path, *, level: int = logging.INFO) -> logging.Handler:
    """Write to ``guitai.log`` in a folder from now on; the caller closes the handler at the end.

    Nothing is written where the folder cannot be: a till that cannot log must still sell.
    """
    handler: logging.Handler
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / LOG_FILE, maxBytes=MAX_BYTES, backupCount=BACKUPS, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_Redacting())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    return handler


def logger(area: str) -> structlog.stdlib.BoundLogger:
    """A logger of structured events for one area; structlog is imported when the first one is asked for."""
    import structlog

    if not structlog.is_configured():
        structlog.configure(
            processors=[
                structlog.stdlib.filter_by_level,
                structlog.stdlib.add_log_level,
                structlog.processors.format_exc_info,
                redact_event,
                structlog.processors.KeyValueRenderer(key_order=["event"]),
            ],
            wrapper_class=structlog.stdlib.BoundLogger,
            logger_factory=structlog.stdlib.LoggerFactory(),
            cache_logger_on_first_use=True,
        )
    bound: structlog.stdlib.BoundLogger = structlog.get_logger(area)
    return bound
