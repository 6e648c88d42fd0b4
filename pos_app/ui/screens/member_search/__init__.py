"""Members found."""
