"""Pushes news to selfservice by signed webhook, a few times over; whoever misses it can still poll."""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

import requests

from integrations import signing
from integrations.simulator.open311 import news
from integrations.simulator.things import Update

WAITS = (0.0, 0.5, 1.0, 2.0, 4.0)  # seconds before each try


@dataclass(frozen=True, slots=True)
class Office:
    """One back office: its address here, whose connector it answers, and its name on the pages."""

    slug: str
    council: str
    connector: str
    name: str


class Pusher:
    """Sends each update in a thread of its own: no page waits. Without a secret, nothing is pushed."""

    def __init__(self, callbacks: str, secret: str, offices: Mapping[str, Office]) -> None:
        self._offices = offices
        self._callbacks = callbacks.rstrip("/")
        self._secret = secret

    def push(self, update: Update) -> None:
        """Send the news, if there is anywhere to send it."""
        if self._callbacks and self._secret:
            threading.Thread(target=self._tries, args=(update,), daemon=True).start()

    def _tries(self, update: Update) -> None:
        body = json.dumps({"updates": [news(update)]}).encode()
        office = self._offices[update.case.council]
        address = f"{self._callbacks}/callbacks/{office.council}/{office.connector}"
        with requests.Session() as session:
            session.trust_env = False
            for wait in WAITS:
                time.sleep(wait)
                signed = {signing.HEADER: signing.sign(self._secret, int(time.time()), body)}
                headers = {"Content-Type": "application/json", **signed}
                try:
                    answer = session.post(
                        address, data=body, headers=headers, timeout=(3, 10), allow_redirects=False
                    )
                except requests.RequestException:
                    continue
                if answer.ok:
                    return
