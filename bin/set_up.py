"""Everything between a bare clone and a running program; what is already done is not done again.

    python3 bin/set_up.py            the virtual environment, Python packages, npm packages and built assets
    python3 bin/set_up.py browser    a Chromium for the browser tests, where one can be installed
    python3 bin/set_up.py scanner    ClamAV's daemon for the tests of scanning, where it can be installed

Standard library only, as nothing is installed yet; readable by an old Python, so that it can say it is old.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
LOG = VENV / "set-up.log"
PYTHON = VENV / "bin" / "python"
LEAST = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NETWORK_WORDS = (
    "resolve",
    "connect",
    "network",
    "timed out",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONN",
    "No matching",
)


class CannotSetUp(Exception):
    """Why set-up stopped, in one line for the person who typed the command."""


def set_up():
    """Do whatever step has not been done for these very files."""
    _python_is_new_enough()
    _folder_is_ours()
    version = ".".join(map(str, sys.version_info[:3]))
    _step("environment", "a Python environment in .venv", [], PYTHON, _make_environment, version)
    _step(
        "packages", "Python packages", ["requirements-uv.lock", "requirements.lock"], VENV, _install_packages
    )
    _step("project", "selfservice itself", ["pyproject.toml"], VENV / "bin" / "selfservice", _install_project)
    _step("npm", "npm packages", ["package.json", "package-lock.json"], ROOT / "node_modules", _install_npm)
    web = ROOT / "selfservice" / "web"
    sources = [str(path.relative_to(ROOT)) for path in sorted(web.rglob("*")) if _is_asset(path)]
    built = web / "static" / "built" / "manifest.json"
    _step("assets", "style sheets and scripts", [*sources, "package-lock.json"], built, _build_assets)


def browser():
    """Find a Chromium, or install Debian's; say so where neither can be done, and in CI stop."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found and _from_debian("Chromium for the browser tests", ["chromium", "fonts-liberation"]):
        found = shutil.which("chromium")
    if found:
        return
    words = "there is no Chromium here and none could be installed (on Debian: sudo apt-get install chromium)"
    if os.environ.get("CI") == "true":
        raise CannotSetUp("Browser tests are never skipped in CI, and " + words + ".")
    _say("Browser tests will be skipped: " + words)


def scanner():
    """Find ClamAV's daemon, or install Debian's; say so where neither can be done: stand-ins test the rest."""
    where = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    if shutil.which("clamd", path=where):
        return
    if _from_debian("ClamAV for the tests of scanning", ["clamav-daemon"]) and shutil.which(
        "clamd", path=where
    ):
        return
    _say(
        "Tests of the real scanner will be skipped: there is no clamd (on Debian: apt-get install clamav-daemon)"
    )


def _from_debian(what, packages):
    """Install packages of Debian where we may; False where we may not."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    _say(f"Installing {what}, by apt-get")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "update", "-q"], "Debian's package lists", quiet)
    _run(
        ["apt-get", "install", "-yq", "--no-install-recommends", *packages], f"Debian's {packages[0]}", quiet
    )
    return True


def _python_is_new_enough():
    if sys.version_info < LEAST:
        had = ".".join(map(str, sys.version_info[:3]))
        raise CannotSetUp(
            f"selfservice needs Python {LEAST[0]}.{LEAST[1]} or newer; {sys.executable} is {had}. "
            "Name a newer one, for example: make demo PYTHON=python3.12"
        )


def _folder_is_ours():
    for folder in (ROOT, VENV):
        if folder.exists() and not os.access(str(folder), os.W_OK):
            raise CannotSetUp(f"Cannot write in {folder}: set up as the person who owns it.")


def _is_asset(path):
    return (
        path.is_file() and "built" not in path.parts and (path.name == "assets.py" or "static" in path.parts)
    )


def _step(name, what, inputs, output, work, more=""):
    """Run `work` unless `output` is there and was made from the same inputs."""
    stamp = STAMPS / name
    digest = hashlib.sha256(more.encode())
    for path in inputs:
        digest.update(path.encode() + (ROOT / path).read_bytes())
    if output.exists() and stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    began = time.monotonic()
    _say(f"Setting up {what}")
    work()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest.hexdigest())
    _say(f"  done in {time.monotonic() - began:.0f} s")


def _make_environment():
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise CannotSetUp(
            f"{sys.executable} has no venv module. On Debian or Ubuntu: sudo apt-get install python3-venv"
        ) from None
    finished = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if finished.returncode:
        words = finished.stdout.decode(errors="replace").strip().splitlines()
        raise CannotSetUp(f"Could not make {VENV}: {words[-1] if words else 'no reason given'}")


def _install_packages():
    """By uv, which is quick; by pip, from the same lock, where uv cannot reach an index that pip can."""
    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "-r"]
    _run([*pip, "requirements-uv.lock"], "uv")
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--python", str(PYTHON), "--require-hashes"]
    try:
        _run([*uv, "--compile-bytecode", "-r", "requirements.lock"], "the Python packages")
    except CannotSetUp:
        _run([*pip, "requirements.lock"], "the Python packages")


def _install_project():
    flags = ["--no-deps", "--no-build-isolation", "-e", "."]
    _run([str(VENV / "bin" / "uv"), "pip", "install", "--python", str(PYTHON), *flags], "selfservice itself")
    # Compiled once, also where Python is told to keep no compiled files: five processes start from them.
    packages = ["selfservice", "forms", "integrations", "workers"]
    _run([str(PYTHON), "-m", "compileall", "-q", *packages], "selfservice itself")


def _install_npm():
    """By the machine's npm; where it has none, by Node.js from a Python package, in .venv."""
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        _say("  no Node.js here: taking one into .venv")
        pip = [str(PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "-r", "requirements-node.lock"]
        _run(pip, "Node.js")
        npm = str(VENV / "bin" / "npm")
    _run([npm, "ci", "--ignore-scripts"], "the npm packages")


def _build_assets():
    _run([str(VENV / "bin" / "selfservice"), "assets"], "the assets")


def _run(command, what, environment=None):
    """Run one command, its words kept in the log; raises CannotSetUp with its last one."""
    path = os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", "")])
    environment = {**(environment or os.environ), "PATH": path, "VIRTUAL_ENV": str(VENV)}
    try:
        finished = subprocess.run(
            command,
            cwd=str(ROOT),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        text, status = finished.stdout.decode(errors="replace"), finished.returncode
    except OSError as error:
        text, status = str(error), 1
    VENV.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write("$ " + " ".join(command) + "\n" + text + "\n")
    if status:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        asks = "; is this machine connected to the network?" if any(w in text for w in NETWORK_WORDS) else ""
        raise CannotSetUp(
            f"Could not set up {what}{asks} ({lines[-1] if lines else status}). All of it: {LOG}"
        )


def _say(words):
    print(words, flush=True)


if __name__ == "__main__":
    try:
        {"browser": browser, "scanner": scanner}.get("".join(sys.argv[1:]), set_up)()
    except CannotSetUp as reason:
        sys.exit(str(reason))
    except OSError as reason:
        sys.exit(f"Could not set up: {reason.strerror or reason}: {reason.filename or ROOT}")
    except KeyboardInterrupt:
        sys.exit("\nStopped; run the same command to go on from here.")
