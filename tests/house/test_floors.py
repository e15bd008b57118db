"""The floors hold; and each contract that holds them was seen to break when it is broken."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from selfservice.settings import ROOT

PACKAGES = ("selfservice", "forms", "integrations", "workers")

# For each contract (pyproject.toml), a module that breaks it: where it would stand, and what it would import.
OFFENCES = {
    "floors": ("selfservice/operations/offence.py", "import selfservice.web.security"),
    "store-alone": ("selfservice/store/offence.py", "import integrations.contract"),
    "no-doors-below": ("forms/kit/offence.py", "import selfservice.settings"),
    "clock": ("selfservice/operations/offence.py", "from selfservice.clock import now"),
    "pure-domain": ("selfservice/domain/offence.py", "import sqlalchemy"),
    "requests": ("selfservice/operations/offence.py", "import requests"),
    "boto3": ("workers/offence.py", "import boto3"),
    "wtforms": ("forms/services/offence.py", "import wtforms"),
    "flask": ("selfservice/operations/offence.py", "from flask import g"),
    "rq": ("selfservice/web/offence.py", "import rq"),
    "tables": ("selfservice/web/offence.py", "import selfservice.store.submissions"),
    "sql": ("workers/offence.py", "import sqlalchemy"),
    "cryptography": ("selfservice/operations/offence.py", "import cryptography"),
    "identity": ("selfservice/web/offence.py", "import webauthn"),
    "services-apart": ("forms/services/offence.py", "import forms.services.fly_tipping"),
    "connectors-apart": ("integrations/back_office/offence.py", "import integrations.back_office.open311"),
}


def contracts() -> list[str]:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["id"] for contract in declared["tool"]["importlinter"]["contracts"]]


def lint(folder: Path, cache: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "lint-imports", "--cache-dir", cache, *flags]
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The linter's cache, kept between the tests so that each reads only what changed."""
    return tmp_path_factory.mktemp("import-linter")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages, into which an offence may be written."""
    folder = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package,
            folder / package,
            ignore=shutil.ignore_patterns("static", "templates", "__pycache__"),
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_contract_is_kept(cache: Path) -> None:
    finished = lint(ROOT, cache)
    assert finished.returncode == 0, finished.stdout


def test_every_contract_has_an_offence_that_proves_it() -> None:
    assert sorted(contracts()) == sorted(OFFENCES)


@pytest.mark.parametrize("contract", sorted(OFFENCES))
def test_a_contract_breaks_when_it_is_broken(contract: str, copy: Path, cache: Path) -> None:
    name, code = OFFENCES[contract]
    offence = copy / name
    assert not offence.exists()
    offence.write_text(f'"""An offence."""\n\n{code}\n', encoding="utf-8")
    try:
        finished = lint(copy, cache, "--contract", contract)
    finally:
        offence.unlink()
    assert finished.returncode == 1, finished.stdout
    assert "1 broken" in finished.stdout
    assert name.removesuffix(".py").replace("/", ".") in finished.stdout
