"""Titles of epics, items and commits, put together from short lists."""

from __future__ import annotations

import random

from capstream.sample.component_plan import Component

FORMULA_TITLE = '=HYPERLINK("http://x","y")'
"""A title that a spreadsheet would run if it were written as a formula: it must arrive as text."""
_STORY_VERBS = ("Let customers", "Let merchants", "Allow support to", "Let the store")
_STORY_ACTS = (
    "choose", "change", "cancel", "compare", "repeat", "save", "share", "see", "export", "undo",
)  # fmt: skip
_THINGS = (
    "an address", "a delivery window", "a discount", "the order history", "a saved basket",
    "a second recipient", "the tax shown", "their language", "a partial refund", "stock by store",
    "a price alert", "the receipt", "a bundle", "a return label", "a substitute article",
)  # fmt: skip
_TASKS = (
    "Add metrics to", "Write contract tests for", "Cache", "Paginate", "Validate", "Index",
    "Add retries to", "Version", "Batch", "Stream",
)  # fmt: skip
_PARTS = (
    "the address lookup", "the price call", "the stock reader", "the event writer",
    "the session store", "the label printer queue", "the search index", "the audit trail",
    "the rate limiter", "the image resizer", "the tax table", "the mail sender",
)  # fmt: skip
_FAULTS = (
    "shows the wrong total after", "loses the basket after", "is slow during", "fails silently on",
    "rounds twice in", "shows yesterday's stock after",
)  # fmt: skip
_WHEN = (
    "a currency change", "a session renewal", "the nightly import", "a second click",
    "daylight saving", "a name with an accent", "an empty basket", "a network break",
)  # fmt: skip
_UPKEEP = (
    "Renew certificates of", "Raise the database version of", "Rotate keys of",
    "Clean up old tables of", "Tune alarms of", "Move logs of",
)  # fmt: skip
_TRAINING = (
    "Accessibility course",
    "Secure coding course",
    "Database workshop",
    "On-call training",
)
_COMMIT_VERBS = (
    "Add", "Extract", "Handle", "Rename", "Cover", "Guard", "Simplify", "Wire up", "Document",
    "Tighten",
)  # fmt: skip
CHORES = ("Fix flaky test", "Tidy imports", "Quieten a log line", "Repair local set-up")


def epic_titles(component: str, service: str) -> list[str]:
    """Return the epics of a component; of the service as a whole when there is none."""
    if not component:
        return [f"Keep {service} running"]
    return [f"{component}: first release", f"{component}: scale and polish"]


def item_title(
    chance: random.Random, item_type: str, component: Component | None, labels: tuple[str, ...]
) -> str:
    """Return a title that fits the type and says nothing about the real world."""
    place = f" ({component.name.lower()})" if component and chance.random() < 0.5 else ""
    part = chance.choice(_PARTS)
    if "training" in labels:
        return f"{chance.choice(_TRAINING)}"
    if "maintenance" in labels:
        return f"{chance.choice(_UPKEEP)} {part}{place}"
    if "refactoring" in labels:
        return f"Take {part} apart{place}"
    if item_type == "Bug":
        return f"{part.removeprefix('the ').capitalize()} {_fault(chance)}{place}"
    if item_type == "Spike":
        return f"Find out whether {part} can be replaced{place}"
    if item_type == "Task":
        return f"{chance.choice(_TASKS)} {part}{place}"
    act, thing = chance.choice(_STORY_ACTS), chance.choice(_THINGS)
    return f"{chance.choice(_STORY_VERBS)} {act} {thing}{place}"


def part_titles(chance: random.Random, title: str) -> list[str]:
    """Return titles for two sub-tasks of an item."""
    return [f"{title}: {end}" for end in chance.sample(("interface", "storage", "migration"), 2)]


def commit_subject(chance: random.Random) -> str:
    """Return the subject of a commit, without keys."""
    return f"{chance.choice(_COMMIT_VERBS)} {chance.choice(_PARTS).removeprefix('the ')}"


def _fault(chance: random.Random) -> str:
    return f"{chance.choice(_FAULTS)} {chance.choice(_WHEN)}"
