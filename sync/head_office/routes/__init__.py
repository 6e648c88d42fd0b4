"""The routes of ``sync/PROTOCOL.md``, a module for each part."""
