"""One hash over everything that the company configured."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from capstream.company.loading import Company


def configuration_hash(company: Company) -> str:
    """Return the SHA-256 of configuration, value streams, workflow and policies.

    Layout and comments of the files do not count; defaults that apply do.
    """
    content = {
        "config": company.config.model_dump(mode="json", by_alias=True),
        "value_streams": [s.model_dump(mode="json", by_alias=True) for s in company.value_streams],
        "workflow": [entry.model_dump(mode="json", by_alias=True) for entry in company.workflow],
        "policies": {
            name: policy.model_dump(mode="json", by_alias=True)
            for name, policy in company.policies.items()
        },
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
