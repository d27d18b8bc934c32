"""Words to whoever asked when a draft stands, a check fails, a run fails or a month is closed.

Only what is configured under `notify` is told, only to the address in its environment variable,
and never an amount: a chat channel is read by more people than the books. An address that does not
answer never fails the work that it would have told of. The console hears everything by itself.
"""

import os
from collections.abc import Callable, Sequence

from capstream.company.operation_sections import Notification
from orchestration.lib.web_hooks import posted


def tell(entries: Sequence[Notification], event: str, text: str) -> list[str]:
    """Tell every entry that asked for the event; return what could not be told, in words.

    Args:
        entries: The `notify` entries of the configuration.
        event: `run`, `check_failed`, `failed`, `close` or `reopen`.
        text: What happened, without amounts.
    """
    untold = (_told(entry, text) for entry in entries if event in entry.events)
    return [words for words in untold if words]


def _told(entry: Notification, text: str) -> str:
    address = os.environ.get(entry.variable, "")
    if not address:
        return f"nobody was told: the variable {entry.variable} of notify is not set: set it"
    if entry.webhook_env:
        return posted(address, entry.variable, text)
    from orchestration.lib.told_services import sent

    return sent(address, entry.variable, text)


def draft_event(month: object, *, passes: bool) -> tuple[str, str]:
    """Return event and words for a draft that stands."""
    if passes:
        return "run", f"The draft of {month} stands and every blocking check passes: review it."
    return (
        "check_failed",
        f"The draft of {month} stands, but a blocking check fails: see its cover.",
    )


def tell_or_say(
    entries: Sequence[Notification], event: str, text: str, say: Callable[[str], object]
) -> None:
    """Tell, and say on the console what could not be told."""
    for words in tell(entries, event, text):
        say(words)
