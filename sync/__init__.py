"""Both ends of the wire between tills and head office. See sync/README.md."""
