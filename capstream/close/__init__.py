"""What makes a month's pack provable: identity, manifest, explanation, verification."""
