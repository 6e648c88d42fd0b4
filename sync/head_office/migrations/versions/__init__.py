"""One Python file for each step; all it does is run the SQL of the same number."""
