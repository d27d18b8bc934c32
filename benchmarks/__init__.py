"""What `make bench` and its sisters run: real sizes, ratios measured in one run."""
