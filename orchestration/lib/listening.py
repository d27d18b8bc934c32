"""Who hears how far a load is: the command line, while it runs a job in this process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_listeners: list[Callable[[str], None]] = []


def tell(words: str) -> None:
    """Say how far a load is to whoever listens."""
    for listener in _listeners:
        listener(words)


@contextmanager
def listening(listener: Callable[[str], None]) -> Iterator[None]:
    """Hear every word for the length of a block."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
