"""Neutral tables as CSV or Parquet: the way in for any other system."""
