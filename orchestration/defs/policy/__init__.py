"""Policies become rows that the warehouse joins."""
