"""SQL scripts of several statements."""

from __future__ import annotations


def split_statements(sql: str) -> list[str]:
    """Cut a script into statements; a trigger, which holds semicolons of its own, stays whole."""
    from sqlcipher3 import dbapi2

    statements: list[str] = []
    pending = ""
    for line in sql.splitlines():
        if not line.strip() or line.lstrip().startswith("--"):
            continue
        pending += line + "\n"
        if dbapi2.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements
