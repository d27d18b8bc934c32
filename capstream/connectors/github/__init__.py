"""GitHub by REST and GraphQL, or from files of native objects."""

from capstream.connectors.github.api import github_findings, github_streams
from capstream.connectors.github.normaliser import github_normaliser
from capstream.connectors.kinds import Kind

GITHUB = Kind(github_normaliser, github_streams, github_findings)
