"""What a source needs to be opened: the company folder, the clock, patience."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from capstream.company.source_base import ApiOrFilesSource
from capstream.connectors.api.asking import Api
from capstream.connectors.api.authorisation import Authorisation
from capstream.connectors.api.clock import Clock, MachineClock
from capstream.connectors.api.session import Patience


@dataclass(frozen=True, slots=True)
class Opening:
    """How sources are opened.

    Attributes:
        root: The company folder.
        clock: Stamps answers and lets waits pass.
        patience: When to give up.
        opened: The hosts that were opened, in order.
    """

    root: Path
    clock: Clock = field(default_factory=MachineClock)
    patience: Patience = field(default_factory=Patience)
    opened: list[Api] = field(default_factory=list)

    def api(
        self,
        source: ApiOrFilesSource,
        base_url: str,
        authorisation: Authorisation | None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Api:
        """Return a way to ask one host."""
        api = Api(
            source.name, base_url, authorisation=authorisation, clock=self.clock,
            patience=self.patience, headers=headers,
        )  # fmt: skip
        self.opened.append(api)
        return api

    def last_request(self) -> str:
        """Return the request that was answered last, without secrets; empty before the first."""
        return next((api.session.last for api in reversed(self.opened) if api.session.last), "")
