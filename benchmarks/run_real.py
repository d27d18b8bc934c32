"""What `make real` starts: both companies around real records, by `benchmarks.real`."""

from __future__ import annotations

import sys

from benchmarks.real.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
