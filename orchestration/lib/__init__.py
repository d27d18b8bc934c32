"""Partitions, translator and resources that the definitions share."""
