"""The command `selfservice`: one sub-command for each thing that an operator or a developer runs.

Each imports what it needs when it is called, so that none waits for another's libraries.
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from selfservice.people_options import CUSTOMER, STAFF, add_arguments, add_customer_arguments
from selfservice.settings import DOCUMENTED, ROOT, Misconfigured, Settings, load_settings, make_home

Command = Callable[[argparse.Namespace], int | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one sub-command; exits with 2 when the configuration has mistakes, all of which are printed."""
    told = _parser().parse_args(arguments)
    command: Command = told.command
    try:
        return command(told) or 0
    except Misconfigured as wrong:
        for mistake in wrong.mistakes:
            print(mistake, file=sys.stderr)
        return 2
    except BrokenPipeError:  # what read our output has seen enough
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="selfservice", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="command")
    web = _add(commands, "web", _web, "serve the web with gunicorn")
    web.add_argument("--bind", default="127.0.0.1:8000", help="address and port (default %(default)s)")
    _add(commands, "worker", _worker, "deliver what is due, rung by Redis or by looking into the database")
    _add(commands, "sweeper", _sweeper, "ring for what is due, settle what is uncertain, poll for news")
    _add(commands, "settings", _settings, "list every setting, its default and what it is for")
    _add_outline(commands)
    _add(commands, "assets", _assets, "build style sheets and scripts")
    _add(commands, "demo", _demo, "run the whole product on this machine")
    _group(commands, "db", "the database", {"upgrade": (_upgrade, "bring the tables to this version")})
    services = _group(commands, "services", "the services", {})
    listed = _add(services, "list", _services, "list the services of each council, and what differs there")
    listed.add_argument("--council", help="slug of a council: what is on and off there, and all that differs")
    listed.add_argument("--format", choices=("text", "json"), default="text", help="(default %(default)s)")
    _group(
        commands, "councils", "the councils", {"check": (_check, "read the whole configuration and forms")}
    )
    _group(commands, "keys", "the keys that seal sensitive answers", KEYS)
    _group(commands, "languages", "the languages of pages", LANGUAGES)
    _add_record(commands)
    _add_places(commands)
    _add_people(commands)
    return parser


Subparsers = Any  # argparse gives its kind no public name


def _add(commands: Subparsers, name: str, command: Command, words: str) -> argparse.ArgumentParser:
    added: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    added.set_defaults(command=command)
    return added


def _group(
    commands: Subparsers, name: str, words: str, members: Mapping[str, tuple[Command, str]]
) -> Subparsers:
    group = commands.add_parser(name, help=words).add_subparsers(required=True, metavar="what")
    for member, (command, told) in members.items():
        _add(group, member, command, told)
    return group


def _add_outline(commands: Subparsers) -> None:
    outline = _add(commands, "outline", _outline, "print a service as plain text")
    outline.add_argument("service", help="slug of the service, such as fly-tipping")
    outline.add_argument("--council", help="slug of a council, to see the service in its words")
    outline.add_argument("--chart", action="store_true", help="as a flow chart, in Mermaid’s language")


def _add_places(commands: Subparsers) -> None:
    places = _group(commands, "places", "places", {"check": (_places_check, "check the layers of areas")})
    at = _add(places, "at", _places_at, "say whose a point of the British National Grid is")
    at.add_argument("easting", type=float)
    at.add_argument("northing", type=float)


def _add_record(commands: Subparsers) -> None:
    record = _group(commands, "record", "the record of all that happened", {})
    verify = _add(record, "verify", _record_verify, "say which lines are not as they were written")
    verify.add_argument("--council", help="slug of a council: its record alone")
    verify.add_argument("--head", type=Path, metavar="FILE", help="heads that were kept elsewhere")
    verify.add_argument("--note", action="store_true", help="write down what came of it, for auditors to see")
    head = _add(
        record, "head", _record_head, "print how far each council’s record goes, to be kept elsewhere"
    )
    head.add_argument("--sign", action="store_true", help="with a signature by the secret key")


def _add_people(commands: Subparsers) -> None:
    group = _group(commands, "staff", "members of staff", {})
    for name, words in STAFF.items():
        add_arguments(name, _add(group, name, _staff, words))
    group = _group(commands, "customer", "customers whom not everybody may help", {})
    for name, words in CUSTOMER.items():
        add_customer_arguments(name, _add(group, name, _customer, words))


def _load() -> Settings:
    return load_settings(os.environ)


def _web(told: argparse.Namespace) -> None:
    from selfservice.installation import open_installation

    open_installation(_load())  # a mistake is told here, before there is a server to fall over it
    os.chdir(ROOT)
    server = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.conf.py", "--bind", told.bind]
    os.execv(sys.executable, [*server, "wsgi:app"])  # noqa: S606 - our own server in our place


def _worker(_told: argparse.Namespace) -> None:
    from workers import main as workers

    settings = _load()
    _log(settings)
    workers.worker(settings)


def _sweeper(_told: argparse.Namespace) -> None:
    from workers import main as workers

    settings = _load()
    _log(settings)
    workers.sweeper(settings)


def _log(settings: Settings) -> None:
    from selfservice.web.logging import configure

    configure(settings.log_level)


def _settings(_told: argparse.Namespace) -> None:
    for name, (default, words) in DOCUMENTED.items():
        shown = "worked out" if default is None else default or "empty"
        print(f"{name} (default: {shown})\n    {words}")


def _outline(told: argparse.Namespace) -> int:
    from forms import catalogue
    from forms.kit.chart import chart
    from forms.kit.outline import outline
    from selfservice.configuration import load_councils

    offered = catalogue.SERVICES
    if told.council:
        settings = _load()
        councils = load_councils(settings.config_folder, settings.environment)
        if told.council not in councils:
            raise Misconfigured([f"there is no council {told.council!r}, only {', '.join(councils)}"])
        offered = catalogue.for_council(councils[told.council])
    if told.service not in offered:
        raise Misconfigured([f"there is no service {told.service!r}, only {', '.join(offered)}"])
    print((chart if told.chart else outline)(offered[told.service]))
    return 0


def _assets(_told: argparse.Namespace) -> None:
    from selfservice.web.assets import NotBuilt, build

    try:
        made = build()
    except NotBuilt as missing:
        raise Misconfigured([str(missing)]) from None
    print(f"{len(made)} assets are built")


def _demo(_told: argparse.Namespace) -> int:
    from selfservice import demo

    return demo.run(os.environ)


def _upgrade(_told: argparse.Namespace) -> None:
    from selfservice.database import Database, DatabaseError, is_away
    from selfservice.store.migrate import upgrade

    settings = _load()
    make_home(settings.home)
    database = Database(settings.database_url)
    try:
        upgrade(database)
    except DatabaseError as error:
        if not is_away(error):
            raise
        raise Misconfigured(["DATABASE_URL: the database cannot be reached or opened"]) from error
    finally:
        database.close()
    print("The tables are those of this version")


def _services(told: argparse.Namespace) -> int:
    from selfservice import officer_commands

    return officer_commands.list_services(_load(), told.council, told.format)


def _check(_told: argparse.Namespace) -> int:
    from selfservice import officer_commands

    return officer_commands.check_councils(_load())


def _keys_list(_told: argparse.Namespace) -> int:
    from selfservice import keys_command

    return keys_command.show(_load())


def _keys_add(_told: argparse.Namespace) -> int:
    from selfservice import keys_command

    return keys_command.add(_load())


def _keys_rotate(_told: argparse.Namespace) -> int:
    from selfservice import keys_command

    return keys_command.rotate(_load())


KEYS: dict[str, tuple[Command, str]] = {
    "list": (_keys_list, "list the keys and how many data keys each wraps"),
    "add": (_keys_add, "make a new key, which seals from then on"),
    "rotate": (_keys_rotate, "wrap every data key under the newest key; safe while the service runs"),
}


def _languages_extract(_told: argparse.Namespace) -> int:
    from selfservice import clock, languages_command

    return languages_command.extract(_load(), clock.now())


def _languages_list(_told: argparse.Namespace) -> int:
    from selfservice import languages_command

    return languages_command.told(_load())


def _staff(told: argparse.Namespace) -> int:
    from selfservice import staff_command

    return staff_command.run(_load(), told)


def _customer(told: argparse.Namespace) -> int:
    from selfservice import customer_command

    return customer_command.run(_load(), told)


LANGUAGES: dict[str, tuple[Command, str]] = {
    "extract": (_languages_extract, "write every text to config/languages/messages.pot, for translators"),
    "list": (_languages_list, "list the languages offered, and how much of each is translated"),
}


def _record_verify(told: argparse.Namespace) -> int:
    from selfservice import record_command

    return record_command.verify(_load(), told.council, told.head, note=told.note)


def _record_head(told: argparse.Namespace) -> int:
    from selfservice import record_command

    return record_command.heads(_load(), sign=told.sign)


def _places_check(_told: argparse.Namespace) -> int:
    from selfservice import places_command

    return places_command.check(_load())


def _places_at(told: argparse.Namespace) -> int:
    from selfservice import places_command

    return places_command.at(_load(), told.easting, told.northing)


if __name__ == "__main__":
    raise SystemExit(main())
