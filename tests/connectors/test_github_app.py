"""An app signs its claim, gets a token of an hour, renews it in time, and shows neither."""

from __future__ import annotations

from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from capstream.errors import SourceError
from tests.connectors.fetching_company import FetchingCompany
from tests.connectors.hosts.github_site import GithubSite, github_site
from tests.connectors.hosts.host import Asked, Reply, serving

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
).decode()
APP = {"app_id": "77", "installation_id": "5", "private_key_env": "CAPSTREAM_TEST_KEY"}


class AppSite(GithubSite):
    """Gives out tokens against claims and takes nothing else."""

    hours = 1

    def __init__(self) -> None:
        super().__init__()
        self.lists = github_site().lists
        self.given: list[str] = []

    def answer(self, asked: Asked) -> Reply:
        shown = asked.headers.get("Authorization", "").removeprefix("Bearer ")
        if asked.path == "/app/installations/5/access_tokens":
            claim = jwt.decode(
                shown, KEY.public_key(), algorithms=["RS256"],
                options={"verify_exp": False, "verify_iat": False},
            )  # fmt: skip
            assert claim["iss"] == "77"
            assert claim["exp"] - claim["iat"] <= 600
            self.given.append(f"ghs_installation_{len(self.given)}")
            ends = f"2026-11-01T0{self.hours}:00:00Z"
            return Reply({"token": self.given[-1], "expires_at": ends}, 201)
        if not self.given or shown != self.given[-1]:
            return Reply({"message": f"Bad credentials {shown}"}, 401)
        return super().answer(asked)


def loaded(root: Path, site: AppSite) -> FetchingCompany:
    with serving(site, is_open=True) as host:
        company = FetchingCompany(root, kind="github", organization="example", url=host.url, **APP)
        company.load()
    return company


def test_an_app_reads_with_the_token_of_its_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAPSTREAM_TEST_KEY", PEM)
    site = AppSite()
    company = loaded(tmp_path, site)
    assert len(company.tables()["pull_requests"]) == 14
    assert len(site.given) == 1
    written = company.everything_written()
    assert site.given[0].encode() not in written
    assert PEM.encode() not in written


def test_a_token_that_ends_soon_is_renewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAPSTREAM_TEST_KEY", PEM)
    site = AppSite()
    site.hours = 0
    loaded(tmp_path, site)
    assert len(site.given) > 1


def test_a_key_that_is_none_is_named_by_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAPSTREAM_TEST_KEY", "not a key")
    with pytest.raises(SourceError, match="CAPSTREAM_TEST_KEY holds no private key") as caught:
        loaded(tmp_path, AppSite())
    assert "not a key" not in str(caught.value)
