"""What a page costs the server in processor time: `python -m tests.speed.page_cost --requests 200 --rounds 9`.

Runs the product's own web under gunicorn with two processes on PostgreSQL, fills in a report to its end, and
then asks for each of its pages many times over kept connections. User and system time of the web's whole process
tree are read from /proc before and after each round, which survives noise better than time does; the database's
own processes are told apart. Prints, for each page, the median over the rounds in milliseconds a request.
"""

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.settings import ROOT
from selfservice.store.migrate import upgrade
from tests.factories.homes import home_with_postcodes
from tests.factories.reports import fly_tipping
from tests.faults.stage import free_port

POSTGRES = os.environ.get("DATABASE_URL") or "postgresql+psycopg://127.0.0.1:5432/postgres"
TICK = os.sysconf("SC_CLK_TCK")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FORM_PAGES = ("land", "what", "size", "road", "when", "who", "registration", "about-you")
Measure = Callable[[], None]


def main() -> int:
    """Measure and print; 1 when the median form page costs more than `--most` milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--most", type=float, default=2.0)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, database() as kept, web(Path(folder), kept) as (at, master):
        costs = measured(at, master, told.requests, told.rounds)
    for name, milliseconds in costs.items():
        print(f"{name:34} {milliseconds:6.2f} ms")
    median = statistics.median(cost for name, cost in costs.items() if name.startswith("form page"))
    print(f"median form page: {median:.2f} ms of processor time a request")
    return 0 if median <= told.most else 1


def measured(address: str, master: int, number: int, rounds: int) -> dict[str, float]:
    """The median cost of each page in milliseconds, rounds of one page alternating with those of the others."""
    with requests.Session() as browser:
        browser.trust_env = False
        begun = walked(browser, address)
        pages = {f"form page {slug}": f"{begun}/{slug}" for slug in FORM_PAGES}
        pages |= {
            "form page where (with a map)": f"{begun}/where",
            "check answers": f"{begun}/check-answers",
            "council page": f"{address}/boston/",
            "start page": f"{address}/boston/fly-tipping/",
        }
        for url in pages.values():
            fetch(browser, url)
        spent: dict[str, list[float]] = {name: [] for name in (*pages, "an answer posted")}
        for _ in range(rounds):
            for name, url in pages.items():
                spent[name].append(cost(master, number, lambda url=url: fetch(browser, url)))
            token = TOKEN.findall(fetch(browser, f"{begun}/land"))[0]
            spent["an answer posted"].append(
                cost(master, number, lambda token=token: answer(browser, begun, token))
            )
    return {name: statistics.median(each) for name, each in spent.items()}


def cost(master: int, number: int, ask: Measure) -> float:
    """Milliseconds of processor time that the process tree spent on each of so many requests."""
    before = spent_by(master)
    for _ in range(number):
        ask()
    return (spent_by(master) - before) / number * 1000


def spent_by(master: int) -> float:
    """Seconds of user and system time of a process and its children, from /proc."""
    return sum(ticks(pid) for pid in (master, *children(master))) / TICK


def ticks(pid: int) -> int:
    """User and system time of one process: fields 14 and 15 of proc(5)'s stat, behind the name in brackets."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    return [
        int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    ]


def walked(browser: requests.Session, address: str) -> str:
    """Fill in a report up to check answers; the address that its pages begin with."""
    start = f"{address}/boston/fly-tipping/"
    token = TOKEN.findall(fetch(browser, start))[0]
    answer = browser.post(start, data={"csrf_token": token}, timeout=10)
    begun = answer.url.rpartition("/")[0]
    pages = fly_tipping(where="PE21 6RY", name="Fern Sample", email="fern@example.org", witnessed=True)
    for slug, fields in pages:
        page = fetch(browser, f"{begun}/{slug}")
        data = {"csrf_token": TOKEN.findall(page)[0]} | fields
        answer = browser.post(f"{begun}/{slug}", data=data, timeout=10)
        assert not answer.url.endswith(f"{slug}?wrong=1"), f"{slug} was refused"
    assert answer.url.endswith("/check-answers"), answer.url
    return begun


def fetch(browser: requests.Session, url: str) -> str:
    """The page, which must be there and be itself."""
    answer = browser.get(url, timeout=10, allow_redirects=False)
    assert answer.status_code == 200, f"{url}: {answer.status_code}"
    return answer.text


def answer(browser: requests.Session, begun: str, token: str) -> None:
    """Answer one page; its redirect is not followed."""
    data = {"csrf_token": token, "land": "highway"}
    told = browser.post(f"{begun}/land", data=data, timeout=10, allow_redirects=False)
    assert told.status_code == 303


@contextmanager
def database() -> Iterator[str]:
    """The address of an empty database of its own, with every table."""
    url, name = sa.engine.make_url(POSTGRES), f"selfservice_pages_{uuid.uuid4().hex[:8]}"
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    own = url.set(database=name).render_as_string(hide_password=False)
    made = Database(own)
    upgrade(made)
    made.close()
    try:
        yield own
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        admin.dispose()


@contextmanager
def web(folder: Path, database_url: str, **more: str) -> Iterator[tuple[str, int]]:
    """The product's own web under gunicorn: its address, and the process id of its master. `more` are settings."""
    address = f"127.0.0.1:{free_port()}"
    told = {
        "PATH": os.environ["PATH"],
        "SELFSERVICE_HOME": str(home_with_postcodes(folder / "home")),
        "DATABASE_URL": database_url,
        "BASE_URL": f"http://{address}",
        **more,
    }
    command = [sys.executable, "-m", "selfservice.cli", "web", "--bind", address]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=told, stdout=log, stderr=log)
    try:
        for _ in range(300):
            try:
                if requests.get(f"http://{address}/health/live", timeout=2).ok:
                    break
            except requests.ConnectionError:
                time.sleep(0.1)
        else:
            raise RuntimeError(f"no web: {(folder / 'log').read_text()}")
        yield f"http://{address}", process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


if __name__ == "__main__":
    raise SystemExit(main())
