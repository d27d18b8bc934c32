"""Local hosts that answer as the vendors do: stateful, paging, limiting, and failing on demand."""
