"""A run that dies leaves the previous pack, and a warehouse that the next run completes from."""

from __future__ import annotations

import gzip
import json
import signal
from pathlib import Path

from capstream.close.digests import file_hashes
from tests.e2e.command import capstream, python, said
from tests.e2e.conftest import RunCompany

# Each driver runs the real command and kills its own process at the worst moment.
KILL = "os.kill(os.getpid(), signal.SIGKILL)"
DRIVERS = {
    "in ingest, inside the transaction that publishes": """
import capstream.connectors.loading as loading
published = loading.replace_rows
def replace_rows(*arguments):
    published(*arguments)
    {kill}
loading.replace_rows = replace_rows
""",
    "in dbt, after some of the models": """
from dbt.cli.main import dbtRunner
made = dbtRunner.__init__
finished = []
def heard(event):
    if event.info.name == "NodeFinished":
        finished.append(event)
    if len(finished) == 60:
        {kill}
def init(self, manifest=None, callbacks=None):
    made(self, manifest=manifest, callbacks=[heard])
dbtRunner.__init__ = init
""",
    "in a report, between two workbooks": """
import xlsxwriter
closed = xlsxwriter.Workbook.close
count = []
def close(self):
    count.append(closed(self))
    if len(count) == 2:
        {kill}
xlsxwriter.Workbook.close = close
""",
}
PREAMBLE = "import os, signal, sys\n"
COMMAND = "\nfrom orchestration.cli.main import main\nmain(sys.argv[1:])\n"


def add_an_issue(root: Path) -> None:
    """Hand over one issue more, so that there is something to ingest and a new result."""
    export = sorted((root / "sources" / "jira").glob("*.jsonl.gz"))[0]
    with gzip.open(export, "rt", encoding="utf-8") as file:
        issue = json.loads(file.readline())
    record = issue.get("data", issue)
    project = record["key"].partition("-")[0]
    record["key"], record["id"] = f"{project}-99999", "99999999"
    (export.parent / "later.jsonl").write_text(json.dumps(issue) + "\n", encoding="utf-8")


def test_runs_killed_one_after_another(copied: RunCompany) -> None:
    """Each is killed later than the one before, so it has completed what that one left undone."""
    add_an_issue(copied.root)
    before = file_hashes(copied.draft, copied.draft.iterdir())
    month = ("--month", copied.month)
    for moment, driver in DRIVERS.items():
        program = PREAMBLE + driver.format(kill=KILL) + COMMAND
        killed = python("-c", program, "run", "-c", str(copied.root), *month)
        assert killed.returncode == -signal.SIGKILL, moment + said(killed)
        assert file_hashes(copied.draft, copied.draft.iterdir()) == before, moment

    completed = capstream("run", "-c", copied.root, *month)
    assert completed.returncode == copied.finished.returncode, said(completed)
    assert [path.name for path in copied.draft.parent.iterdir()] == ["draft"]
    after = file_hashes(copied.draft, copied.draft.iterdir())
    assert after.keys() == before.keys()
    assert after["manifest.json"] != before["manifest.json"]
    assert capstream("verify", "-c", copied.root).returncode == 0
