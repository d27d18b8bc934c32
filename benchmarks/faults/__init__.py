"""Runs killed on purpose, again and again, and what stands afterwards."""
