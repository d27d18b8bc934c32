"""What people did: commits, pull requests, reviews, comments, deployments, worklogs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.property.draw import Draw

REPOSITORIES = ("org/app", "org/web", "tool")
PATHS = ("services/pay/a.py", "services/b.py", "docs/readme.md")


class CodeDraw(Draw):
    """Draws acts."""

    def _named(self) -> str:
        if self.may(0.35):
            return "no key"
        names = [*self.items, *self.former_keys]
        return " ".join(self.random.sample(names, self.random.choice((1, 1, 1, 2))))

    def draw_code(self) -> None:
        for _ in range(self.random.randint(2, 18)):
            repository = self.random.choice(REPOSITORIES)
            more = {"parents": ["a", "b"]} if self.may(0.05) else {}
            sha = self.world.commit(
                self.account(), self.at(), self._named(), repository=repository, **more
            )
            self.shas.append((repository, sha))
            for path in self.some(PATHS, 2):
                self.world.add(
                    "inp_commit_files", source="code", repository=repository, sha=sha, path=path
                )
        for number in range(self.random.randint(0, 5)):
            self._pull(number + 100)

    def _pull(self, number: int) -> None:
        repository = self.random.choice(REPOSITORIES)
        opened = self.at()
        row: dict[str, Any] = {"repository": repository}
        mine = [sha for where, sha in self.shas if where == repository]
        if self.may(0.5):
            merged = datetime.fromisoformat(opened) + timedelta(days=self.random.randrange(5))
            row |= {"state": "merged", "merged_at": str(merged), "merged_by": self.account()}
        if mine and self.may(0.2):
            row["merge_commit_sha"] = self.random.choice(mine)
        if self.may(0.15):
            row["work_item_keys"] = [self.random.choice(self.items)]
        self.world.pull(self.account(), number, opened, self._named(), **row)
        self.pulls.append((repository, number))
        for sha in self.some(mine, 2):
            self.world.add(
                "inp_pull_request_commits",
                source="forge", repository=repository, number=number, sha=sha,
            )  # fmt: skip

    def draw_talk(self) -> None:
        for _ in range(self.random.randint(0, 8)):
            self.world.comment(self.account(), self.random.choice(self.items), self.at())
        for repository, number in self.pulls:
            for _ in range(self.random.randint(0, 2)):
                self.world.add(
                    "inp_reviews", source="forge", repository=repository, number=number,
                    review_id=str(self.world.number()), reviewer=self.account(),
                    state="approved", submitted_at=self.at(),
                )  # fmt: skip
            if self.may(0.3):
                self.world.add(
                    "inp_comments", source="forge", comment_id=str(self.world.number()),
                    repository=repository, number=number, author=self.account(),
                    created_at=self.at(),
                )  # fmt: skip
        for repository, sha in self.some(self.shas, 1):
            self.world.add(
                "inp_deployments", source="forge", deployment_id=f"d{sha}", service="app",
                repository=repository, sha=sha, actor=self.account(), environment="production",
                status="success", finished_at=self.at(),
            )  # fmt: skip

    def draw_worklogs(self) -> None:
        if self.may(0.5):
            for _ in range(self.random.randint(1, 6)):
                seconds = self.random.choice((20, 50, 1800, 5555, 14400, 40000))
                item = self.random.choice((*self.items, "GONE-1"))
                self.world.worklog(self.account(), item, self.at(), seconds)
