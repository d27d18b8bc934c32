"""Azure DevOps: work item revisions, pull requests and releases, by REST or from files."""

from capstream.connectors.azure_devops.api import azure_findings, azure_streams
from capstream.connectors.azure_devops.joining import joined
from capstream.connectors.azure_devops.normaliser import azure_normaliser
from capstream.connectors.envelopes import Envelope
from capstream.connectors.kinds import Kind

AZURE_DEVOPS = Kind(
    azure_normaliser,
    azure_streams,
    azure_findings,
    (Envelope("value"), Envelope("values")),
    joined,
)
