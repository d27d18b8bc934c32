"""What readers outside the company see: the leaders' relations under pseudonyms.

Leaders see no pay and no person; teams, owners, items and titles still tell who is meant. Here
every name of people, and every key that leads into a system of the company, gives way to a
pseudonym, free text and addresses are withheld, and a count of one to four people is hidden.
A pseudonym is a keyed hash (HMAC, RFC 2104) of the name: the same in every month of a company,
and without the key nobody can try names until one fits.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial

import pandas as pd
import pyarrow as pa

from reports.workbooks.shared.facts import Reader

PSEUDONYMS: Mapping[str, str] = {
    "team": "Team",
    "from_team": "Team",
    "to_team": "Team",
    "owner": "Owner",
    "decided_by": "Person",
    "approved_by": "Person",
    "work_item_key": "Item",
    "initiative_key": "Item",
    "deployment_id": "Deployment",
}
"""Column → word of its pseudonyms: `Team K3W7QX2M`. Columns of one word share them."""

TEAM_SCOPE = "team:"
"""Beginning of a scope that names a team; services and value streams keep their names."""

WITHHELD = frozenset(
    {
        "title", "url", "note", "design_note", "host", "detail", "parameters", "source",
        "comment", "moved_teams", "contaminated_teams", "planned",
    }
)  # fmt: skip
"""Columns of free text and of addresses: what may stand in them cannot be known."""

PEOPLE: Mapping[str, frozenset[str]] = {
    "rpt_investment__flow_steps": frozenset({"person_count"}),
    "rpt_investment__survey_waves": frozenset({"person_count", "respondent_count"}),
    "rpt_investment__value_streams": frozenset({"person_count"}),
}
"""Columns that count people, where the leaders see small counts; others hide them from all."""

FEWEST = 5
SHORT = 8
"""Characters of a pseudonym's code, five bits each."""

NO_NAME = frozenset({"", "-", "NONE", "other", "OTHER", "all"})
"""Texts of named columns that name nobody."""

NAMED = (
    "rpt_ai_roi__adoption", "rpt_ai_roi__rollouts", "rpt_ai_roi__verdict",
    "rpt_investment__deployments", "rpt_investment__handoffs", "rpt_investment__improvements",
    "rpt_investment__initiatives", "rpt_investment__measures", "rpt_investment__open_items",
    "rpt_investment__outliers", "rpt_investment__pull_requests", "rpt_investment__survey",
    "rpt_investment__survey_waves", "rpt_investment__value_streams", "rpt_investment__workshop",
    "rpt_shared__policies",
)  # fmt: skip
"""Relations with columns that get pseudonyms."""

KEPT: Mapping[str, frozenset[str]] = {
    "rpt_shared__assumptions": frozenset({"source", "comment"}),
    "rpt_shared__ipe": frozenset({"source"}),
}
"""Columns of a relation that stay as they are: settings, and names of sources."""


def outside(reader: Reader, key: bytes) -> Reader:
    """Return a reader of the same relations as readers outside the company may see them.

    Args:
        reader: Reads a reporting relation by name.
        key: Secret of the company, without which pseudonyms lead back to nobody.
    """
    pseudonyms = _pseudonyms((reader(relation).to_pandas() for relation in NAMED), key)
    return lambda relation: pa.Table.from_pandas(
        _veiled(relation, reader(relation).to_pandas(), pseudonyms), preserve_index=False
    )


def _pseudonyms(frames: Iterable[pd.DataFrame], key: bytes) -> dict[tuple[str, str], str]:
    """Give each name of each word its pseudonym."""
    names: dict[str, set[str]] = defaultdict(set)
    for frame in frames:
        for column in PSEUDONYMS.keys() & set(frame.columns):
            names[PSEUDONYMS[column]] |= {
                str(value) for value in frame[column] if not _is_nobody(value)
            }
        scopes = map(str, frame["scope"]) if "scope" in frame else ()
        names["Team"] |= {
            scope.removeprefix(TEAM_SCOPE) for scope in scopes if scope.startswith(TEAM_SCOPE)
        }
    return {
        (word, name): f"{word} {code}"
        for word, found in names.items()
        for name, code in _codes(word, found, key).items()
    }


def _codes(word: str, names: Iterable[str], key: bytes) -> dict[str, str]:
    """Return a short keyed hash of each name; longer for all where two would be alike."""
    digests = {
        name: b32encode(hmac.digest(key, f"{word}:{name}".encode(), "sha256")).decode()
        for name in names
    }
    length = SHORT
    while len({digest[:length] for digest in digests.values()}) < len(digests):
        length += 1
    return {name: digest[:length] for name, digest in digests.items()}


def _veiled(
    relation: str, frame: pd.DataFrame, pseudonyms: Mapping[tuple[str, str], str]
) -> pd.DataFrame:
    """Return the rows of a relation under pseudonyms, free text and small counts hidden."""
    hide: dict[str, Callable[[object], object]] = {
        "scope": lambda value: _scope(str(value), pseudonyms),
        **{
            name: partial(_pseudonym, word=word, pseudonyms=pseudonyms)
            for name, word in PSEUDONYMS.items()
        },
        **dict.fromkeys(WITHHELD, lambda _: None),
        **dict.fromkeys(PEOPLE.get(relation, ()), _unless_few),
    }
    found = frame.copy()
    for name in hide.keys() & set(frame.columns) - KEPT.get(relation, frozenset()):
        values = [hide[name](value) for value in frame[name]]
        found[name] = pd.Series(values, frame.index, dtype=object)
    return found


def _pseudonym(value: object, word: str, pseudonyms: Mapping[tuple[str, str], str]) -> object:
    return value if _is_nobody(value) else pseudonyms[word, str(value)]


def _scope(scope: str, pseudonyms: Mapping[tuple[str, str], str]) -> str:
    """Return a scope of measures; a team's under its pseudonym."""
    if not scope.startswith(TEAM_SCOPE):
        return scope
    return TEAM_SCOPE + pseudonyms["Team", scope.removeprefix(TEAM_SCOPE)]


def _is_nobody(value: object) -> bool:
    return value is None or value is pd.NA or value != value or str(value) in NO_NAME


def _unless_few(value: object) -> object:
    """Return a count of people; nothing where it tells of one to four."""
    is_few = isinstance(value, (int, float)) and 0 < value < FEWEST
    return None if is_few else value
