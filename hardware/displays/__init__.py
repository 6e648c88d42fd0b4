"""Displays for the customer: what they speak as tables of data, a pure codec, and the device."""
