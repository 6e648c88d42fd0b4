"""Everything that has no key of its own."""
