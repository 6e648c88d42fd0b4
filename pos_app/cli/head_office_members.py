"""Members from a spreadsheet for head office: read by the same rules as at a till."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain import codec
from pos_app.domain.points import Points
from pos_app.domain.programme.document import Programme
from pos_app.errors import KnownError

if TYPE_CHECKING:
    import datetime as dt

    from sync.head_office.database import Connection
    from sync.head_office.openings import Opening

#: Reasons named before the rest is left out.
_SHOWN = 20


def programme_of(connection: Connection) -> Programme:
    """The newest programme that is published: its tiers have the names that the file uses.

    Raises:
        KnownError: ``office.no_programme``.
    """
    row = connection.execute(
        "SELECT body FROM master WHERE kind = 'programme' AND body IS NOT NULL ORDER BY key::bigint DESC LIMIT 1"
    ).fetchone()
    if row is None:
        raise KnownError("office.no_programme")
    return codec.decode(row[0], Programme)


def read_members(file: Path, programme: Programme, key: bytes) -> tuple[list[Opening], dt.date]:
    """Whom a file names, with their balances, and today's business date.

    The importing of a till does it, in a till of its own that is thrown away afterwards.

    Args:
        file: As ``guitai import members`` takes it.
        programme: The rules: names of tiers, and how long points live.
        key: From which the ids of members are made: the same row always has the same id.

    Raises:
        KnownError: ``import.*`` as ``open_table``; ``office.rows_rejected``.
    """
    from pos_app.application.importing.members import ImportMembers
    from pos_app.application.importing.words import reason
    from pos_app.bootstrap.devices import scan_config
    from pos_app.bootstrap.till import open_books
    from pos_app.config import Settings
    from pos_app.infrastructure.keys import SECRET_FILE
    from pos_app.infrastructure.paths import paths_below
    from pos_app.infrastructure.spreadsheets import open_table
    from pos_app.runtime.lanes import Lanes
    from sync.head_office.openings import Opening

    with tempfile.TemporaryDirectory(prefix="guitai-members-") as folder:
        paths = paths_below(Path(folder))
        paths.make()
        secret = hashlib.sha256(b"guitai/members-import/1\x00" + key).hexdigest()
        (paths.data / SECRET_FILE).write_text(secret, encoding="ascii")  # not in the user's keyring
        settings = Settings(till_id="head-office")
        lanes = Lanes(inline=True)
        books = open_books(paths, settings, scan_config(settings), lanes)
        try:
            context = books.till.context
            context.replica_writer.put_programme(programme)
            with open_table(file) as table:
                preview = ImportMembers(context).preview(table.rows)
            today = context.today()
        finally:
            books.close()
            lanes.shutdown()
    if not preview.can_apply:
        problems = tuple(f"{issue.row}: {reason(issue, 'zh_CN')}" for issue in preview.errors[:_SHOWN])
        raise KnownError("office.rows_rejected", problems=problems)
    expires_on = programme.new_lot_expiry(today)
    return [
        Opening(each.member, Points(each.points), each.points_expire or expires_on) for each in preview.members
    ], today
