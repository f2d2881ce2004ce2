"""Secret scan: a credential in a file is found by its shape, named by place and hash, and never repeated."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tools.pipeline.leaked_secrets import SHAPES, leaks, main

#: One of each, put together here: this file is scanned as well.
SECRETS = {
    "private key": "-----BEGIN EC " + "PRIVATE KEY-----\nMHcCAQEEIBHGfOZ4t7w2",
    "API key of Workix": "wxk" + "_" + "a1B2c" * 13,
    "secret of a webhook": "whsec" + "_" + "Q0dF" * 8,
    "JSON Web Token": "eyJ" + "hbGciOiJFZERTQSJ9" + ".eyJ" + "zdWIiOiIxMjM0In0." + "x" * 43,
    "AWS access key": "AKIA" + "Q7RZ" * 4,
    "GitHub token": "ghp" + "_" + "a1B2" * 9,
    "GitLab token": "glpat" + "-" + "a1B2c" * 4,
    "Slack token": "xoxb" + "-1234567890-abc",
    "Stripe key": "sk" + "_live_" + "a1B2c" * 5,
    "Google API key": "AIza" + "a1B2c" * 7,
    "PyPI token": "pypi" + "-AgE" + "a1B2c" * 10,
    "npm token": "npm" + "_" + "a1B2" * 9,
    "Sentry DSN": "https://" + "0a" * 16 + "@o1.ingest.sentry.io/1",
}


def test_each_shape_is_found_and_only_once() -> None:
    text = "".join(f'key = "{each}"\n' for each in SECRETS.values())
    assert sorted(leak.shape for leak in leaks("settings.py", text)) == sorted(SHAPES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a repository with a key in a file, another in a file that is not added yet, and one that git leaves out."""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / "app.py").write_text(f"\nKEY = '{SECRETS['GitHub token']}'\n")
    (tmp_path / "new.py").write_text(SECRETS["AWS access key"])
    (tmp_path / ".gitignore").write_text(".env\nknown.txt\n")
    (tmp_path / ".env").write_text(SECRETS["Stripe key"])
    (tmp_path / "logo.png").write_bytes(b"\0" + SECRETS["npm token"].encode())
    subprocess.run(["git", "add", "app.py"], cwd=tmp_path, check=True)
    return tmp_path


def test_what_git_has_or_would_take_is_looked_through(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = folder / "known.txt"
    known.write_text("# nothing is known\n")
    assert main(folder, known) == 1
    assert capsys.readouterr().out == (
        "app.py:2: GitHub token (4a15b04cb7d210f2 app.py)\n"
        "new.py:1: AWS access key (9c58c3f3dddad200 new.py)\n"
        "Revoke it: what was committed is known. Does it open nothing? Then name it in tools/pipeline/known_secrets.txt.\n"
    )


def test_what_is_known_may_stay_until_it_is_gone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = folder / "known.txt"
    found = [leak for name in ("app.py", "new.py") for leak in leaks(name, (folder / name).read_text())]
    known.write_text("".join(f"{each.digest} {each.file}: an example\n" for each in found))
    assert (main(folder, known), capsys.readouterr().out) == (0, "")
    (folder / "new.py").unlink()
    assert (main(folder, known), capsys.readouterr().out) == (
        1,
        f"known.txt: {found[1].digest} is no longer in new.py\n",
    )


def test_nothing_is_known_without_a_reason(folder: Path) -> None:
    (folder / "known.txt").write_text("0123456789abcdef app.py\n")
    with pytest.raises(ValueError, match="say `hash file: reason`"):
        main(folder, folder / "known.txt")
