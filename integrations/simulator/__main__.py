"""Starts the simulated back offices and the mailbox: `python -m integrations.simulator --help` tells how."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from integrations.simulator.building import CONNECTORS, COUNCILS, build
from integrations.simulator.mailbox import Mailbox
from integrations.simulator.server import Server, Simulator

ABOUT = """Simulated back offices, one for each connector of a council, for development and demonstration.

  /                                  the back offices and the mailbox
  /<office>/                         its cases; each can be moved on, which pushes signed news
  /<office>/faults                   what goes wrong on request; takes a form, or JSON with kind, seconds,
                                     probability, next and on
  /<office>/effects.json             the sender's reference -> how many cases were made of it
  /<office>/added.json               the sender's id of a customer's update -> how often it was added
  /<office>/open311/v2/              services, requests, tokens and servicerequestupdates, as .json
  /mailbox/                          the e-mails that arrived by SMTP, and the text messages (also
                                     /mailbox/messages.json)
  /v2/notifications                  GOV.UK Notify: /sms takes text messages; /notify/faults as of an office

An office of the first connector is called as its council (boston), any other <council>-<connector>
(boston-revenues). None knows of another's cases.

A POST that is sent twice makes two cases, or two updates, on purpose. Not for real use: it shows
everything to anybody."""


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m integrations.simulator",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    add("--port", type=int, default=8001, help="port of the pages and of Open311 (8001)")
    add("--smtp-port", type=int, default=8025, help="port of the mailbox's SMTP server (8025)")
    add(
        "--home", type=Path, default=Path("var/simulator"), help="folder that keeps the cases (var/simulator)"
    )
    add("--councils", default=",".join(COUNCILS), help="their slugs, with commas between")
    add("--connectors", default=",".join(CONNECTORS), help="what each council calls its connectors")
    add(
        "--callbacks",
        default="",
        help="where selfservice is; news goes to <it>/callbacks/<council>/<connector>",
    )
    add(
        "--seed",
        type=int,
        default=None,
        help="makes faults with a probability befall the same calls each time",
    )
    add(
        "--push-secret", default=os.environ.get("SIMULATOR_PUSH_SECRET", ""),
        help="signs what is pushed; without it nothing is (SIMULATOR_PUSH_SECRET)",
    )  # fmt: skip
    add(
        "--api-key", default=os.environ.get("SIMULATOR_API_KEY", ""),
        help="the api_key that a POST must carry; without it any will do (SIMULATOR_API_KEY)",
    )  # fmt: skip
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Serve until interrupted or terminated; 1 when a port is taken or the folder cannot be written to."""
    told = _arguments(given)
    try:
        simulator, server, mailbox = _open(told)
    except OSError as failed:
        where = f"{told.host}, ports {told.port} and {told.smtp_port}, folder {told.home}"
        sys.stderr.write(f"simulator: cannot start: {failed.strerror or failed} ({where})\n")
        return 1
    signal.signal(signal.SIGTERM, _stop)
    address = f"http://{told.host}:{server.server_port}/"
    sys.stdout.write(f"simulator: back offices at {address}\n")
    sys.stdout.write(
        f"simulator: mailbox at {address}mailbox/, SMTP on {mailbox.port}, Notify at {address}\n"
    )
    sys.stdout.flush()
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
        mailbox.stop()
        simulator.memory.close()
    return 0


def _open(told: argparse.Namespace) -> tuple[Simulator, Server, Mailbox]:
    simulator = build(
        told.home,
        councils=tuple(told.councils.split(",")),
        connectors=tuple(told.connectors.split(",")),
        callbacks=told.callbacks,
        push_secret=told.push_secret,
        api_key=told.api_key,
        seed=told.seed,
    )
    server = Server((told.host, told.port), simulator)
    mailbox = Mailbox(simulator.memory, told.host, told.smtp_port)
    mailbox.start()
    return simulator, server, mailbox


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
