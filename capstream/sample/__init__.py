"""The sample company: a simulated company written as a complete company folder.

Everything is invented and follows from the seed: the same arguments give the same bytes. Records
come in the raw shapes of real sources (Jira issue objects, GitHub objects, git tables), so that
a run over the sample goes the way of a run over a real company.
"""

from __future__ import annotations

import re
from pathlib import Path

from capstream.sample.ai_tables import write_ai_tables
from capstream.sample.asset_tables import DIRECTOR, write_asset_tables
from capstream.sample.configuration import write_configuration
from capstream.sample.files import write_text
from capstream.sample.finance_tables import write_finance_tables
from capstream.sample.pay_tables import write_pay_tables
from capstream.sample.people_tables import write_people_tables
from capstream.sample.survey_tables import write_survey_tables
from capstream.sample.world import simulate
from capstream.sample.write_git import write_git
from capstream.sample.write_github import write_github
from capstream.sample.write_incidents import write_incidents
from capstream.sample.write_jira import write_jira

__all__ = ["write_sample"]

PRESETS = Path(__file__).parents[2] / "policies"
POLICIES = ("us_350_40_legacy", "us_350_40_asu2025_06", "ifrs_ias38", "mgmt_view")
_APPROVED_ON = "2025-08-20"


def write_sample(root: Path, *, seed: int = 7, people: int = 60, months: int = 14) -> None:
    """Write the sample company into a folder.

    Args:
        root: Company folder; created when missing, files of the same name are replaced.
        seed: Seed of everything that is left to chance.
        people: Number of people planned, leavers included; teams have seven or eight.
        months: Number of months from September 2025 on.

    Raises:
        ValueError: Fewer than one person or month is asked for.
    """
    if people < 1 or months < 1:
        raise ValueError(f"a sample of {people} people and {months} months is empty: ask for more")
    world = simulate(seed, people, months)
    write_configuration(world, root)
    for policy_id in POLICIES:
        preset = (PRESETS / f"{policy_id}.yaml").read_text(encoding="utf-8")
        write_text(root / "policies" / f"{policy_id}.yaml", _approved(preset))
    inputs = root / "inputs"
    write_people_tables(world, inputs)
    write_pay_tables(world, inputs)
    write_asset_tables(world, inputs)
    write_finance_tables(world, inputs)
    write_ai_tables(world, inputs)
    write_survey_tables(world, inputs)
    write_jira(world, root / "sources" / "jira")
    write_github(world, root / "sources" / "github")
    write_git(world, root / "sources" / "git")
    write_incidents(world, root / "sources" / "tables")


def _approved(preset: str) -> str:
    """Return a preset as the sample's director has approved it."""
    lines = {"status": "approved", "approved_by": DIRECTOR, "approved_on": _APPROVED_ON}
    for key, value in lines.items():
        preset = re.sub(rf"^{key}:.*$", f"{key}: {value}", preset, count=1, flags=re.MULTILINE)
    return preset
