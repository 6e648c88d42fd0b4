"""Log-in: who is at the till."""
