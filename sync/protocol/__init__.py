"""What a till and head office say to one another. ``sync/PROTOCOL.md`` is the same in words."""
