"""Devices: transports, codecs, devices and their virtual twins. See hardware/README.md."""
