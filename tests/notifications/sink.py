"""A mail server for tests: takes everything, remembers it, refuses whom it is told to refuse."""

import asyncio
import socket
import time
from collections import Counter
from email import message_from_bytes

from aiosmtpd.controller import Controller


class Sink:
    """`taken` counts accepted mails by Message-ID; `delay` is how long accepting one takes."""

    def __init__(self, delay=0.0):
        self.taken: Counter = Counter()
        self.mails: list = []
        self.refused: set = set()
        self.delay = delay
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._server = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self):
        self._server.start()
        return self

    def __exit__(self, *mistake):
        self._server.stop()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 5.1.1 no such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.delay:
            await asyncio.sleep(self.delay)
        mail = message_from_bytes(envelope.content)
        self.taken[mail["Message-ID"]] += 1
        self.mails.append((time.monotonic(), mail))
        return "250 accepted"
