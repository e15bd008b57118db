"""An SMTP server that delivers to nobody: it keeps each message for the mailbox page."""

import asyncio
import email
import email.policy
import threading
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP

from integrations.simulator.cases import Memory


class Mailbox:
    """The SMTP server, in a thread of its own. `port` is where it listens, once started."""

    def __init__(self, memory: Memory, host: str, port: int) -> None:
        self._memory = memory
        self._host = host
        self.port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="mailbox")
        self._server: asyncio.Server | None = None

    def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        self._server = self._loop.run_until_complete(
            self._loop.create_server(self._protocol, self._host, self.port)
        )
        self.port = self._server.sockets[0].getsockname()[1]
        self._thread.start()

    def stop(self) -> None:
        """Stop listening, and end what is going on."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(5)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5)
        self._loop.close()

    async def _end(self) -> None:
        if self._server:
            self._server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _protocol(self) -> SMTP:
        return SMTP(self, hostname="mailbox.invalid", enable_SMTPUTF8=True, loop=self._loop)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the message; called by aiosmtpd."""
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        part = message.get_body(("plain", "html"))
        self._memory.keep_mail(
            str(message.get("Message-ID", "")),
            envelope.mail_from,
            ", ".join(envelope.rcpt_tos),
            str(message.get("Subject", "")),
            (str(part.get_content()) if part else "") + _attached(message),
            "X-Possible-Duplicate" in message,
        )
        return "250 Kept"


def _attached(message: EmailMessage) -> str:
    """A line for each file that came along: what it is called and how large it is."""
    lines = []
    for part in message.iter_attachments():
        size = len(part.get_payload(decode=True) or b"") // 1024
        lines.append(f"Attached: {part.get_filename()} ({part.get_content_type()}, {size} KB)")
    return "".join(f"\n{line}" for line in lines)
