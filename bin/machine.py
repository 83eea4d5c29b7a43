"""What the machine offers: where its programs are, and Debian packages where we may install them."""

import ctypes.util
import glob
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# Each Debian package, and what shows that it is there already.
LIBRARIES = {
    "libpango-1.0-0": "pango-1.0",
    "libpangoft2-1.0-0": "pangoft2-1.0",
    "libharfbuzz-subset0": "harfbuzz-subset",
    "fontconfig": "fontconfig",
}
TEST_PROGRAMS = {
    "chromium": "chromium",
    "poppler-utils": "pdftotext",
    "gettext": "xgettext",
    "redis-server": "redis-server",
}
OFFICE = ("libreoffice-calc-nogui", "libreoffice-writer-nogui")


def say(text):
    """Print one line about what is being done."""
    print(f"  {text}", flush=True)


def run(*command, **options):
    """Run a command in the project's folder; raise CalledProcessError when it fails."""
    return subprocess.run([str(part) for part in command], check=True, cwd=ROOT, **options)


def missing_libraries():
    """Name the Debian packages that WeasyPrint needs and the machine lacks."""
    return [package for package, library in LIBRARIES.items() if not ctypes.util.find_library(library)]


def missing_for_tests(servers=True):
    """Name the Debian packages that the tests need and the machine lacks."""
    missing = [package for package, program in TEST_PROGRAMS.items() if not shutil.which(program)]
    if not shutil.which("soffice"):
        missing += OFFICE
    if not debian_postgres():
        missing.append("postgresql")
    return [package for package in missing if servers or package not in ("postgresql", "redis-server")]


def debian_postgres():
    """Return the newest folder of PostgreSQL programs that has the extension for search, or None."""
    folders = [Path(path).parent for path in glob.glob("/usr/lib/postgresql/*/bin/initdb")]
    folders = [
        folder
        for folder in folders
        if Path(f"/usr/share/postgresql/{folder.parent.name}/extension/pg_trgm.control").exists()
    ]
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


def root_prefix():
    """Return the words that run a command as root without asking, or None."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def install_debian(packages, reason):
    """Install Debian packages and return whether they came; where we may not, print the line to run."""
    if not packages:
        return True
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    prefix = root_prefix()
    if prefix is None or not shutil.which("apt-get"):
        say(f"{reason} needs programs this machine lacks. Please run:  sudo {line}")
        return False
    say(f"installing for {reason}: {' '.join(packages)}")
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *line.split()]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    if subprocess.run(command, stderr=subprocess.DEVNULL, **quiet).returncode == 0:
        return True
    subprocess.run([*prefix, "apt-get", "update"], **quiet)
    if subprocess.run(command, **quiet).returncode == 0:
        return True
    say(f"apt could not install them; {reason} may not work. The line was:  {line}")
    return False


def need_python():
    """Stop with a clear word where Python is too old."""
    if sys.version_info < (3, 11):
        sys.exit(
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}: make PYTHON=python3.12 …"
        )
