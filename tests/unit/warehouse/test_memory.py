"""What the engine may hold while it computes."""

from __future__ import annotations

import duckdb
import pytest

from capstream.errors import UsageError
from capstream.warehouse.memory import SETTING, computing_memory


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
