"""Benefits: what was applied in this basket, and why the rest was not."""
