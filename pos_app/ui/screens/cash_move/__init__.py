"""Cash put into the drawer or taken out of it."""
