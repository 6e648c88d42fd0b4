"""A ledger that an earlier version wrote is brought to today's shape with nothing lost."""

from __future__ import annotations

from pathlib import Path

from pos_testkit.till import real_till, some_members, some_products

from pos_app.infrastructure.ledger.migrate import migrate

GOODS = some_products()
ANNA, *_ = some_members()

#: Takes off what migrations after the first one added; each new migration adds its line.
FIRST_SHAPE = (
    "DROP INDEX print_job_open",
    "CREATE INDEX print_job_open ON print_job (id) WHERE state IN ('queued', 'sending', 'sent', 'failed')",
    *(f"ALTER TABLE print_job DROP COLUMN {name}" for name in ("target", "lines")),
    "DROP TABLE sync_state",
    "ALTER TABLE master DROP COLUMN seq",
    "DROP INDEX usage_given",
    "DROP TABLE usage",
    "DROP TABLE unit_code",
    "DROP INDEX lot_code",
    *(f"ALTER TABLE lot DROP COLUMN {name}" for name in ("asset", "source", "code")),
    "DROP INDEX document_member",
    "ALTER TABLE document DROP COLUMN spend_minor",
    "ALTER TABLE document ADD COLUMN tier_before TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX document_member ON document (member, seq)",
    "PRAGMA user_version = 1",
)
SPENT = "SELECT sum(spend_minor) FROM document"


def test_a_ledger_from_before_the_log_learns_what_its_sales_gave(tmp_path: Path) -> None:
    with real_till(tmp_path) as till:
        for count in (3, 20):
            till.sell((GOODS[19], count), member=ANNA)
        till.sell((GOODS[19], 1))
        writer = till.ledger._writer
        assert writer is not None
        before = writer.plain("SELECT * FROM usage WHERE what <> 'visits' ORDER BY seq, what")
        assert len(before) == 4
        spent = writer.plain(SPENT)
        for undo in FIRST_SHAPE:
            writer.plain(undo)
        assert migrate(writer) == 1
        assert writer.plain("SELECT * FROM usage WHERE what <> 'visits' ORDER BY seq, what") == before
        assert writer.plain(SPENT) == spent != [(0,)]
