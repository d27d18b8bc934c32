"""git: commits, the files they change and tags, from a clone or from tables."""
