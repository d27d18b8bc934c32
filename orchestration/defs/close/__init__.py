"""The draft pack of a month, and the job that makes it."""
