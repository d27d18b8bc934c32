"""Native buckets of OpenAI's administration API as rows of the AI tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from capstream.company.sources import OpenaiSource
from capstream.connectors.ai_rows import (
    add_account,
    add_cost,
    add_usage,
    amount_of,
    day_of,
    line_ids,
)
from capstream.connectors.native import Native
from capstream.connectors.times import TimeReader
from capstream.connectors.typed_records import Reader, Told, TypedNormaliser

TOOL = "openai"
NOBODY = "api"
"""The account of use that the vendor ties to no user."""


class Used(Native):
    """What a user did with a model in a bucket."""

    user_id: str | None = None
    user_email: str | None = None
    model: str | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    num_model_requests: int | None = None


class Amount(Native):
    """Money in whole units."""

    value: str
    currency: str = "usd"


class Charged(Native):
    """What a project was charged; costs name no user."""

    amount: Amount
    line_item: str | None = None
    project_id: str | None = None
    quantity: str | None = None


class Bucket(Native):
    """A day of the answer."""

    start_time: int
    results: list[Any] = Field(default_factory=list)


def openai_normaliser(source: OpenaiSource, times: TimeReader) -> TypedNormaliser:
    """Open the normaliser of a configured source."""

    def cost(told: Told) -> None:
        _add_costs(told, source)

    readers = {
        "usage": Reader(_key, _add_usage, ()),
        "cost": Reader(_key, cost, ()),
        # A day without results does not say of what.
        "empty": Reader(_key, lambda _: None, ()),
    }
    return TypedNormaliser(times, readers, _guess)


def _guess(value: Mapping[str, Any]) -> str | None:
    results = value.get("results")
    if not isinstance(results, list):
        return None
    if not results:
        return "empty"
    is_cost = any(isinstance(each, dict) and "amount" in each for each in results)
    return "cost" if is_cost else "usage"


def _key(native: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    """Tell buckets of one day apart by what was used: text is not named, the others are."""
    used = {str(each["object"]) for each in native.get("results") or () if each.get("object")}
    used -= {"organization.usage.completions.result", "organization.costs.result"}
    return ":".join([day_of(native["start_time"]).isoformat(), *sorted(used)])


def _add_usage(told: Told) -> None:
    bucket = Bucket.model_validate(told.native)
    for used in told.parts("usage", bucket.results, Used, lambda each: each):
        account = used.user_email or used.user_id or NOBODY
        add_usage(
            told, TOOL, account, bucket.start_time, model=used.model, surface="api",
            interactions=used.num_model_requests, tokens_in=used.input_tokens,
            tokens_out=used.output_tokens,
        )  # fmt: skip
        if account != NOBODY:
            add_account(told, account, email=used.user_email)


def _add_costs(told: Told, source: OpenaiSource) -> None:
    bucket = Bucket.model_validate(told.native)
    charged = told.parts("cost", bucket.results, Charged, lambda each: each)
    lines = line_ids((each.model_dump() for each in charged), "project_id", "line_item")
    for line, each in zip(lines, charged, strict=True):
        sku = each.line_item or "cost"
        add_cost(
            told, source, "openai", line=line, day=bucket.start_time,
            net=amount_of(each.amount.value), currency=each.amount.currency.upper(),
            sku=f"{sku} ({each.project_id})" if each.project_id else sku,
            quantity=amount_of(each.quantity) if each.quantity else None,
        )  # fmt: skip
