"""The rollout of a company's AI tools: from the outcomes in the warehouse to graded estimates."""

from capstream.effects.rollout.writing import write_ai_effects

__all__ = ["write_ai_effects"]
