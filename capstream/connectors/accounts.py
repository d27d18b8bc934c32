"""Classes of accounts: people, bots, and AI agents.

A bot repeats what it was set up to do; an agent writes code that somebody asked for. Neither
has working time of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

ActorKind = Literal["human", "bot", "agent"]

_AGENT_ACCOUNTS = re.compile(
    r"""(?ix) ^ (?:
        (?:\d+\+)? (?:copilot (?:-swe-agent)? | devin-ai-integration | cursoragent | cursor-agent
            | claude | openhands-agent | openhands | codex | chatgpt-codex-connector
            | google-labs-jules | jules | sweep-ai | amp-agent | ampcode | gemini-code-assist
            | aider) (?:\[bot\])? (?:@users\.noreply\.github\.com)?
      | noreply@anthropic\.com | aider@aider\.chat | noreply@aider\.chat
      | cursoragent@cursor\.com | openhands@all-hands\.dev | codex@openai\.com
      | noreply@openai\.com | amp@ampcode\.com | devin@cognition\.ai
    ) $""",
)
_BOT_ACCOUNTS = re.compile(
    r"""(?ix)
      \[bot\] (?:@.*)? $
    | ^ (?: dependabot | renovate | renovate-bot | github-actions | web-flow | codecov-commenter
          | snyk-bot | semantic-release-bot | mergify | bors | greenkeeper
          | githubbot | gitlabbot | jenkins | jenkinsbot | hudson ) (?:@.*)? $
    | ^ (?: noreply@github\.com | actions@github\.com | bot@renovateapp\.com
          | support@dependabot\.com ) $""",
)


@lru_cache(maxsize=65_536)
def actor_kind(account: str, *, is_declared_bot: bool = False) -> ActorKind:
    """Say what stands behind an account.

    Args:
        account: Login, account id or e-mail.
        is_declared_bot: The source itself says so (GitHub type `Bot`, Jira type `app`).
    """
    if _AGENT_ACCOUNTS.match(account):
        return "agent"
    if is_declared_bot or _BOT_ACCOUNTS.search(account):
        return "bot"
    return "human"


def actor_row(
    account: str,
    *,
    is_declared_bot: bool = False,
    display_name: str | None = None,
    email: str | None = None,
) -> dict[str, str | None]:
    """Return a row of the neutral table `actors`."""
    kind = actor_kind(account, is_declared_bot=is_declared_bot)
    return {
        "account": account,
        "kind": kind,
        "display_name": display_name or None,
        "email": email.lower() if email else None,
    }
