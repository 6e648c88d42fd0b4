"""Devices and how they are."""
