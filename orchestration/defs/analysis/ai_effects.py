"""The asset of what the AI tools changed."""

from orchestration.defs.ingest.company import OWNER
from orchestration.lib.analysis import Write, analysis_asset
from orchestration.lib.translator import AI_EFFECTS

READ = ("fct_ai_adoption", "fct_ai_outcomes")


def _write() -> Write:
    from capstream.effects.rollout import write_ai_effects

    return write_ai_effects


ai_effects = analysis_asset(
    AI_EFFECTS,
    read=READ,
    write=_write,
    owner=OWNER,
    story="Grade the rollout of AI tools and estimate what such evidence can carry.",
)
