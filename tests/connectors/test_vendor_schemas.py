"""GitHub's published schema knows every question, and what the local host answers to it.

`make test-schemas` fetches the package that carries the schema; without it these tests skip.
"""

from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLSchema, build_schema, execute_sync, parse, validate

from capstream.connectors.github.queries import (
    DEPLOYMENTS,
    ISSUES,
    PULLS,
    RELEASES,
    TAGS,
    Listing,
)
from tests.connectors.hosts.github_site import github_site
from tests.connectors.hosts.host import Asked

PACKAGE = Path(__file__).resolve().parents[2] / "build/schemas/octokit-graphql-schema-15.26.1.tgz"
SHA512 = (
    "4450c2d8ca5105de00c5246f51e04855e054ee88cdfd2c437c02d477b89560e4"
    "9e10ade065aa91d8c18ecac8f8661db18f6458e5f400513f8eaaaee1593ada30"
)
NEWER = "Cannot query field 'issueType' on type 'Issue'."
"""What GitHub added after the package was published."""


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    if not PACKAGE.exists():
        pytest.skip("the package with GitHub's schema is not there: make test-schemas fetches it")
    assert hashlib.sha512(PACKAGE.read_bytes()).hexdigest() == SHA512
    with tarfile.open(PACKAGE) as archive:
        file = archive.extractfile("package/schema.graphql")
        assert file is not None
        return build_schema(file.read().decode(), assume_valid=True)


LISTINGS = (PULLS, ISSUES, DEPLOYMENTS, RELEASES, TAGS)


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda each: each.name)
def test_every_question_is_one_that_the_schema_knows(
    schema: GraphQLSchema, listing: Listing
) -> None:
    asked = [
        listing.query(),
        listing.nodes_query(),
        *(listing.rest_query(inner) for inner in listing.inner),
    ]
    wrong = {error.message for text in asked for error in validate(schema, parse(text))}
    assert wrong <= {NEWER}


@pytest.mark.parametrize("listing", LISTINGS[:3], ids=lambda each: each.name)
def test_the_local_host_answers_in_the_types_of_the_schema(
    schema: GraphQLSchema, listing: Listing
) -> None:
    """Every field that is asked for is there, and none is empty that may not be."""
    known = listing.query().replace("issueType { name }", "")
    variables: dict[str, Any] = {"owner": "example", "name": "checkout", "first": 5, "after": None,
                                 "direction": "ASC"}  # fmt: skip
    body = {"query": known, "variables": variables}
    reply = github_site().answer(Asked("POST", "/graphql", {}, body, {}, ""))
    told = execute_sync(
        schema, parse(known), root_value=reply.value["data"], variable_values=variables
    )
    assert told.errors is None
    assert told.data is not None
    assert len(told.data["repository"][listing.field]["nodes"]) > 3
