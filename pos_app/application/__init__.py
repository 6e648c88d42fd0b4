"""Use cases: one handler per user action, one transaction per handler."""
