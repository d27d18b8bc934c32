"""A message sent through a notification service: e-mail and the hundred others that Apprise knows.

The library is an extra (`capstream[notify]`) and is imported only when an address is configured.
"""

import logging
import warnings
from typing import Any

from orchestration.lib.web_hooks import LOOPBACK

TITLE = "Capstream"


def sent(address: str, variable: str, text: str) -> str:
    """Send a text; return what went wrong in words that do not repeat the address.

    Args:
        address: An address of the library, such as `mailtos://user:password@host?to=…`.
        variable: The environment variable that holds it, to be named.
        text: What happened.
    """
    try:
        import apprise
    except ModuleNotFoundError:
        return (
            f"nobody was told: {variable} needs a package: install with "
            "`pip install 'capstream[notify]'`"
        )
    # Its log repeats hosts and users of the address, which is a secret.
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    with warnings.catch_warnings():  # the library reads all its services, some with old modules
        warnings.simplefilter("ignore", DeprecationWarning)
        service = apprise.Apprise.instantiate(
            address, asset=apprise.AppriseAsset(app_id=TITLE, storage_mode="memory")
        )
    if service is None:
        return f"nobody was told: {variable} holds no address that is known: correct it"
    if not _is_encrypted(service):
        return (
            f"nobody was told: {variable} sends in the clear: write the service's encrypted form, "
            "such as mailtos://"
        )
    if not service.notify(body=text, title=TITLE):
        return f"nobody was told: the service of {variable} did not take it: examine it"
    return ""


def _is_encrypted(service: Any) -> bool:
    """Say whether a service encrypts and checks its host's certificate; loopback needs neither."""
    if (service.host or "") in LOOPBACK:
        return True
    encrypted = service.secure_protocol or ()
    names = (encrypted,) if isinstance(encrypted, str) else encrypted
    return (
        service.schema in names
        and service.verify_certificate
        and getattr(service, "secure_mode", "") != "insecure"
    )
