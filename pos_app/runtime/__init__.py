"""QtCore only: lanes, device services, crash report."""
