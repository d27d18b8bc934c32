"""Kill loads, runs and closings at every step and at random times; say what was lost.

Works on a small sample company with one closed month. After every kill it looks whether the
warehouse opens, whether each raw table stands as before or as after the load, whether the draft
is a whole one and whether the closed month is untouched. In the end the company that was killed
is compared, relation by relation and file by file, with one that never was.

    make faults      (or in slices: python -m benchmarks.run_kills --kills 50 --seed 8, then 9, …)

A slice is known by its seed: run again, it takes the place of its earlier result, and the page
adds up all of them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.faults import forked, states

RESULT = Path(__file__).resolve().parent / "faults" / "kills.json"
CLOSED, OPEN = "2025-09", "2025-10"
CLOSED_ALREADY = "closed already"
PEOPLE = ("--prepared-by", "Ines Calloway", "--approved-by", "Robert Thistlewood")


@dataclass(frozen=True, slots=True)
class Stage:
    """A command that is killed: its words, its steps, its share of all kills, its likely length."""

    name: str
    words: tuple[str, ...]
    steps: tuple[str, ...]
    share: float
    first_length: float


STAGES = (
    Stage("ingest", ("ingest",), ("raw_jira", "raw_github", "raw_git", "raw_tables", "ops"),
          0.65, 3.0),
    Stage("run", ("run", "--no-ingest", "--month", OPEN),
          ("dbt_models", "close__draft_pack", "workbooks", "closed", "books_checks",
           "company_tables"), 0.1, 25.0),
    Stage("close", ("close", "--month", OPEN, *PEOPLE), ("issue",), 0.25, 5.0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """The company that is killed, and its twin that never is."""

    killed: Path
    untouched: Path


@dataclass(slots=True)
class Tally:
    """What was done and what was found; written after every kill."""

    seed: int
    kills: dict[str, int] = field(default_factory=dict)
    at_steps: list[str] = field(default_factory=list)
    finished_before: int = 0
    completed_after: int = 0
    rounds: int = 0
    relations: int = 0
    findings: list[str] = field(default_factory=list)

    def ended(self, stage: str, moment: str | float, ended: forked.Ended) -> None:
        """Count how a command ended that was to be killed."""
        if ended.code in {forked.KILLED_AT_STEP, forked.KILLED_BY_CLOCK}:
            self.kills[stage] = self.kills.get(stage, 0) + 1
            if isinstance(moment, str) and moment not in self.at_steps:
                self.at_steps.append(moment)
        elif ended.code in {0, 1}:
            self.finished_before += 1
        else:
            self.found(stage, moment, [f"ended with {ended.code}: {ended.said[-300:]}"])

    def found(self, stage: str, moment: str | float, names: Sequence[str]) -> None:
        """Take what does not hold after a kill."""
        self.findings += [f"{stage} {moment}: {name}" for name in names]

    def content(self) -> dict[str, Any]:
        """Return what this slice of all kills counted."""
        return {
            "seed": self.seed,
            "kills": sum(self.kills.values()),
            "kills_by_command": self.kills,
            "killed_at_the_start_of": sorted(self.at_steps),
            "finished_before_the_kill": self.finished_before,
            "completed_afterwards": self.completed_after,
            "comparisons_with_the_untouched_twin": self.rounds,
            "relations_and_files_compared": self.relations,
            "findings": self.findings,
        }

    def write(self) -> None:
        """Put the result in the place of the earlier one of its seed; other slices stand."""
        kept = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else []
        others = [one for one in kept if one["seed"] != self.seed]
        slices = sorted([*others, self.content()], key=lambda one: one["seed"])
        RESULT.write_text(json.dumps(slices, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Prepare, kill in rounds, compare after each round, write the result."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200, help="how many in all")
    parser.add_argument("--round", type=int, default=40, help="how many before each comparison")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="a company prepared by an earlier call")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="capstream-kills-"))
    forked.warm_up()
    pair = Pair(folder / "killed", folder / "untouched")
    if not pair.killed.exists():
        _prepare(pair.killed)
    if not pair.untouched.exists():
        shutil.copytree(pair.killed, pair.untouched)
    tally = Tally(options.seed)
    chance = random.Random(options.seed)  # noqa: S311 - moments, no secret
    lengths = {stage.name: stage.first_length for stage in STAGES}
    for number in range(-(-options.kills // options.round)):
        for stage in STAGES:
            kills = round(options.round * stage.share)
            _kill_stage(pair.killed, stage, kills, Moments(chance, lengths, number), tally)
        _compare(pair, tally)
        tally.rounds += 1
        tally.write()
    print(json.dumps(tally.content(), indent=2))
    if tally.findings:
        raise SystemExit(1)


def _prepare(company: Path) -> None:
    """Write a small company, close its first month and draft its second."""
    _must("init", str(company), "--sample", "--people", "12", "--months", "3")
    _must("run", "-c", str(company), "--month", CLOSED)
    _must("close", "-c", str(company), "--month", CLOSED, *PEOPLE)
    _must("run", "-c", str(company), "--month", OPEN)


def _must(*words: str) -> forked.Ended:
    ended = forked.command(words)
    if ended.code not in {0, 1}:
        raise SystemExit(f"capstream {' '.join(words)} ended with {ended.code}: {ended.said}")
    return ended


@dataclass(frozen=True, slots=True)
class Moments:
    """When commands are killed: at a step of theirs, or after random processor seconds.

    Attributes:
        chance: The source of moments.
        lengths: Processor seconds of each command, as last measured.
        round_number: Steps take turns over the rounds.
    """

    chance: random.Random
    lengths: dict[str, float]
    round_number: int

    def of(self, stage: Stage, count: int) -> list[str | float]:
        """Return moments: two steps in turn, the others spread at random over the length."""
        places = range(2 * self.round_number, 2 * self.round_number + min(2, count))
        steps = [stage.steps[place % len(stage.steps)] for place in places]
        spread = count - len(steps)
        times = [
            self.lengths[stage.name] * (place + self.chance.random()) / spread
            for place in range(spread)
        ]
        return [*steps, *times]


def _kill_stage(company: Path, stage: Stage, kills: int, moments: Moments, tally: Tally) -> None:
    """Kill one command at steps and at random times; then let it complete."""
    words = (*stage.words, "-c", str(company))
    guard = _Guard(company, stage)
    for moment in moments.of(stage, kills):
        guard.before_kill(sum(tally.kills.values()))
        is_step = isinstance(moment, str)
        ended = forked.command(
            words,
            after_seconds=None if is_step else float(moment),
            at_step=str(moment) if is_step else None,
        )
        tally.ended(stage.name, moment, ended)
        tally.found(stage.name, moment, guard.broken())
        tally.write()
    completed = forked.command(words)
    tally.found(stage.name, "completing", guard.completed(completed))
    tally.completed_after += 1
    moments.lengths[stage.name] = completed.processor_seconds


class _Guard:
    """What must hold for a company while one of its commands is killed.

    Args:
        company: The company folder.
        stage: The command.
    """

    def __init__(self, company: Path, stage: Stage) -> None:
        self._company = company
        self._stage = stage
        self._kept = company.with_name(f"{company.name}-kept")
        self._closed = self._closed_state()
        self._raw_before: states.Fingerprints = self._raw()
        self._draft = self._draft_state()
        self._is_fresh = True

    def before_kill(self, number: int) -> None:
        """Give a load something to do; a closing starts from the same state every time."""
        if self._stage.name == "ingest" and self._is_fresh:
            add_issue(self._company, number + 1)
            self._is_fresh = False
        if self._stage.name == "close":
            if not self._kept.exists():
                shutil.copytree(self._company, self._kept)
            else:
                shutil.rmtree(self._company)
                shutil.copytree(self._kept, self._company)

    def broken(self) -> list[str]:
        """Name what does not hold after a kill."""
        found = [f"closed month: {name}" for name in
                 states.differences(self._closed, self._closed_state())]  # fmt: skip
        found += self._half_loads()
        if self._stage.name == "close":
            return found + self._half_closing()
        if states.differences(self._draft, self._draft_state()):
            found += [f"draft: {line}" for line in self._unsound_draft()]
            self._draft = self._draft_state()
        return found

    def completed(self, ended: forked.Ended) -> list[str]:
        """Name what the command could not do when it was left alone."""
        if ended.code not in {0, 1} and CLOSED_ALREADY not in ended.said:
            return [f"did not complete ({ended.code}): {ended.said[-300:]}"]
        if self._stage.name != "close":
            return []
        found = self._half_closing()
        shutil.rmtree(self._company)  # the next round closes the same month again
        self._kept.rename(self._company)
        return found

    def _raw(self) -> states.Fingerprints:
        found: states.Fingerprints = forked.answer(
            lambda: states.relations(self._company, states.RAW)
        )
        return found

    def _half_loads(self) -> list[str]:
        """Name sources whose tables stand neither all as before nor all as after."""
        changed = states.differences(self._raw_before, self._raw())
        if not changed or (self._stage.name == "ingest" and _is_whole_jira(changed)):
            return []
        return [f"raw table {name} changed" for name in changed]

    def _closed_state(self) -> states.Fingerprints:
        folders = {"out": self._company / "out" / CLOSED, "var": self._company / "var" / "closed" /
                   CLOSED}  # fmt: skip
        rows: dict[str, str] = forked.answer(lambda: states.closed_rows(self._company, CLOSED))
        ledger = {
            f"ledger/{name}": digest
            for name, digest in states.files(self._company / "var" / "ledger").items()
            if name.startswith("0001")
        }
        kept = {f"{at}/{name}": digest for at, folder in folders.items()
                for name, digest in states.files(folder).items()}  # fmt: skip
        return {**rows, **ledger, **kept}

    def _draft_state(self) -> states.Fingerprints:
        return states.files(self._company / "out" / OPEN / "draft")

    def _unsound_draft(self) -> list[str]:
        """Verify a draft that is not the one from before: it must be a whole new one."""
        ended = forked.command(
            ("verify", str(self._company / "out" / OPEN / "draft"), "-c", str(self._company))
        )
        return [] if ended.code == 0 else [ended.said[-300:]]

    def _half_closing(self) -> list[str]:
        """A month is closed when the ledger says so; its whole pack is there then, or staged."""
        events = sorted((self._company / "var" / "ledger").glob("0002-*.json"))
        issued = self._company / "out" / OPEN / "manifest.json"
        staged = list((self._company / "out").glob(".issue-*/manifest.json"))
        if issued.is_file() and not events:
            return ["a pack was issued that the ledger does not know"]
        if events and not issued.is_file() and not staged:
            return ["the ledger knows a closing that has no pack"]
        if not issued.is_file():
            return []
        verified = forked.command(("verify", str(issued.parent), "-c", str(self._company)))
        return [] if verified.code == 0 else [f"issued pack: {verified.said[-300:]}"]


def _is_whole_jira(changed: Sequence[str]) -> bool:
    """Say whether the one issue that was handed over arrived with all of its parts."""
    return set(changed) == {"raw.records", "raw.work_items", "raw.worklogs"}


def add_issue(company: Path, number: int) -> None:
    """Hand over one more issue with an hour of work: one record, one item, one worklog."""
    export = sorted((company / "sources" / "jira").glob("*.jsonl.gz"))[0]
    with gzip.open(export, "rt", encoding="utf-8") as file:
        issue = json.loads(file.readline())
    record: dict[str, Any] = issue.get("data", issue)
    project, fields = record["key"].partition("-")[0], record["fields"]
    record["key"], record["id"] = f"{project}-9{number:04d}", f"9{number:07d}"
    record["changelog"] = {"startAt": 0, "maxResults": 0, "total": 0, "histories": []}
    log = {
        "id": f"9{number:07d}",
        "author": fields["reporter"],
        "started": f"{OPEN}-06T10:00:00.000+0000",
        "created": f"{OPEN}-06T11:00:00.000+0000",
        "timeSpentSeconds": 3600,
    }
    fields["worklog"] = {"startAt": 0, "maxResults": 1, "total": 1, "worklogs": [log]}
    fields["comment"] = {"startAt": 0, "maxResults": 0, "total": 0, "comments": []}
    later = export.parent / f"later-{number:04d}.jsonl"
    later.write_text(json.dumps(issue) + "\n", encoding="utf-8")


def _compare(pair: Pair, tally: Tally) -> None:
    """Compare with the twin, which is given the same records and runs once."""
    for path in (pair.killed / "sources" / "jira").glob("later-*.jsonl"):
        shutil.copy(path, pair.untouched / "sources" / "jira" / path.name)
    for company in (pair.killed, pair.untouched):
        _must("run", "-c", str(company), "--month", OPEN)
    schemas = (*states.RAW, *states.RESULTS)
    pairs: list[tuple[str, Callable[[Path], Any]]] = [
        ("relation", lambda root: states.relations(root, schemas)),
        ("draft file", lambda root: states.files(root / "out" / OPEN / "draft")),
    ]
    for what, ask in pairs:
        killed = forked.answer(partial(ask, pair.killed))
        untouched = forked.answer(partial(ask, pair.untouched))
        tally.relations += len(untouched)
        tally.found("compared", what, states.differences(killed, untouched))
        tally.found("compared", what, [] if untouched else ["nothing to compare"])


if __name__ == "__main__":
    main()
