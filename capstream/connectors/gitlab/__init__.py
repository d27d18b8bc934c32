"""GitLab: issues, merge requests and deployments, by REST or from files of native objects."""

from capstream.connectors.gitlab.api import gitlab_findings, gitlab_streams
from capstream.connectors.gitlab.normaliser import gitlab_normaliser
from capstream.connectors.kinds import Kind

GITLAB = Kind(gitlab_normaliser, gitlab_streams, gitlab_findings)
