"""Whether an answer tells who has an account: `python -m tests.speed.same_answer --pairs 500`.

Runs the product's own web under gunicorn on PostgreSQL, with passwords hashed as they are for residents. Signing in
by password and by link, asking for a new password and opening an account are each posted for addresses that have an
account and for as many that have none, in turn and in random order; and customers who are signed in claim references
that there are and references that there are not. Status, headers and body must be the same for
every pair, and so must the page that follows; the times of each are compared by their medians and by the rank test
of Mann and Whitney. 1 when anything differs, a median does by `--most` milliseconds, or p is under 0.01.
"""

import argparse
import math
import random
import re
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import requests

from integrations.identity.passwords import Passwords
from selfservice import clock
from selfservice.database import Database
from selfservice.domain.case import Contact
from selfservice.domain.reference import make_reference
from selfservice.links import Links
from selfservice.operations import sign_ins
from selfservice.store.accounts import AccountRow
from selfservice.store.base import new_id
from selfservice.store.customers import CustomerRow
from tests.factories.people import SECRET_OF, a_customer, an_account
from tests.factories.submitted import a_submission, completed, settings
from tests.speed.page_cost import database, web

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
LEAST_P = 0.01
WARM = 20  # pairs that are asked first, and not measured
# Headers that differ from one answer to the next, whoever asks.
EACH_TIME = frozenset({"date", "x-request-id", "set-cookie", "content-length"})
CHECK, CLAIM = "/account/check-your-messages", "/account/claim"


@dataclass(frozen=True, slots=True)
class Flow:
    """One thing to ask for: where it is posted, and with what beside the address."""

    name: str
    path: str
    fields: Mapping[str, str]
    leads_on: bool = True


FLOWS = (
    Flow("sign in by password", "/account/sign-in", {"password": "not this one at all"}, leads_on=False),
    Flow("sign in by link", "/account/sign-in", {"do": "send"}),
    Flow("new password", "/account/reset", {}),
    Flow("sign up", "/account/sign-up", {"name": "Sam Carter", "password": "lantern tulip harbour"}),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody sees who asks: status, headers and body, with what is their own left out; and how long it took."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    milliseconds: float

    @property
    def told(self) -> tuple[object, ...]:
        """What could tell one from another, but for the time."""
        return self.status, self.headers, self.body


Ask = Callable[
    [str, str, Mapping[str, str] | None, str], Seen
]  # method, path, fields, network -> what is seen


def addresses(number: int) -> tuple[list[str], list[str]]:
    """As many addresses that have an account as have none, all as long as one another."""
    return (
        [f"resident{each:05d}@example.org" for each in range(number)],
        [f"stranger{each:05d}@example.org" for each in range(number)],
    )


def open_accounts(kept: Database, emails: Sequence[str], password_hash: str) -> None:
    """Give each of these addresses an account, all with one password."""
    now = clock.now()
    with kept.write() as session:
        for email in emails:
            customer_id = new_id()
            session.add(
                CustomerRow(
                    id=customer_id, name="Sam Carter", name_key="sam carter", email=email,
                    created_by="tests", created_at=now, changed_at=now,
                )
            )  # fmt: skip
            session.flush()
            session.add(
                AccountRow(customer_id=customer_id, email=email, password_hash=password_hash, created_at=now)
            )


def measured(
    ask: Ask, flow: Flow, known: Sequence[str], unknown: Sequence[str], seed: int
) -> list[tuple[Seen, Seen]]:
    """For each pair of addresses what both saw, asked in random order; the page that follows is part of it."""
    pairs: list[tuple[Seen, Seen]] = []
    order = random.Random(seed)
    token = TOKEN.findall(ask("GET", flow.path, None, "192.0.2.1").body)
    assert token, f"{flow.path} has no form"
    for number, (has, has_not) in enumerate(zip(known, unknown, strict=True)):
        seen: dict[str, Seen] = {}
        for address in order.sample([has, has_not], 2):
            network = f"198.{18 + number // 65_536}.{number // 256 % 256}.{number % 256}"
            asked = ask(
                "POST", flow.path, {"csrf_token": token[0], "recipient": address, **flow.fields}, network
            )
            after = ask("GET", CHECK, None, network).body if flow.leads_on else ""
            body = _plain(asked.body, address) + _plain(after, address)
            seen[address] = Seen(asked.status, asked.headers, body, asked.milliseconds)
        pairs.append((seen[has], seen[has_not]))
    return pairs


def open_claims(kept: Database, number: int, folder: Path) -> list[tuple[str, str, str]]:
    """For each of so many customers the secret of their sign-in, a reference that is there and one that is not."""
    links, now = Links(settings(folder)), clock.now()
    found = []
    with kept.write() as session:
        for each in range(number):
            person = a_customer(session, "Sam Carter", now)
            account = an_account(session, person, now, email=f"claimant{each:05d}@example.org")
            secret = sign_ins.begin(session, "password", "a browser", now, account_id=account.id, whole=True)
            told = completed(contact=Contact("Sam Carter", f"sender{each:05d}@example.org", ""))
            there = a_submission(session, links, told, now).reference
            found.append((secret, there, make_reference("BOS", secrets.randbelow)))
    return found


def measured_claims(ask: Ask, claims: Sequence[tuple[str, str, str]], seed: int) -> list[tuple[Seen, Seen]]:
    """For each customer what they saw who claimed the one reference and the other, in random order."""
    pairs: list[tuple[Seen, Seen]] = []
    order = random.Random(seed)
    token: list[str] = []
    for secret, there, not_there in claims:
        cookie = f"{SECRET_OF['account']}={secret}"
        token = token or TOKEN.findall(ask("GET", CLAIM, None, cookie).body)
        seen: dict[str, Seen] = {}
        for reference in order.sample([there, not_there], 2):
            asked = ask("POST", CLAIM, {"csrf_token": token[0], "reference": reference}, cookie)
            after = ask("GET", f"{CLAIM}/code", None, cookie).body
            body = _plain(asked.body, reference) + _plain(after, reference)
            seen[reference] = Seen(asked.status, asked.headers, body, asked.milliseconds)
        pairs.append((seen[there], seen[not_there]))
    return pairs


def _plain(body: str, address: str) -> str:
    """The page without what is of whoever asked: the address that they typed, and their form's token."""
    return TOKEN.sub('name="csrf_token"', body).replace(address, "ADDRESS")


def rank_test(first: Sequence[float], second: Sequence[float]) -> float:
    """The probability that two samples of one kind differ as much as these (Mann and Whitney, two-sided, normal)."""
    joined = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    ranks, ties, at = [0.0, 0.0], 0.0, 0
    while at < len(joined):
        same = at
        while same < len(joined) and joined[same][0] == joined[at][0]:
            same += 1
        for _, side in joined[at:same]:
            ranks[side] += (at + 1 + same) / 2
        ties += (same - at) ** 3 - (same - at)
        at = same
    n, m = len(first), len(second)
    above = ranks[0] - n * (n + 1) / 2
    spread = math.sqrt(n * m / 12 * ((n + m + 1) - ties / ((n + m) * (n + m - 1))))
    z = max(0.0, abs(above - n * m / 2) - 0.5) / spread if spread else 0.0
    return math.erfc(z / math.sqrt(2))


def by_http(address: str) -> Ask:
    """Asks a running web, over a kept connection and in one browser; whoever asks is told by the network that its proxy
    would say, or by the cookie of their sign-in."""
    browser = requests.Session()
    browser.trust_env = False

    def ask(method: str, path: str, fields: Mapping[str, str] | None, who: str) -> Seen:
        if "=" in who:
            browser.cookies.set(*who.split("=", 1), domain="127.0.0.1", path="/")
        headers = {} if "=" in who else {"X-Forwarded-For": who}
        began = time.perf_counter()
        answer = browser.request(
            method, f"{address}{path}", data=fields, headers=headers, allow_redirects=False, timeout=10
        )
        spent = (time.perf_counter() - began) * 1000
        told = sorted((name.lower(), value) for name, value in answer.headers.items())
        return Seen(
            answer.status_code,
            tuple(each for each in told if each[0] not in EACH_TIME),
            answer.text,
            spent,
        )

    return ask


def main() -> int:
    """Measure and print; 1 when an answer tells who has an account."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=float, default=5.0)
    told = parser.parse_args()
    known, unknown = addresses(told.pairs + WARM)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder, database() as url:
        kept = Database(url)
        open_accounts(kept, known, Passwords().hash("lantern tulip harbour"))
        claims = open_claims(kept, told.pairs + WARM, Path(folder))
        kept.close()
        with web(Path(folder), url, PROXIES="1") as (address, _):
            for flow in FLOWS:
                measured(by_http(address), flow, known[:WARM], unknown[:WARM], told.seed)
                pairs = measured(by_http(address), flow, known[WARM:], unknown[WARM:], told.seed)
                wrong += _judged(flow.name, pairs, told.most)
            measured_claims(by_http(address), claims[:WARM], told.seed)
            wrong += _judged("claim", measured_claims(by_http(address), claims[WARM:], told.seed), told.most)
    return 1 if wrong else 0


def _judged(name: str, pairs: Sequence[tuple[Seen, Seen]], most: float) -> int:
    first, second = ([pair[side].milliseconds for pair in pairs] for side in (0, 1))
    unlike = sum(has.told != has_not.told for has, has_not in pairs)
    medians, p = (statistics.median(first), statistics.median(second)), rank_test(first, second)
    apart = abs(medians[0] - medians[1])
    print(
        f"{name:22} there is one {medians[0]:7.2f} ms   there is none {medians[1]:7.2f} ms   "
        f"apart {apart:5.2f} ms   p {p:.3f}   answers that differ: {unlike} of {len(pairs)}"
    )
    return int(bool(unlike) or apart >= most or p < LEAST_P)


if __name__ == "__main__":
    raise SystemExit(main())
