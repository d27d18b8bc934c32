"""GitHub: issues, pull requests with reviews and commits, deployments."""
