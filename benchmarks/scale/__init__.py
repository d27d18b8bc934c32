"""What a whole month of a large company costs, by the commands that a user types."""
