"""What must hold before a month is closed or reopened: people, policies, order, checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from capstream.close.ledger import ClosingEvent, closings_in_force
from capstream.company.config_sections import CloseRoles
from capstream.errors import CapstreamError, UsageError
from capstream.types import Month


class BlockedCloseError(CapstreamError):
    """A blocking check fails, so the month stays open."""

    exit_code = 1


def check_people(roles: CloseRoles, *, prepared_by: str, approved_by: str) -> None:
    """Hold two names against the roles of capstream.yaml, compared without case.

    The names are asserted, not authenticated (ruling 20).

    Raises:
        UsageError: A name lacks its role, or both are the same person.
    """
    for name, role, holders in (
        (prepared_by, "prepare", roles.prepare),
        (approved_by, "approve", roles.approve),
    ):
        if _folded(name) not in {_folded(holder) for holder in holders}:
            raise UsageError(
                f"{name!r} does not hold the role {role}: name one of {', '.join(holders)}, or "
                f"change roles.{role} in capstream.yaml"
            )
    if _folded(prepared_by) == _folded(approved_by):
        raise UsageError(f"{prepared_by!r} prepares and approves: two different people are needed")


def check_order(events: Sequence[ClosingEvent], month: Month, first_month: Month) -> None:
    """Let a month be closed only after every earlier one, and once.

    Raises:
        UsageError: It is closed, before the books start, or an earlier month is open.
    """
    closed = closings_in_force(events)
    if month < first_month:
        raise UsageError(f"month {month} is before the books start: they start with {first_month}")
    if str(month) in closed:
        raise UsageError(
            f"month {month} is closed already ({closed[str(month)].event_id}): reopen it first "
            f"with `capstream reopen --month {month} …`"
        )
    still_open = [str(m) for m in first_month.through(month)[:-1] if str(m) not in closed]
    if still_open:
        raise UsageError(
            f"month {month} cannot be closed before {_listed(still_open)}: close the earlier "
            f"month first with `capstream close --month {still_open[0]} …`"
        )


def check_reopening(events: Sequence[ClosingEvent], month: Month, reason: str) -> None:
    """Let only the latest closed month be reopened, and only with a reason.

    Raises:
        UsageError: The month is open, a later one is closed, or no reason is given.
    """
    closed = list(closings_in_force(events))
    if str(month) not in closed:
        raise UsageError(f"month {month} is not closed: there is nothing to reopen")
    if closed[-1] != str(month):
        raise UsageError(
            f"month {month} lies before the closed month {closed[-1]}: only the latest closed "
            "month can be reopened; corrections of earlier ones are listed by `capstream drift`"
        )
    if not reason.strip():
        raise UsageError("a reopening needs its reason: write --reason TEXT")


def check_open(events: Sequence[ClosingEvent], month: Month) -> None:
    """Refuse to compute a month again that is closed.

    Raises:
        UsageError: The month, or a later one, is closed.
    """
    closed = list(closings_in_force(events))
    if closed and str(month) <= closed[-1]:
        following = Month.parse(closed[-1]).plus(1)
        raise UsageError(
            f"month {month} is closed and never recomputed: run {following}, see what changed "
            f"with `capstream drift --month {month}`, or reopen the latest closed month"
        )


def check_policies(policies: Iterable[tuple[str, str, str]]) -> None:
    """Demand that every policy in force is approved.

    Args:
        policies: Entity, policy and status.

    Raises:
        UsageError: A policy is not approved.
    """
    drafts = [f"{policy} of {entity} is {status}" for entity, policy, status in policies
              if status != "approved"]  # fmt: skip
    if drafts:
        raise UsageError(
            f"policy {_listed(drafts)}: have it approved in policies/ (status, approved_by, "
            "approved_on) before the month is closed"
        )


def check_books(checks: Iterable[Mapping[str, Any]]) -> None:
    """Demand that no blocking check fails.

    Raises:
        BlockedCloseError: One does; the message names each.
    """
    failed = [c for c in checks if c["severity"] == "BLOCK" and c["status"] == "FAIL"]
    if failed:
        raise BlockedCloseError(
            "the month stays open, blocking checks fail:\n"
            + "\n".join(
                f"  {check['check_id']}: {check['description']}: {check['left_value']} against "
                f"{check['right_value']}: {check['detail']}"
                for check in failed
            )
        )


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"
