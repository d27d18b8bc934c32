"""What every file that a person writes has in common: YAML with places, strict fields, problems."""
