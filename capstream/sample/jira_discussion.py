"""Comments, worklogs and users as Jira Cloud embeds them in an issue."""

from __future__ import annotations

from datetime import datetime

from capstream.sample.company_plan import COMPANY_ZONE
from capstream.sample.jira_vocabulary import SITE
from capstream.sample.records import Machine, TimeEntry, WorkItem
from capstream.sample.roster import Person
from capstream.sample.working_time import with_offset

Json = dict[str, object]


def comments_object(item: WorkItem) -> Json:
    """Return the embedded page of comments."""
    comments = [
        {
            "self": f"{SITE}/rest/api/3/issue/{item.number}/comment/{item.number * 100 + place}",
            "id": str(item.number * 100 + place),
            "author": user_object(remark.author),
            "updateAuthor": user_object(remark.author),
            "body": _document(remark.text),
            "created": time_text(remark.at),
            "updated": time_text(remark.at),
            "jsdPublic": True,
        }
        for place, remark in enumerate(item.remarks)
    ]
    return {
        "comments": comments,
        "maxResults": len(comments),
        "total": len(comments),
        "startAt": 0,
    }


def worklogs_object(item: WorkItem) -> Json:
    """Return the embedded page of worklogs, which Jira ends at twenty."""
    worklogs = [_worklog(item, place, entry) for place, entry in enumerate(item.time_entries)]
    return {"startAt": 0, "maxResults": 20, "total": len(worklogs), "worklogs": worklogs}


def _worklog(item: WorkItem, place: int, entry: TimeEntry) -> Json:
    minutes = entry.seconds // 60
    return {
        "self": f"{SITE}/rest/api/3/issue/{item.number}/worklog/{item.number * 100 + place}",
        "id": str(item.number * 100 + place),
        "issueId": str(item.number),
        "author": user_object(entry.author),
        "updateAuthor": user_object(entry.author),
        "created": time_text(entry.at),
        "updated": time_text(entry.at),
        "started": time_text(entry.at),
        "timeSpent": f"{minutes // 60}h {minutes % 60}m" if minutes >= 60 else f"{minutes}m",
        "timeSpentSeconds": entry.seconds,
    }


def _document(text: str) -> Json:
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
    return {"type": "doc", "version": 1, "content": [paragraph]}


def user_object(actor: object) -> Json | None:
    """Return the user object of an actor; apps say so in their account type."""
    if not isinstance(actor, Person | Machine):
        return None
    account = actor.tracker_account
    is_app = isinstance(actor, Machine) and actor.is_bot
    return {
        "self": f"{SITE}/rest/api/3/user?accountId={account}",
        "accountId": account,
        "accountType": "app" if is_app else "atlassian",
        "displayName": actor.name,
        "active": True,
        "timeZone": COMPANY_ZONE,
    }


def time_text(at: datetime) -> str:
    """Write a time the way Jira does, with the reader's offset and without its colon."""
    text = with_offset(at, COMPANY_ZONE).isoformat(timespec="milliseconds")
    return text[:-3] + text[-2:]
