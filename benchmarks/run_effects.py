"""Seconds and memory of a large staggered rollout: 2,000 teams, 60 periods, 8 cohorts, 999 draws.

Run it with `python -m benchmarks.run_effects`.
"""

from __future__ import annotations

import resource
import time

import numpy as np
import pandas as pd

from capstream.effects import imputed_effect, staggered_did

TEAMS, PERIODS, DRAWS = 2_000, 60, 999
COHORTS = (0, 12, 17, 22, 27, 32, 37, 42, 47)
GOAL_SECONDS = 10


def large_rollout() -> pd.DataFrame:
    """Draw the panel: an effect of a tenth of a standard deviation, never treated teams."""
    generator = np.random.default_rng(0)
    cohorts = generator.choice(COHORTS, TEAMS)
    outcome = generator.normal(size=(TEAMS, PERIODS)) + generator.normal(size=(TEAMS, 1))
    rows, columns = np.indices(outcome.shape)
    period = columns.ravel() + 1
    start = np.repeat(cohorts, PERIODS)
    treated = (start > 0) & (period >= start)
    return pd.DataFrame(
        {
            "team": rows.ravel(),
            "week": period,
            "start": start,
            "items": outcome.ravel() + 0.1 * treated,
        }
    )


def main() -> None:
    """Estimate everything that a report asks for and print what it took."""
    frame = large_rollout()
    begun = time.perf_counter()
    found = staggered_did(
        frame,
        unit="team",
        period="week",
        cohort="start",
        outcome="items",
        control="not_yet",
        draws=DRAWS,
        seed=1,
    )
    overall = {kind: found.aggregate(kind) for kind in ("simple", "group", "dynamic", "calendar")}
    critical = found.bands.critical_value, found.aggregate_bands("dynamic").critical_value
    check = imputed_effect(found.panel), found.pretest.p_value
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{TEAMS} teams x {PERIODS} periods x {len(COHORTS) - 1} cohorts, {DRAWS} draws")
    for kind, one in overall.items():
        print(f"  {kind:9} {one.estimate:.4f} (standard error {one.std_error:.4f})")
    print(f"  imputation {check[0]:.4f}, pre-trend p {check[1]:.3f}, bands {critical[0]:.3f}")
    print(f"  {seconds:.2f} s of {GOAL_SECONDS} s, {memory:.0f} MB")


if __name__ == "__main__":
    main()
