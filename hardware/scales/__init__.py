"""Scales: protocols as tables of data, a pure reader of frames, and the device that is asked or listened to."""
