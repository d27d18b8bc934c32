"""What must hold between rows and tables of the inputs, and between them and the configuration."""

from capstream.company.cross_checks.facts import CrossFacts
from capstream.company.cross_checks.themes import cross_problems

__all__ = ["CrossFacts", "cross_problems"]
