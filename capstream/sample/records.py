"""What the simulated company leaves behind before anybody writes it in a vendor's form."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from capstream.sample.company_plan import Team
from capstream.sample.component_plan import Component
from capstream.sample.roster import Person


@dataclass(frozen=True, slots=True)
class Machine:
    """An account that is nobody: a bot, an app, an agent, or a person unknown to the company."""

    account: str
    name: str
    email: str
    is_bot: bool = True

    @property
    def login(self) -> str:
        """Account at the code forge."""
        return self.account

    @property
    def tracker_account(self) -> str:
        """Account id at the tracker."""
        return self.account


Actor = Person | Machine
Value = str | Actor | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a work item changed by somebody; the value before is the replay's business."""

    at: datetime
    author: Actor
    field: str
    value: object


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on a work item or pull request."""

    at: datetime
    author: Actor
    text: str


@dataclass(frozen=True, slots=True)
class TimeEntry:
    """A worklog: so many seconds from a start, entered a little later."""

    at: datetime
    author: Actor
    seconds: int


@dataclass(eq=False, slots=True)
class WorkItem:
    """A tracker issue: how it was created, and everything that happened to it.

    Attributes:
        first: Field values at creation; `changes` are replayed over them.
        effort: Days of work in it, known only to the simulation.
        key: Given last, in order of creation within the project.
    """

    team: Team
    component: Component | None
    title: str
    created: datetime
    reporter: Actor
    first: dict[str, object]
    effort: float = 0.0
    points: int = 0
    parent: WorkItem | None = None
    changes: list[Change] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    time_entries: list[TimeEntry] = field(default_factory=list)
    pulls_left: int = 0
    ready_to_ship: datetime | None = None
    key: str = ""
    number: int = 0

    def change(self, at: datetime, author: Actor, name: str, value: object) -> None:
        """Record that a field takes a value, unless it has it already."""
        if self.value_at(at, name) != value:
            self.changes.append(Change(at, author, name, value))

    def value_at(self, at: datetime, name: str) -> object:
        """Return a field's value at a time, by replay."""
        past = [c for c in self.changes if c.field == name and c.at <= at]
        latest = max(past, key=lambda c: c.at, default=None)
        return self.first.get(name) if latest is None else latest.value


@dataclass(frozen=True, slots=True)
class FileChange:
    """Lines of one file in a commit."""

    path: str
    insertions: int
    deletions: int


@dataclass(eq=False, slots=True)
class Commit:
    """A commit; `items` are named in its message when it is written."""

    sha: str
    author: Actor
    zone: str
    authored: datetime
    subject: str
    files: list[FileChange]
    items: tuple[WorkItem, ...] = ()
    trailer: str = ""
    committed: datetime | None = None
    parents: tuple[str, ...] = ()
    email: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A submitted review."""

    at: datetime
    author: Actor
    state: str


@dataclass(eq=False, slots=True)
class PullRequest:
    """A pull request from its first commit to its merge; number given in order of opening."""

    team: Team
    author: Actor
    title: str
    item: WorkItem | None
    commits: list[Commit]
    opened: datetime
    ready: datetime | None = None
    branch: str = ""
    reviews: list[Review] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    labels: tuple[str, ...] = ()
    merged: datetime | None = None
    merged_by: Actor | None = None
    closed: datetime | None = None
    merge_sha: str = ""
    number: int = 0


@dataclass(eq=False, slots=True)
class Deployment:
    """One deployment of a service; states are its status events in order."""

    team: Team
    number: int
    environment: str
    sha: str
    actor: Actor
    created: datetime
    states: list[tuple[str, datetime]]
    task: str = "deploy"
    is_planned: bool = True

    @property
    def finished(self) -> datetime:
        """Time of its success or failure."""
        return next(at for state, at in self.states if state in ("success", "failure"))


@dataclass(eq=False, slots=True)
class Incident:
    """An outage or degradation of a service."""

    number: int
    team: Team
    severity: str
    created: datetime
    acknowledged: datetime
    resolved: datetime
    deployment: Deployment | None = None
    item: WorkItem | None = None


@dataclass(slots=True)
class Traces:
    """Everything one team leaves behind."""

    team: Team
    items: list[WorkItem] = field(default_factory=list)
    pulls: list[PullRequest] = field(default_factory=list)
    direct_commits: list[Commit] = field(default_factory=list)
    deployments: list[Deployment] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)


TIME_APP = Machine("557058:6f1c2a70-time-entries", "Time Entries for Jira", "")
AUTOMATION = Machine("557058:0c2b77d1-automation", "Automation for Jira", "")
GUEST = Machine("5e77a1c2903bd4f1027aa0b9", "Guest reviewer", "", is_bot=False)
DEPENDENCY_BOT = Machine(
    "dependabot[bot]", "dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"
)
BUILD_BOT = Machine(
    "github-actions[bot]",
    "github-actions[bot]",
    "41898282+github-actions[bot]@users.noreply.github.com",
)
CODING_AGENT = Machine("Copilot", "Copilot", "198982749+Copilot@users.noreply.github.com")
