"""Whose accounts people may sign in by: config/sign_in.toml, which may be absent, checked with every mistake at once.

The file itself explains each key. Residents choose among the providers of `[[residents]]`; members of staff have
the one of `[staff]`, whose groups say what they may do here.
"""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any, NamedTuple

from marshmallow import ValidationError, fields, validate, validates_schema

from integrations.identity.provider import SCOPES, Provider, secure
from integrations.options import truth
from selfservice.configuration import in_lines, resolved
from selfservice.council_file import SLUG, Strict, matching, text
from selfservice.domain.people import Role

FILE = "sign_in.toml"
EVERY_COUNCIL = "*"
BY_PROVIDER, OURS = "provider", "ours"

Grants = Mapping[str, frozenset[tuple[str, Role]]]


@dataclass(frozen=True, slots=True)
class StaffSignIn:
    """How members of staff sign in by their organisation's own provider.

    `grants` are by group: (council's slug, role). `second_factor` is "provider" where the provider asks for one,
    and shows it by one of the `amr` values; "ours" where we always do.
    """

    provider: Provider
    grants: Grants
    second_factor: str
    amr: frozenset[str] = frozenset()

    def roles_of(self, groups: Iterable[str]) -> frozenset[tuple[str, Role]]:
        """What somebody in these groups may be here, as `Actor.roles`; groups that are not named grant nothing."""
        return frozenset(role for group in groups for role in self.grants.get(group, ()))

    def second_factor_done(self, amr: Collection[str]) -> bool:
        """Whether the provider has asked for a second factor, as the `amr` of its answer shows; else we must."""
        return self.second_factor == BY_PROVIDER and not self.amr.isdisjoint(amr)


class SignIn(NamedTuple):
    """What the file says, and what is wrong with it."""

    residents: tuple[Provider, ...] = ()
    staff: StaffSignIn | None = None
    mistakes: tuple[str, ...] = ()


def _secure(address: str) -> None:
    if not secure(address) or "?" in address:
        raise ValidationError("is not an address such as https://login.example.org")


def _with_openid(scopes: list[str]) -> None:
    if "openid" not in scopes:
        raise ValidationError("must have 'openid' among them")


class ProviderSchema(Strict):
    """[[residents]]: one provider."""

    name = matching(SLUG, "is not a slug such as our-login")
    label = text()
    issuer = fields.String(required=True, validate=_secure)
    client_id = text()
    client_secret = fields.String(load_default="")
    scopes = fields.List(fields.String(), load_default=lambda: list(SCOPES), validate=_with_openid)
    trusts_email = truth()
    more_hosts = fields.List(
        fields.String(validate=validate.Regexp(r"^[a-z0-9.-]+(:\d{1,5})?\Z", error="is not a host's name"))
    )
    allow_private = truth()


class StaffSchema(ProviderSchema):
    """[staff]: the one provider of members of staff, and what its groups mean."""

    groups_claim = fields.String(load_default="groups", validate=validate.Length(min=1, error="is empty"))
    groups = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        required=True,
        validate=validate.Length(min=1, error="names no group, so that nobody could do anything"),
    )
    second_factor = fields.String(
        required=True,
        validate=validate.OneOf((BY_PROVIDER, OURS), error='is neither "provider" nor "ours"'),
    )
    amr = fields.List(fields.String(), load_default=list)

    @validates_schema(skip_on_field_errors=False)
    def _shown_by_something(self, told: Mapping[str, Any], **_: object) -> None:
        """What the provider saw must be known by something; what we ask for ourselves need not be shown."""
        asked_by, amr = told.get("second_factor"), told.get("amr", ())
        if asked_by == BY_PROVIDER and not amr:
            raise ValidationError(
                "does not say by which value the second factor is shown, such as mfa", "amr"
            )
        if asked_by == OURS and amr:
            raise ValidationError('is of no use where second_factor is "ours"', "amr")


class SignInSchema(Strict):
    """The whole file."""

    residents = fields.List(fields.Nested(ProviderSchema), load_default=list)
    staff = fields.Nested(StaffSchema, load_default=None)


def read_sign_in(folder: Path, environment: Mapping[str, str], councils: Collection[str]) -> SignIn:
    """What `folder`/sign_in.toml says, each mistake with its key; nothing where there is no such file.

    `environment` answers `{ env = "NAME" }`; `councils` are the slugs of those that are here.
    """
    path = folder / FILE
    if not path.exists():
        return SignIn()
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return SignIn(mistakes=(f"{folder.name}/{FILE}: cannot be read as TOML: {error}",))
    mistakes: list[str] = []
    told = resolved(told, environment, "", mistakes)
    read = SignIn()
    try:
        read = _sign_in(SignInSchema().load(told), councils)
    except ValidationError as error:
        mistakes += in_lines(error.messages, "")
    mistakes += [*_of_grants(told, councils), *_of_names(told)]
    return read._replace(mistakes=tuple(f"{folder.name}/{FILE}: {words}" for words in mistakes))


def _sign_in(loaded: Mapping[str, Any], councils: Collection[str]) -> SignIn:
    staff = loaded["staff"]
    if staff is None:
        return SignIn(tuple(map(_provider, loaded["residents"])))
    mapped = {
        group: frozenset(found for words in given for found in granted(words, councils))
        for group, given in staff["groups"].items()
    }
    ours = StaffSignIn(_provider(staff), mapped, staff["second_factor"], frozenset(staff["amr"]))
    return SignIn(tuple(map(_provider, loaded["residents"])), ours)


def _provider(loaded: Mapping[str, Any]) -> Provider:
    told = {each.name: loaded[each.name] for each in dataclass_fields(Provider) if each.name in loaded}
    frozen: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in told.items()
    }
    return Provider(**frozen)


def granted(words: str, councils: Collection[str]) -> Iterator[tuple[str, Role]]:
    """What "agent@boston" or "auditor@*" grants; nothing where it is a mistake."""
    name, _, council = words.partition("@")
    if name in set(Role):
        for slug in councils if council == EVERY_COUNCIL else {council} & set(councils):
            yield slug, Role(name)


def mistake_in(words: str, councils: Collection[str]) -> str | None:
    """What is wrong with such words; None where nothing is."""
    name, at, council = words.partition("@")
    if name not in set(Role) or not at:
        return f"{words!r} is not a role ({', '.join(Role)}) at a council, such as agent@boston"
    if council not in (EVERY_COUNCIL, *councils):
        return f"{words!r}: there is no council {council!r} here"
    return None


def _of_grants(told: Mapping[str, Any], councils: Collection[str]) -> Iterator[str]:
    """What is wrong with the roles and councils of groups, as far as their shape is right."""
    staff = told.get("staff")
    groups = staff.get("groups") if isinstance(staff, dict) else None
    for group, given in groups.items() if isinstance(groups, dict) else ():
        for words in given if isinstance(given, list) else ():
            if wrong := mistake_in(str(words), councils):
                yield f"staff.groups.{group}: {wrong}"


def _of_names(told: Mapping[str, Any]) -> Iterator[str]:
    """Names that two providers have."""
    residents, seen = told.get("residents"), set[str]()
    for each in [*(residents if isinstance(residents, list) else ()), told.get("staff")]:
        name = each.get("name") if isinstance(each, dict) else None
        if isinstance(name, str) and name in seen:
            yield f"name: {name!r} is another provider's already"
        seen.add(str(name))
