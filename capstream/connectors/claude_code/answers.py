"""Native answers of Anthropic's Admin API as rows of the AI tables; amounts are in cents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from capstream.company.sources import ClaudeCodeSource
from capstream.connectors.ai_rows import (
    CENTS,
    add_account,
    add_cost,
    add_usage,
    amount_of,
    day_of,
    line_ids,
)
from capstream.connectors.native import Native
from capstream.connectors.records import UnusableValueError
from capstream.connectors.times import TimeReader
from capstream.connectors.typed_records import Reader, Told, TypedNormaliser

TOOL = "claude_code"


class Actor(Native):
    """Who used it: a person by e-mail, or a key by its name."""

    email_address: str | None = None
    api_key_name: str | None = None


class Lines(Native):
    """Lines that the tool wrote and took out."""

    added: int | None = None


class Metrics(Native):
    """What the tool counted."""

    num_sessions: int | None = None
    lines_of_code: Lines = Field(default_factory=Lines)


class Decision(Native):
    """How often a suggestion was accepted."""

    accepted: int = 0


class Cost(Native):
    """An estimate in cents."""

    currency: str = "USD"
    amount: str


class Tokens(Native):
    """Tokens of a model."""

    input: int = 0
    output: int = 0
    cache_read: int = 0
    cache_creation: int = 0


class Model(Native):
    """What a model was used for."""

    model: str
    tokens: Tokens = Field(default_factory=Tokens)
    estimated_cost: Cost | None = None


class Usage(Native):
    """A person's day with one kind of terminal; several a day are normal."""

    date: str
    actor: Actor
    terminal_type: str | None = None
    core_metrics: Metrics = Field(default_factory=Metrics)
    tool_actions: dict[str, Decision] = Field(default_factory=dict)
    model_breakdown: list[Model] = Field(default_factory=list)


def claude_code_normaliser(source: ClaudeCodeSource, times: TimeReader) -> TypedNormaliser:
    """Open the normaliser of a configured source."""

    def cost(told: Told) -> None:
        _add_costs(told, source)

    readers = {
        "usage": Reader(_usage_key, _add_usage, ()),
        "cost": Reader(lambda native, _: day_of(native["starting_at"]).isoformat(), cost, ()),
    }
    return TypedNormaliser(times, readers, _guess)


def _guess(value: Mapping[str, Any]) -> str | None:
    if "actor" in value:
        return "usage"
    return "cost" if "results" in value else None


def _usage_key(native: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    actor = native["actor"]
    who = actor.get("email_address") or actor.get("api_key_name") or ""
    parts = (day_of(native["date"]), who, native.get("terminal_type"), native.get("customer_type"),
             native.get("subscription_type"), native.get("organization_id"))  # fmt: skip
    return ":".join(str(part or "") for part in parts)


def _add_usage(told: Told) -> None:
    """Add sessions and lines once, then tokens and the estimate of each model."""
    usage = Usage.model_validate(told.native)
    account = usage.actor.email_address or usage.actor.api_key_name
    if not account:
        raise UnusableValueError("the row names nobody", "export it with its actor")
    accepted = [action.accepted for action in usage.tool_actions.values()]
    add_usage(
        told, TOOL, account, usage.date, surface=usage.terminal_type,
        sessions=usage.core_metrics.num_sessions,
        lines_added=usage.core_metrics.lines_of_code.added,
        acceptances=sum(accepted) if accepted else None,
    )  # fmt: skip
    for each in usage.model_breakdown:
        cost = each.estimated_cost
        add_usage(
            told, TOOL, account, usage.date, surface=usage.terminal_type, model=each.model,
            tokens_in=each.tokens.input + each.tokens.cache_read + each.tokens.cache_creation,
            tokens_out=each.tokens.output,
            estimated_amount=amount_of(cost.amount) / CENTS if cost else None,
            currency=cost.currency if cost else None,
        )  # fmt: skip
    add_account(told, account, email=usage.actor.email_address)


def _add_costs(told: Told, source: ClaudeCodeSource) -> None:
    day = told.native["starting_at"]
    results = told.native.get("results") or ()
    lines = line_ids(results, "workspace_id", "description", "cost_type", "model", "token_type",
                     "service_tier", "context_window")  # fmt: skip
    for line, result in zip(lines, results, strict=True):
        named = ("description", "model", "token_type")
        sku = next((str(result[name]) for name in named if result.get(name)), None)
        workspace = result.get("workspace_id") or "default"
        add_cost(
            told, source, "anthropic", line=line, day=day,
            net=amount_of(result["amount"]) / CENTS,
            currency=result.get("currency") or "USD",
            sku=f"{sku or 'cost'} ({workspace})",
        )  # fmt: skip
