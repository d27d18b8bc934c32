"""Errors of the product as failures of a step: in plain words, with the exit code they carry."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from capstream.errors import CapstreamError
from capstream.warehouse.storage_faults import storage_fault

EXIT_CODE = "exit_code"


@contextmanager
def plain_failures() -> Iterator[None]:
    """Turn an error that the user can act on into a failure without a traceback."""
    try:
        yield
    except CapstreamError as error:
        raise _failure(error) from None
    except OSError as error:
        fault = storage_fault(error)
        if fault is None:
            raise
        raise _failure(fault) from error


def _failure(error: CapstreamError) -> dg.Failure:
    return dg.Failure(
        description=str(error), metadata={EXIT_CODE: error.exit_code}, allow_retries=False
    )
