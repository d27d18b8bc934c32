"""Loaded by the interpreter when it starts: whoever asks for a network ends the program."""

import os
import sys

REFUSED = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"})
EXIT_CODE = 86


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in REFUSED:
        print(f"a program without a network called {event} {arguments[1:]}", file=sys.stderr)
        os._exit(EXIT_CODE)


sys.addaudithook(_refuse)
