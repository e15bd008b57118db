"""By whose accounts people sign in is data: what is right is offered, what is wrong is told by key, all at once."""

import re
import shutil
from pathlib import Path

import pytest

from integrations.identity.provider import Provider
from selfservice.domain.people import Role
from selfservice.installation import open_installation
from selfservice.settings import ROOT, Misconfigured, load_settings
from selfservice.sign_in_file import FILE, SignIn, read_sign_in

COUNCILS = ("boston", "east-lindsey", "south-holland")
RESIDENTS = """
[[residents]]
name = "example"
label = "Example account"
issuer = "https://login.example.org/"
client_id = "selfservice"
client_secret = { env = "EXAMPLE_SECRET" }
trusts_email = true
"""
STAFF = """
[staff]
name = "staff"
label = "Work account"
issuer = "https://id.example.org"
client_id = "selfservice-staff"
second_factor = "provider"
amr = ["mfa", "hwk"]
[staff.groups]
"Customer services" = ["agent@boston", "agent@east-lindsey"]
"Leaders" = ["supervisor@*"]
"""
SECRETS = {"EXAMPLE_SECRET": "s3cret of the example"}


def read(folder: Path, text: str, environment: dict[str, str] = SECRETS) -> SignIn:
    (folder / FILE).write_text(text, encoding="utf-8")
    return read_sign_in(folder, environment, COUNCILS)


def mistakes(folder: Path, text: str, environment: dict[str, str] = SECRETS) -> list[str]:
    told = read(folder, text, environment).mistakes
    assert all(line.startswith(f"{folder.name}/{FILE}: ") for line in told)
    return [line.partition(": ")[2] for line in told]


def test_without_the_file_people_have_our_own_accounts_alone(tmp_path: Path) -> None:
    assert read_sign_in(tmp_path, {}, COUNCILS) == SignIn()
    assert read(tmp_path, "# nothing") == SignIn()


def test_a_provider_is_what_its_keys_say(tmp_path: Path) -> None:
    assert read(tmp_path, RESIDENTS).residents == (
        Provider(
            name="example",
            label="Example account",
            issuer="https://login.example.org/",
            client_id="selfservice",
            client_secret="s3cret of the example",
            trusts_email=True,
        ),
    )


def test_groups_are_roles_at_councils(tmp_path: Path) -> None:
    staff = read(tmp_path, STAFF).staff
    assert staff is not None
    assert staff.provider.groups_claim == "groups"
    assert staff.roles_of(["Customer services", "Choir"]) == {
        ("boston", Role.AGENT),
        ("east-lindsey", Role.AGENT),
    }
    assert staff.roles_of(["Leaders"]) == {(slug, Role.SUPERVISOR) for slug in COUNCILS}
    assert staff.roles_of(["Choir"]) == staff.roles_of([]) == frozenset()


def test_the_second_factor_is_believed_where_it_is_shown(tmp_path: Path) -> None:
    theirs = read(tmp_path, STAFF).staff
    ours = read(tmp_path, STAFF.replace('"provider"\namr = ["mfa", "hwk"]', '"ours"')).staff
    assert theirs is not None
    assert ours is not None
    assert theirs.second_factor_done(("pwd", "hwk"))
    assert not theirs.second_factor_done(("pwd",))
    assert not theirs.second_factor_done(())
    assert not ours.second_factor_done(("mfa",))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "example"', 'name = "Our Login"', "residents.0.name: is not a slug such as our-login"),
        ('label = "Example account"', "", "residents.0.label: is missing"),
        (
            'label = "Example account"',
            'lable = "Example"',
            "residents.0.lable: is not a key that is known here",
        ),
        (
            "https://login",
            "http://login",
            "residents.0.issuer: is not an address such as https://login.example.org",
        ),
        ("example.org/", "example.org/?a=b", "residents.0.issuer: is not an address such as"),
        ("trusts_email = true", 'scopes = ["email"]', "residents.0.scopes: must have 'openid' among them"),
        (
            "trusts_email = true",
            'more_hosts = ["https://a"]',
            "residents.0.more_hosts.0: is not a host's name",
        ),
        ("trusts_email = true", "trusts_email = 7", "residents.0.trusts_email: Not a valid boolean."),
        ("EXAMPLE_SECRET", "OTHER", "residents[1].client_secret: the environment does not set OTHER"),
        ('"provider"', '"both"', 'staff.second_factor: is neither "provider" nor "ours"'),
        ('"provider"', '"ours"', 'staff.amr: is of no use where second_factor is "ours"'),
        ('amr = ["mfa", "hwk"]', "", "staff.amr: does not say by which value"),
        (
            '"Leaders" = ["supervisor@*"]',
            '"Leaders" = "supervisor@*"',
            "staff.groups.Leaders: Not a valid list.",
        ),
        ("supervisor@*", "boss@*", "staff.groups.Leaders: 'boss@*' is not a role (agent, supervisor,"),
        ("supervisor@*", "supervisor", "staff.groups.Leaders: 'supervisor' is not a role"),
        ("supervisor@*", "supervisor@lincoln", "there is no council 'lincoln' here"),
        ('name = "staff"', 'name = "example"', "name: 'example' is another provider's already"),
        ("[staff]", "[staff", "cannot be read as TOML"),
    ],
)
def test_a_mistake_is_told_in_words(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = RESIDENTS + STAFF
    assert old in text
    told = mistakes(tmp_path, text.replace(old, new, 1))
    assert any(words in line for line in told), told


def test_a_file_that_names_no_group_lets_nobody_in_and_says_so(tmp_path: Path) -> None:
    text = STAFF.partition('"Customer')[0]
    assert mistakes(tmp_path, text) == ["staff.groups: names no group, so that nobody could do anything"]


def test_every_mistake_is_told_at_once_and_no_secret(tmp_path: Path) -> None:
    text = (RESIDENTS + STAFF).replace("https://login", "http://login").replace("agent@boston", "agnt@boston")
    text = text.replace('amr = ["mfa", "hwk"]', "").replace('name = "staff"', 'name = "example"')
    told = mistakes(tmp_path, text)
    assert [line.split(":")[0] for line in told] == [
        "residents.0.issuer",
        "staff.amr",
        "staff.groups.Customer services",
        "name",
    ]
    assert SECRETS["EXAMPLE_SECRET"] not in repr(read(tmp_path, RESIDENTS)) + "".join(told)


def test_the_example_is_commented_out_and_would_load(tmp_path: Path) -> None:
    text = (ROOT / "config" / FILE).read_text(encoding="utf-8")
    assert read(tmp_path, text) == SignIn()
    lines = [line.removeprefix("# ") for line in text.splitlines()]
    said = [line for line in lines if re.match(r"\[|[a-z_]+ = |\"[A-Z]", line)]
    found = read(tmp_path, "\n".join(said), {})
    assert found.mistakes == ()
    assert len(found.residents) == 1
    assert found.staff is not None
    assert found.staff.roles_of(["Internal audit"]) == {(slug, Role.AUDITOR) for slug in COUNCILS}
    explained = {each.name for each in Provider.__dataclass_fields__.values()}
    assert not [key for key in explained if not any(line.startswith(f"{key} = ") for line in said)]


def test_a_wrong_file_stops_the_start_and_a_right_one_is_there_after_it(tmp_path: Path) -> None:
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    settings = load_settings({"SELFSERVICE_HOME": str(tmp_path), "CONFIG_FOLDER": str(config), **SECRETS})
    (config / FILE).write_text(RESIDENTS.replace("https", "ftp") + STAFF, encoding="utf-8")
    with pytest.raises(Misconfigured) as caught:
        open_installation(settings)
    assert caught.value.mistakes == [
        f"config/{FILE}: residents.0.issuer: is not an address such as https://login.example.org"
    ]
    (config / FILE).write_text(RESIDENTS + STAFF, encoding="utf-8")
    installation = open_installation(settings)
    installation.database.close()
    assert [provider.name for provider in installation.resident_providers] == ["example"]
    assert installation.staff_sign_in is not None
    assert installation.staff_sign_in.roles_of(["Leaders"]) == {
        (slug, Role.SUPERVISOR) for slug in installation.councils
    }
