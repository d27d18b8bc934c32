"""The entries of `sources:` that a new company folder gets, by kind, every setting explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

Setting = tuple[str, str, str]
"""A key, the value it is written with, and what it is for; a key that begins with # is optional."""

_URL = ("#url", "https://jira.example.com", "only where it is not the vendor's own address")
_DEPLOYMENTS = ("deployments", "status_events", "or releases, tags: what counts as a deployment")
_AI: tuple[Setting, ...] = (
    ("#entity", "US01", "entity that the vendor charges; needed where amounts are booked"),
    ("#price_basis", "invoiced", "only where these amounts are the invoice; else they are shown"),
    ("#since", "2026-01-01", "first day of the first load; default ninety days back"),
)


def _token(variable: str, words: str) -> Setting:
    return "token_env", variable, f"environment variable that holds {words}"


# What `mode: api` takes, by kind.
_ASKED: Mapping[str, tuple[Setting, ...]] = MappingProxyType(
    {
        "jira": (
            ("url", "https://example.atlassian.net", "address of the site"),
            ("#edition", "data_center", "default cloud"),
            ("user_env", "JIRA_USER", "variable with the e-mail of the token's owner (Cloud)"),
            _token("JIRA_TOKEN", "the API token, or a personal access token (Data Center)"),
            ("#projects", "[CHK, PAY]", "keys of projects; default all that the token sees"),
            ("#jql", "labels = books", "narrows the search further"),
            ("#epic_field", "customfield_10014", "field of the epic link, where it is another"),
            ("#points_field", "customfield_10016", "field of story points"),
        ),
        "github": (
            ("organization", "example", "owner of the repositories"),
            ("#repositories", "[example/app]", "default all that the token sees"),
            _token("GITHUB_TOKEN", "a token that reads contents, issues, pulls, deployments"),
            ("#app_id", '"123456"', "an app in place of the token: its number or client id"),
            ("#installation_id", '"789"', "number of the app's installation"),
            ("#private_key_env", "GITHUB_APP_KEY", "variable with the app's private key, PEM"),
            _DEPLOYMENTS,
            _URL,
        ),
        "gitlab": (
            ("group", "example", "group, its subgroups included"),
            ("#projects", "[example/app]", "default all of the group"),
            _token("GITLAB_TOKEN", "a token with scope read_api"),
            _DEPLOYMENTS,
            _URL,
        ),
        "linear": (
            _token("LINEAR_TOKEN", "a personal API key that may read"),
            ("#teams", "[ENG]", "keys of teams; default all"),
        ),
        "azure_devops": (
            ("organization", "example", "name in dev.azure.com/NAME"),
            ("#projects", "[Shop]", "default all that the token sees"),
            _token("AZURE_DEVOPS_TOKEN", "a token that reads work items, code, releases, builds"),
            ("#deployments", "builds", "default status_events: the deployments of releases"),
            ("#pipelines", "[deploy]", "names of the pipelines whose builds deploy"),
            _URL,
        ),
        "pagerduty": (
            _token("PAGERDUTY_TOKEN", "a read-only REST key"),
            ("#services", "[checkout]", "names of services; default all"),
        ),
        "opsgenie": (
            _token("OPSGENIE_TOKEN", "an API key that may read"),
            ("#services", "[checkout]", "names of services; default all"),
            ("#url", "https://api.eu.opsgenie.com", "for accounts in Europe"),
        ),
        "copilot": (
            ("organization", "example", "or enterprise"),
            ("#enterprise", "example", "in place of organization"),
            _token("GITHUB_TOKEN", "a token with manage_billing:copilot or read:enterprise"),
            *_AI,
        ),
        "cursor": (_token("CURSOR_TOKEN", "a key of the Admin API"), *_AI),
        "claude_code": (_token("ANTHROPIC_ADMIN_TOKEN", "an admin key"), *_AI),
        "openai": (
            _token("OPENAI_ADMIN_TOKEN", "an admin key"),
            ("#projects", "[proj_1]", "ids of projects; default all"),
            *_AI,
        ),
        "codex": (
            ("workspace", "example", "id of the workspace"),
            _token("CODEX_TOKEN", "a key with codex.enterprise.analytics.read"),
            *_AI,
        ),
    }
)
# Kinds that are read from disk: an entry, and another way to write it.
_READ: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "git": (
            'name: git, kind: git, mode: files, path: "sources/git/*.parquet"',
            "name: git, kind: git, mode: api, url: https://git.example.com/app.git",
        ),
        "tables": (
            "name: tables, kind: tables, path: sources/tables",
            "name: other, kind: tables, path: sources/other",
        ),
    }
)
SOURCE_KINDS = (*_ASKED, *_READ)
_SHOWN = ("jira", "github", "git", "tables")
_COLUMN = 44


def source_entries(kinds: Sequence[str]) -> str:
    """Return the lines below `sources:`: live ones of the kinds asked for, the others commented."""
    lines: list[str] = []
    for kind in dict.fromkeys(kinds):
        lines += _read_entry(kind) if kind in _READ else _asked_entry(kind)
    for kind in _SHOWN:
        if kind not in kinds:
            lines += _commented(kind)
    return "\n".join(lines)


def _read_entry(kind: str) -> list[str]:
    live, other = _READ[kind]
    return [f"  - {{{live}}}", f"  # - {{{other}}}"]


def _asked_entry(kind: str) -> list[str]:
    """Write an entry that reads files, and what it takes to ask the system instead."""
    zone = [("timezone", "UTC", "for times without an offset")] if kind == "jira" else []
    read: list[Setting] = [
        ("name", kind, "column source of every table; any name, once"),
        ("kind", kind, "the system"),
        ("mode", "files", "or api: then take path out, and the lines below in"),
        ("path", f'"sources/{kind}/*.jsonl*"', "native objects, one a line, also .gz"),
        *zone,
    ]
    lines = [_line("  - " if number == 0 else "    ", each) for number, each in enumerate(read)]
    for key, value, words in _ASKED[kind]:
        is_optional = key.startswith("#")
        note = f"{words} (optional)" if is_optional else words
        lines.append(_line("    # ", (key.lstrip("#"), value, note)))
    return lines


def _commented(kind: str) -> list[str]:
    if kind in _READ:
        return [f"  # - {{{entry}}}" for entry in _READ[kind]]
    zone = ", timezone: UTC" if kind == "jira" else ""
    needed = ", ".join(
        f"{key}: {value}" for key, value, _ in _ASKED[kind] if not key.startswith("#")
    )
    return [
        f'  # - {{name: {kind}, kind: {kind}, mode: files, path: "sources/{kind}/*.jsonl*"{zone}}}',
        f"  # - {{name: {kind}, kind: {kind}, mode: api, {needed}}}",
    ]


def _line(indent: str, setting: Setting) -> str:
    key, value, words = setting
    return f"{indent}{key}: {value}".ljust(_COLUMN) + f"  # {words}"
