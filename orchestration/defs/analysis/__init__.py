"""What is simulated and estimated from the marts."""
