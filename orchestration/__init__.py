"""The shell around the product: Dagster's definitions and the command line.

It imports everything and nothing imports it. What is computed is decided elsewhere; here
stands only the order in which it happens.
"""
