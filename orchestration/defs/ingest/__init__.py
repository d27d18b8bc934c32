"""Records come in: the company's own tables and one asset per kind of source."""
