"""What tests of head office share."""

from pos_testkit.office import careful_postgres, database, office_dsn, open_office, postgres

__all__ = ["careful_postgres", "database", "office_dsn", "open_office", "postgres"]
