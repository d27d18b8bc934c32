"""Pull requests and deployments as GitHub's REST API returns them, with their timelines.

Native objects inside `{"type": …}` lines: pull, timeline events (committed events carry the
author's date, reviewed events `submitted_at`), deployments with their statuses. Fields follow
https://docs.github.com/rest (2022-11-28).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from capstream.sample.chance import hex_id
from capstream.sample.company_plan import ORGANIZATION, Team
from capstream.sample.files import write_json_lines
from capstream.sample.github_deployments import Json, deployment_record, time_text, user_object
from capstream.sample.messages import commit_message, pull_body, pull_title
from capstream.sample.records import Actor, Commit, PullRequest, Review
from capstream.sample.world import World

HOST = "https://github.com"


def write_github(world: World, folder: Path) -> None:
    """Write pulls and deployments, one file of each per repository."""
    for traces in world.traces:
        service = traces.team.service
        pulls = (pull_record(pull) for pull in traces.pulls)
        write_json_lines(folder / f"{service}.pulls.jsonl.gz", pulls)
        ordered = sorted(traces.deployments, key=lambda d: d.number)
        deployments = (deployment_record(d) for d in ordered)
        write_json_lines(folder / f"{service}.deployments.jsonl.gz", deployments)


def pull_record(pull: PullRequest) -> Json:
    """Return the line of a pull request."""
    url = f"{HOST}/{pull.team.repository}/pull/{pull.number}"
    is_merged = pull.merged is not None
    return {
        "type": "pull",
        "repository": pull.team.repository,
        "pull": {
            "id": 1_900_000_000 + pull.team.index * 100_000 + pull.number,
            "html_url": url,
            "number": pull.number,
            "state": "open" if pull.closed is None else "closed",
            "locked": False,
            "title": pull_title(pull),
            "user": user_object(pull.author),
            "body": pull_body(pull),
            "labels": [{"name": name, "color": "ededed"} for name in pull.labels],
            "created_at": time_text(pull.opened),
            "updated_at": time_text(max(e for e in (pull.closed, pull.ready, pull.opened) if e)),
            "closed_at": time_text(pull.closed),
            "merged": is_merged,
            "merged_at": time_text(pull.merged),
            "merged_by": user_object(pull.merged_by),
            # GitHub fills it with a test merge while the pull request is open.
            "merge_commit_sha": pull.merge_sha or hex_id("test merge", url),
            "assignees": [],
            "requested_reviewers": [],
            "head": _end(pull.team, pull.branch, pull.commits[-1].sha if pull.commits else ""),
            "base": _end(pull.team, "main", pull.commits[0].parents[0] if _base(pull) else ""),
            "draft": pull.ready is None,
            "additions": sum(f.insertions for c in pull.commits for f in c.files),
            "deletions": sum(f.deletions for c in pull.commits for f in c.files),
            "changed_files": len({f.path for c in pull.commits for f in c.files}),
            "commits": len(pull.commits),
            "comments": len(pull.remarks),
            "review_comments": 0,
        },
        "events": _timeline(pull, url),
        "comments": [],
    }


def _timeline(pull: PullRequest, url: str) -> list[Json]:
    events = [(c.authored, _committed(pull, c)) for c in pull.commits]
    events += [(r.at, _reviewed(r, url, place)) for place, r in enumerate(pull.reviews)]
    if pull.ready is not None and pull.opened < pull.ready:
        events.append((pull.ready, _event("ready_for_review", pull.author, pull.ready, url)))
    for name in pull.labels:
        labelled = _event("labeled", pull.author, pull.opened, url)
        events.append((pull.opened, labelled | {"label": {"name": name, "color": "ededed"}}))
    if pull.merged is not None:
        merged = _event("merged", pull.merged_by or pull.author, pull.merged, url)
        events.append((pull.merged, merged | {"commit_id": pull.merge_sha}))
    if pull.closed is not None:
        who = pull.merged_by or pull.author
        events.append((pull.closed, _event("closed", who, pull.closed, url)))
    return [event for _, event in sorted(events, key=lambda pair: pair[0])]


def _event(name: str, actor: Actor, at: datetime, url: str) -> Json:
    return {
        "event": name,
        "id": int(hex_id(name, url, at.isoformat(), length=8), 16),
        "actor": user_object(actor),
        "commit_id": None,
        "created_at": time_text(at),
    }


def _committed(pull: PullRequest, commit: Commit) -> Json:
    signature = {
        "name": commit.author.name,
        "email": commit.email,
        "date": time_text(commit.authored),
    }
    return {
        "event": "committed",
        "id": None,
        "actor": None,
        "sha": commit.sha,
        "html_url": f"{HOST}/{pull.team.repository}/commit/{commit.sha}",
        "parents": [{"sha": parent} for parent in commit.parents],
        "message": commit_message(commit),
        "author": signature,
        "committer": signature,
        "created_at": None,
    }


def _reviewed(review: Review, url: str, place: int) -> Json:
    number = int(hex_id("review", url, place, length=8), 16)
    return {
        "event": "reviewed",
        "id": number,
        "user": user_object(review.author),
        "actor": None,
        "state": review.state.upper(),
        "submitted_at": time_text(review.at),
        "created_at": None,
        "html_url": f"{url}#pullrequestreview-{number}",
    }


def _base(pull: PullRequest) -> bool:
    return bool(pull.commits and pull.commits[0].parents)


def _end(team: Team, ref: str, sha: str) -> Json:
    return {
        "label": f"{ORGANIZATION}:{ref}",
        "ref": ref,
        "sha": sha,
        "repo": {"full_name": team.repository},
    }
