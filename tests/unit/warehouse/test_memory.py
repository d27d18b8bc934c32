"""What the engine may hold while it computes."""

from __future__ import annotations

import itertools

import duckdb
import pytest

from capstream.errors import UsageError
from capstream.warehouse.memory import SETTING, computing_memory, open_months_memory


def test_the_engine_holds_a_share_of_what_it_would_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    amount = computing_memory()
    megabytes = int(amount.removesuffix("MiB"))
    with duckdb.connect() as connection:
        own = connection.execute("select current_setting('memory_limit')").fetchall()[0][0]
        connection.execute("set memory_limit = ?", [amount])
    number, unit = own.split()
    most = float(number) * {"MiB": 1, "GiB": 1024, "TiB": 1024**2}[unit]
    assert megabytes == max(1024, int(most / 5))


@pytest.mark.parametrize("named", ["8GB", "1.5 GiB", "700MB"])
def test_another_amount_is_named_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv(SETTING, named)
    assert computing_memory() == named


@pytest.mark.parametrize("named", ["much", "8", "50%", "-1GB"])
def test_what_is_no_amount_is_refused(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv(SETTING, named)
    with pytest.raises(UsageError, match=r"CAPSTREAM_MEMORY.*8GB"):
        computing_memory()


@pytest.mark.parametrize(("people", "first"), [(1, "512MiB"), (1024, "512MiB"), (2000, "1000MiB")])
def test_open_months_begin_with_what_their_people_need(
    monkeypatch: pytest.MonkeyPatch, people: int, first: str
) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    amounts = open_months_memory(people)
    assert amounts[0] == first
    assert amounts[-1] == computing_memory()
    megabytes = [int(amount.removesuffix("MiB")) for amount in amounts]
    assert all(less < more <= 2 * less for less, more in itertools.pairwise(megabytes))


def test_more_people_than_the_share_serves_have_the_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    assert open_months_memory(10**6) == (computing_memory(),)


def test_a_named_amount_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "8GB")
    assert open_months_memory(500) == ("8GB",)
