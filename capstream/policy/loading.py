"""Read policies/*.yaml, check them, and hash what they say."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from capstream.documents.document import Document
from capstream.documents.validation import validated
from capstream.documents.yaml_reader import read_yaml
from capstream.errors import Problem
from capstream.policy.model import Policy

# Approval is about the content, so approving a policy leaves the hash of its content alone.
_NOT_CONTENT = {"status", "approved_by", "approved_on"}


@dataclass(frozen=True)
class LoadedPolicy:
    """A policy with the document it was read from, so that later checks can name lines."""

    policy: Policy
    document: Document


def load_policies(root: Path) -> tuple[dict[str, LoadedPolicy], list[Problem]]:
    """Read every policy of a company folder.

    Args:
        root: The company folder.

    Returns:
        The policies that are sound, by policy_id; and every problem found.
    """
    policies: dict[str, LoadedPolicy] = {}
    problems: list[Problem] = []
    for path in sorted(root.glob("policies/*.yaml")):
        document, found = read_yaml(path, f"policies/{path.name}")
        problems += found
        if document is None:
            continue
        policy, found = validated(document, Policy)
        problems += found
        if policy is not None:
            problems += _own_problems(policy, document, path.stem)
            policies[policy.policy_id] = LoadedPolicy(policy, document)
    return policies, problems


def content_hash(policy: Policy) -> str:
    """Return the SHA-256 of what the policy says, independent of layout and approval."""
    content = policy.model_dump(mode="json", by_alias=True, exclude=_NOT_CONTENT)
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _own_problems(policy: Policy, document: Document, stem: str) -> list[Problem]:
    problems = []
    if policy.policy_id != stem:
        message = f"policy_id {policy.policy_id} is not the name of its file"
        remedy = f"write policy_id: {stem} or rename the file to {policy.policy_id}.yaml"
        problems.append(document.problem(("policy_id",), message, remedy))
    seen: dict[str, int] = {}
    for index, rule in enumerate(policy.rules):
        if rule.rule_id in seen:
            path = ("rules", index, "rule_id")
            first = document.line(("rules", seen[rule.rule_id], "rule_id"))
            message = f"rule_id {rule.rule_id} stands twice (first in line {first})"
            problems.append(document.problem(path, message, "give each rule its own id"))
        seen.setdefault(rule.rule_id, index)
    return problems
