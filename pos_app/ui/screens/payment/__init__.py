"""Payment: what is owed, what was taken, what goes back."""
