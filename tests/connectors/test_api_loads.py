"""What holds for every source in API mode: slices, kills, faults, secrets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from capstream.errors import InputError, SourceError
from tests.connectors.fetching_company import HASTY, QUICK, TODAY, FetchingCompany, KilledError
from tests.connectors.hosts.host import NOW, TOKEN, Host, serving
from tests.connectors.hosts.sites import ASKED, Asking
from tests.connectors.hosts.versions import END, moment


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAPSTREAM_TEST_TOKEN", TOKEN)


@pytest.fixture(params=sorted(ASKED), scope="module")
def asking(request: pytest.FixtureRequest) -> Asking:
    return ASKED[request.param]


@pytest.fixture
def host(asking: Asking) -> Iterator[Host]:
    with serving(asking.site(), is_open=asking.is_open) as served:
        yield served


def company_of(root: Path, asking: Asking, host: Host) -> FetchingCompany:
    return FetchingCompany(
        root, **{"url": host.url, "token_env": "CAPSTREAM_TEST_TOKEN", **asking.entry}
    )


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory, asking: Asking) -> dict[str, Any]:
    """Return what one undisturbed load of a kind gives, loaded once for all its tests."""
    with (
        pytest.MonkeyPatch.context() as patch,
        serving(asking.site(), is_open=asking.is_open) as host,
    ):
        patch.setenv("CAPSTREAM_TEST_TOKEN", TOKEN)
        company = company_of(tmp_path_factory.mktemp("full"), asking, host)
        company.load()
        tables = company.tables()
        assert company.query("select * from ops.rejected_records") == []
    assert sum(map(len, tables.values())) > 7
    return tables


def test_slices_repetitions_and_shuffles_equal_a_full_load(
    tmp_path: Path, asking: Asking, host: Host, full: dict[str, Any]
) -> None:
    company = company_of(tmp_path / "sliced", asking, host)
    for until in asking.slices:
        company.today = host.site.now = moment(until)  # type: ignore[attr-defined]
        host.date = host.site.now.strftime("%a, %d %b %Y %H:%M:%S GMT")  # type: ignore[attr-defined]
        company.load()
    assert comparable(company, asking) != full
    company.today, host.date = TODAY, NOW
    host.site.now, host.site.seed = END, 3  # type: ignore[attr-defined]
    company.load()
    assert comparable(company, asking) == full
    company.load()
    assert comparable(company, asking) == full
    if not asking.snapshots:  # a snapshot of yesterday cannot be asked for again
        host.site.seed = 5  # type: ignore[attr-defined]
        company.load(full=True)
        assert comparable(company, asking) == full


def comparable(company: FetchingCompany, asking: Asking) -> dict[str, Any]:
    """Return the neutral tables; of a snapshot only what was seen on the last day."""
    tables = company.tables()
    for table, column in asking.snapshots.items():
        last = f"(select max({column}) from raw.{table})"
        tables[table] = company.query(
            f"select * from raw.{table} where {column} = {last} order by all"
        )
    return tables


def test_a_kill_at_any_answer_is_made_good(tmp_path: Path, asking: Asking, host: Host) -> None:
    whole = company_of(tmp_path / "whole", asking, host).fetched()
    place = 1
    while True:
        company = company_of(tmp_path / f"killed-{place}", asking, host)
        try:
            company.fetched(dies_at=place)
        except KilledError:
            assert company.fetched() == whole, place
            place += 1
        else:
            break
    assert place > 3


def test_a_killed_full_load_leaves_the_last_good_one(
    tmp_path: Path, asking: Asking, host: Host, full: dict[str, Any]
) -> None:
    company = company_of(tmp_path / "full", asking, host)
    company.load()
    with pytest.raises(KilledError):
        company.load(full=True, dies_at=3)
    assert company.tables() == full
    company.load(full=True)
    assert company.tables() == full


PASSING = ("429", "429-bare", "403-limit", "500", "502-page", "timeout", "cut", "half", "type",
           "empty", "repeat")  # fmt: skip


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_ends_in_a_whole_load_or_a_plain_refusal(
    tmp_path: Path, asking: Asking, host: Host, full: dict[str, Any], fault: str
) -> None:
    last, host.last = host.count, None
    host.faults = {last + number: fault for number in (1, 2, 4, 7)}
    company = company_of(tmp_path / "faulty", asking, host)
    company.patience = HASTY if fault == "timeout" else QUICK
    if refusal := refused(company):
        assert fault == "repeat", refusal
        assert_plain(refusal, host)
        host.faults = {}
        company.load()
    assert company.tables() == full
    if fault == "429":
        assert 7 in company.clock.slept


@pytest.mark.parametrize("fault", ["429", "500", "timeout", "type", "gone", "forbidden",
                                   "elsewhere", "half"])  # fmt: skip
def test_a_fault_that_stays_is_a_plain_refusal_and_costs_no_row(
    tmp_path: Path, asking: Asking, host: Host, full: dict[str, Any], fault: str
) -> None:
    company = company_of(tmp_path / "full", asking, host)
    company.load()
    host.always = fault
    company.patience = HASTY if fault == "timeout" else QUICK
    for options in ({}, {"full": True}):
        with pytest.raises(SourceError) as caught:
            company.load(**options)
        assert_plain(caught.value, host)
        assert company.tables() == full
    host.always, company.patience = "", QUICK
    company.load(full=True)
    assert company.tables() == full


def test_a_page_that_loses_an_item_never_takes_a_row(
    tmp_path: Path, asking: Asking, host: Host, full: dict[str, Any]
) -> None:
    company = company_of(tmp_path / "full", asking, host)
    company.load()
    for number in range(1, 7):
        before = host.count
        host.faults = {before + number: "lose"}
        refusal = refused(company, full=True)
        assert refusal is None or "source" in str(refusal)
        now = company.tables()
        assert all(len(now[name]) >= len(full[name]) for name in full)
        host.faults = {}


@pytest.mark.parametrize("times", [1, 1_000])
def test_an_expired_link_is_asked_for_anew_once(tmp_path: Path, times: int) -> None:
    copilot = ASKED["copilot"]
    with serving(copilot.site(), is_open=True) as host:
        company = company_of(tmp_path, copilot, host)
        host.site.expired = times  # type: ignore[attr-defined]
        refusal = refused(company)
        assert (refusal is None) == (times == 1)
        if refusal is not None:
            assert "the download link has expired" in str(refusal)
            assert_plain(refusal, host)
            host.site.expired = 0  # type: ignore[attr-defined]
            company.load()
        assert len({row[1] for row in company.tables()["ai_usage"]}) == 9


def test_a_clock_that_runs_ahead_hides_no_later_change(
    tmp_path: Path, asking: Asking, host: Host, full: dict[str, Any]
) -> None:
    company = company_of(tmp_path / "skewed", asking, host)
    host.site.now = moment(asking.slices[0])  # type: ignore[attr-defined]
    host.date = (moment(asking.slices[0]) - timedelta(days=30)).strftime(
        "%a, %d %b %Y %H:%M:%S GMT"
    )
    company.load()
    host.site.now = END  # type: ignore[attr-defined]
    company.today = TODAY + timedelta(hours=1)
    company.load()
    assert company.tables() == full


def test_a_revoked_token_is_named_by_its_variable_and_shown_nowhere(
    tmp_path: Path, asking: Asking, host: Host, full: dict[str, Any]
) -> None:
    company = company_of(tmp_path / "full", asking, host)
    company.load()
    host.is_revoked = True
    with pytest.raises(SourceError, match="the token was refused") as caught:
        company.load()
    assert_plain(caught.value, host)
    assert TOKEN.encode() not in company.everything_written()
    assert company.tables() == full


def test_an_answer_that_echoes_the_token_is_kept_without_it(
    tmp_path: Path, asking: Asking, host: Host, capfd: pytest.CaptureFixture[str]
) -> None:
    for versions in getattr(host.site, "stamped", {}).values():
        for _, record in versions:
            record["echo"] = f"you sent {TOKEN}"
    company = company_of(tmp_path / "echo", asking, host)
    company.load()
    assert TOKEN.encode() not in company.everything_written()
    assert TOKEN not in "".join(capfd.readouterr())


def refused(company: FetchingCompany, **options: bool) -> SourceError | InputError | None:
    """Load; return the refusal, if there is one."""
    try:
        company.load(**options)
    except (SourceError, InputError) as error:
        return error
    return None


def assert_plain(error: SourceError | InputError, host: Host) -> None:
    """Assert that a message names source, request and next step, and no secret."""
    text = str(error)
    assert text.startswith("source tracker: ")
    assert error.exit_code == 3
    assert host.url in text
    assert TOKEN not in text
    assert "Traceback" not in text
    assert len(text.split(": ")) >= 3
