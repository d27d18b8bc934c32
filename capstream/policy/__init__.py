"""Capitalisation policies: models, loading and the rows that the warehouse joins."""

from capstream.policy.loading import LoadedPolicy, load_policies
from capstream.policy.model import Policy

__all__ = ["LoadedPolicy", "Policy", "load_policies"]
