"""Jira Cloud and Data Center, by API or from files of native issues."""

from capstream.connectors.envelopes import Envelope
from capstream.connectors.jira.api import jira_findings, jira_streams
from capstream.connectors.jira.issues import jira_normaliser
from capstream.connectors.kinds import Kind

JIRA = Kind(
    jira_normaliser,
    jira_streams,
    jira_findings,
    (Envelope("issues"),),
)
