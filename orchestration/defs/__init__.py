"""What the orchestrator knows, one folder per arrow of the way through the house."""
