"""Worlds with known true effort, and how near each method comes to it."""
