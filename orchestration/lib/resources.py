"""The company that the assets work on, named by the environment."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import dagster as dg

from capstream.close.identity import input_hashes
from capstream.company import Company, load_company
from capstream.warehouse.lock import exclusive
from orchestration.lib.failures import plain_failures

COMPANY_VARIABLE = "CAPSTREAM_COMPANY"


class CompanyResource(dg.ConfigurableResource["CompanyResource"]):
    """A company folder, held for writing while a run works on it.

    Attributes:
        root: Path of the company folder.
    """

    root: str

    @property
    def path(self) -> Path:
        """Return the company folder."""
        return Path(self.root).resolve()

    def load(self) -> Company:
        """Return the checked company; read once for as long as its files stay the same.

        Raises:
            InputError: The configuration or an input is wrong.
        """
        return loaded_company(self.path)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["CompanyResource"]:
        """Hold the company's lock for the length of the run."""
        run_id = context.run.run_id if context.run else "of nobody"
        with plain_failures(), exclusive(self.path, f"orchestrated run {run_id}"):
            yield self


def loaded_company(root: Path) -> Company:
    """Return the checked company of a folder, from memory while its files are unchanged."""
    return _loaded(root, tuple(input_hashes(root).items()))


@lru_cache(maxsize=1)
def _loaded(root: Path, _content: tuple[tuple[str, str], ...]) -> Company:
    return load_company(root)
