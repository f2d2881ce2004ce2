"""Installs a lock file into .venv (virtualenv, pip): `python3 tools/install.py requirements-run.txt`. Called by make."""

# It runs under the machine's own Python, whichever that is, before anything is installed. So it uses the standard
# library alone, and syntax that an old Python can read well enough to be told that it is too old.

import shutil
import subprocess
import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)
VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"


def install(lock: str) -> None:
    """Make .venv if it is missing or its Python is gone, and install every package of `lock` with its hash.

    :raises SystemExit: with one sentence that names the cause and what to do about it.
    """
    refuse_old_python()
    if not is_usable():
        make_virtualenv()
    print(f"Installing what {lock} lists …", flush=True)
    if pip_install(PYTHON, lock):
        sys.exit(f"pip could not install {lock}: its own words are above. Run make again to go on.")
    marker_of(lock).touch()


def pip_install(python: Path, lock: str) -> int:
    """Install every package of `lock`, with its hash, where `python` is; return the status of pip."""
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    return subprocess.call([*command, "-r", lock])


def marker_of(lock: str) -> Path:
    """Return the file whose time says when `lock` was last installed: what make compares."""
    return VENV / f"{Path(lock).stem}.installed"


def refuse_old_python(version: "tuple[int, ...]" = sys.version_info[:3]) -> None:
    if version[:2] < OLDEST_PYTHON:
        sys.exit(
            "Workix needs Python {}.{} or newer, and {} is {}.{}. Install one, or name it: "
            "make PYTHON=python3.13 run".format(*OLDEST_PYTHON, sys.executable, *version[:2])
        )


def is_usable() -> bool:
    """Ask whether .venv has a Python that starts, and pip: an upgrade of the machine may have taken them away."""
    if not PYTHON.exists():
        return False
    return not subprocess.call(
        [str(PYTHON), "-m", "pip", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def make_virtualenv() -> None:
    folder = VENV.resolve()
    try:
        if VENV.exists():
            shutil.rmtree(str(VENV))
        VENV.mkdir()
    except OSError as error:
        sys.exit(f"{folder} can't be written: {error.strerror}. Workix installs its packages there.")
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if made.returncode:
        said = made.stdout.decode(errors="replace").strip()
        shutil.rmtree(str(VENV), ignore_errors=True)
        if "ensurepip" in said or "No module named venv" in said:
            sys.exit("This Python has no venv. On Debian and Ubuntu: apt-get install python3-venv")
        sys.exit(f"{sys.executable} -m venv failed:\n{said}")


if __name__ == "__main__":
    install(sys.argv[1])
