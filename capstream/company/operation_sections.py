"""The sections of capstream.yaml on running it for years: who is told, what is kept, and where."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from capstream.documents.fields import Count, VariableName
from capstream.documents.sections import Many, Section, SettingError

Event = Literal["run", "check_failed", "failed", "close", "reopen"]


class Notification(Section):
    """Who is told of events: a web hook, or a service; the address is a secret of the environment.

    `webhook_env` names the https address of a channel (Slack, Teams, others that take a text);
    `address_env` an address of the notification library, such as `mailtos://…` for e-mail.
    """

    webhook_env: VariableName | None = None
    address_env: VariableName | None = None
    events: Annotated[Many[Event], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if (self.webhook_env is None) == (self.address_env is None):
            raise SettingError(
                "events", "an entry of notify tells one address: write webhook_env or address_env"
            )
        return self

    @property
    def variable(self) -> str:
        """The environment variable that holds the address."""
        return self.webhook_env or self.address_env or ""


class Orchestrator(Section):
    """Where the orchestrator keeps its history; without `storage_env` in files under `var/`."""

    storage_env: VariableName | None = None


class Retention(Section):
    """What `capstream prune` may remove; a key that is left out keeps everything of its kind.

    Closed months, issued packs, inputs and answers of configured sources are never removed.
    """

    drafts_months: Annotated[Count, Field(ge=1)] | None = None
    runs_days: Annotated[Count, Field(ge=1)] | None = 400
    unused_answers_days: Annotated[Count, Field(ge=1)] | None = None
