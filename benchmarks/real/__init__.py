"""`make real`: companies built around real public records, run for their busiest month.

The records are read where `CAPSTREAM_REAL_DATA` says and stay there. Contributors become
pseudonymous persons; their pay is invented from a seed and stands beside no name.
"""
