"""A line of a GitHub export, told by its `type`, as rows of the neutral tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from capstream.company.sources import DeploymentOrigin, GithubSource
from capstream.connectors.edges import record_error
from capstream.connectors.github.deployments import add_deployment, add_release, add_tag
from capstream.connectors.github.issues import add_issue
from capstream.connectors.github.models import (
    DeploymentRecord,
    IssueRecord,
    PullRecord,
    ReleaseRecord,
    TagRecord,
)
from capstream.connectors.github.parts import reject_unnamed_events
from capstream.connectors.github.pulls import PullReader
from capstream.connectors.github.repositories import repository_of
from capstream.connectors.github.shapes import rest_shape
from capstream.connectors.records import (
    NormalisedRecord,
    RawRecord,
    RecordError,
    Rejection,
    UnusableValueError,
)
from capstream.connectors.times import TimeReader

_TIME_FIELDS = ("updated_at", "published_at", "tagged_at", "created_at")
_KEY_FIELDS = {"issue": "number", "pull": "number", "deployment": "id", "release": "id",
               "tag": "name"}  # fmt: skip


class GithubNormaliser:
    """Reads lines of an export.

    Args:
        times: Reader of the source's times.
        repository: Repository of records that name none.
        deployments: What counts as a deployment.
    """

    def __init__(
        self, times: TimeReader, *, repository: str | None, deployments: DeploymentOrigin
    ) -> None:
        self._times = times
        self._repository = repository
        self._deployments = deployments

    def normalise(self, raw: RawRecord) -> NormalisedRecord:
        """Read one line.

        Raises:
            RecordError: Its type is unknown or the object in it cannot be used.
        """
        raw = replace(raw, value=rest_shape(raw.value))
        record_type, inner = _typed(raw)
        key = inner.get(_KEY_FIELDS[record_type])
        try:
            repository = repository_of(raw.value, inner, self._repository)
            record = NormalisedRecord(
                record_type, _record_key(record_type, repository, key), self._moment(inner), raw
            )
            self._add(record, repository)
        except (ValidationError, UnusableValueError) as error:
            raise record_error(
                error,
                record_type=record_type,
                record_key=None if key is None else str(key),
                origin=raw.origin,
            ) from error
        return record

    def _add(self, record: NormalisedRecord, repository: str) -> None:
        value, times = record.raw.value, self._times
        reject_unnamed_events(record, value.get("events"))
        match record.record_type:
            case "issue":
                add_issue(record, IssueRecord.model_validate(value), repository, times)
            case "pull":
                PullReader(record, PullRecord.model_validate(value), repository, times).add()
            case "deployment" if self._deployments == "status_events":
                add_deployment(record, DeploymentRecord.model_validate(value), repository, times)
            case "release" if self._deployments == "releases":
                add_release(record, ReleaseRecord.model_validate(value), repository, times)
            case "tag" if self._deployments == "tags":
                add_tag(record, TagRecord.model_validate(value), repository, times)

    def _moment(self, inner: Mapping[str, Any]) -> Any:
        text = next((inner[name] for name in _TIME_FIELDS if inner.get(name)), None)
        return self._times.read_optional(text)


def _typed(raw: RawRecord) -> tuple[str, Mapping[str, Any]]:
    named = raw.value.get("type")
    inner = raw.value.get(named) if isinstance(named, str) else None
    if isinstance(named, str) and named in _KEY_FIELDS and isinstance(inner, dict):
        return named, inner
    reason = f"the record's type {named!r} is unknown or its object is missing"
    remedy = f"write one of {', '.join(sorted(_KEY_FIELDS))} and the object under that name"
    raise RecordError(Rejection("unknown", None, raw.origin, "type", reason, remedy))


def _record_key(record_type: str, repository: str, key: Any) -> str:
    if key is None:
        raise UnusableValueError(f"the {record_type} has no key", "export it again")
    return f"{repository}#{key}" if record_type in {"issue", "pull"} else f"{repository}:{key}"


def github_normaliser(source: GithubSource, times: TimeReader) -> GithubNormaliser:
    """Open the normaliser of a configured source."""
    return GithubNormaliser(times, repository=source.repository, deployments=source.deployments)
