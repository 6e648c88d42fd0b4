"""Virtual twins: devices made of software, which a shop can choose and in which faults can be switched on."""
