"""What every connector in API mode shares: one guarded way out, limits, paging, kept answers."""
