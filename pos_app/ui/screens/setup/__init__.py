"""The first start of a new till."""
