"""Deployments with their status events as GitHub's REST API returns them, and its users."""

from __future__ import annotations

from datetime import datetime

from capstream.sample.chance import hex_id
from capstream.sample.records import Actor, Deployment
from capstream.sample.roster import Person

Json = dict[str, object]


def deployment_record(deployment: Deployment) -> Json:
    """Return the line of a deployment with its status events, newest first as GitHub does."""
    api = f"https://api.github.com/repos/{deployment.team.repository}/deployments"
    return {
        "type": "deployment",
        "repository": deployment.team.repository,
        "deployment": {
            "id": deployment.number,
            "url": f"{api}/{deployment.number}",
            "sha": deployment.sha,
            "ref": "main",
            "task": deployment.task,
            "environment": deployment.environment,
            "original_environment": deployment.environment,
            "production_environment": deployment.environment == "production",
            "payload": {"service": deployment.team.service, "is_planned": deployment.is_planned},
            "description": "",
            "creator": user_object(deployment.actor),
            "created_at": time_text(deployment.created),
            "updated_at": time_text(deployment.states[-1][1]),
        },
        "statuses": [
            {
                "id": deployment.number * 10 + place,
                "state": state,
                "environment": deployment.environment,
                "creator": user_object(deployment.actor),
                "created_at": time_text(at),
                "updated_at": time_text(at),
            }
            for place, (state, at) in reversed(list(enumerate(deployment.states)))
        ],
    }


def user_object(actor: Actor | None) -> Json | None:
    """Return the user object of an actor; bots say so in their type."""
    if actor is None:
        return None
    is_bot = not isinstance(actor, Person) and actor.is_bot
    number = actor.number if isinstance(actor, Person) else int(hex_id(actor.login, length=5), 16)
    return {
        "login": actor.login,
        "id": 4_100_000 + number,
        "type": "Bot" if is_bot else "User",
        "site_admin": False,
    }


def time_text(at: datetime | None) -> str | None:
    """Write a time as GitHub does, in UTC to the second."""
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ")
