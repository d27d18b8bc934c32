"""Authorship notes of the Git AI standard (authorship/3.0.0) as marks of AI tools.

Lines `  key ranges` under a path say which lines a key wrote; JSON behind `---` says whose key it
is. A key that begins with `h_` is a human. Notes attest lines of a version that may have been
squashed away, and may attest more lines than a commit inserts: what reads them joins to reachable
commits and caps at insertions.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

_ATTESTED = re.compile(r"^\s{2}(?P<key>\S+)\s+(?P<ranges>[\d,\- ]+)$")
_HUMAN = "h_"
_TEST_TOOLS = frozenset({"mock_ai", "test-agent"})
RULE_ID = "note-ai"


def attested(note: str) -> Iterator[Mapping[str, Any]]:
    """Yield tool, model and lines of each agent that a note names, one row a tool and model.

    Raises:
        ValueError: The part behind `---` is not JSON.
    """
    head, _, tail = note.partition("\n---\n")
    described = json.loads(tail) if tail.strip() else {}
    agents = {**(described.get("prompts") or {}), **(described.get("sessions") or {})}
    lines: Counter[tuple[str, str | None]] = Counter()
    for key, count in _line_counts(head).items():
        if key.startswith(_HUMAN):
            continue
        agent = (agents.get(key) or agents.get(key.partition("::")[0]) or {}).get("agent_id") or {}
        tool = str(agent.get("tool") or "other").lower()
        if tool not in _TEST_TOOLS:
            lines[tool, agent.get("model")] += count
    for (tool, model), count in sorted(lines.items(), key=str):
        yield {"tool": tool, "model": model, "lines": count}


def _line_counts(head: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in head.splitlines():
        match = _ATTESTED.match(line)
        if match:
            found[match["key"]] += sum(map(_length, match["ranges"].split(",")))
    return found


def _length(part: str) -> int:
    """Return the lines of `7` or `3-9`."""
    first, _, last = part.strip().partition("-")
    return int(last) - int(first) + 1 if last else 1
