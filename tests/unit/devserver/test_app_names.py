"""Names of a new feature app: derived from one, and refused where they would not work."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management.base import CommandError

from devserver.app_names import name_app
from devserver.feature_apps import add_to_settings
from devserver.management.commands.startapp_tenant import TEMPLATE


@pytest.mark.parametrize(
    ("name", "singular", "model"),
    [
        ("connectors", "connector", "Connector"),
        ("data_sources", "data_source", "DataSource"),
        ("companies", "company", "Company"),
        ("mailboxes", "mailbox", "Mailbox"),
        ("branches", "branch", "Branch"),
        ("releases", "release", "Release"),
    ],
)
def test_one_and_its_model_follow_from_the_name(name: str, singular: str, model: str) -> None:
    names = name_app(name, template=TEMPLATE)
    assert (names.singular, names.model) == (singular, model)


def test_texts_have_words_and_an_article_and_paths_have_dashes() -> None:
    told = name_app("audio_sources", template=TEMPLATE).context()
    asked = ("names", "one_title", "title", "path", "config")
    assert [told[each] for each in asked] == [
        "audio sources",
        "An audio source",
        "Audio sources",
        "audio-sources",
        "AudioSources",
    ]


@pytest.mark.parametrize(
    ("name", "singular", "sentence"),
    [
        ("Sources", "", "'Sources' is no name: use lower-case letters, digits and single underscores."),
        ("2nd_sources", "", "'2nd_sources' is no name: use lower-case letters, digits and single underscores."),
        ("data-sources", "", "'data-sources' is no name: use lower-case letters, digits and single underscores."),
        ("lambdas", "", "lambda is a word of Python. Choose another one."),
        ("select", "selection", "select is a word of SQL, and no name for a table. Choose another one."),
        ("very_long_names_of_things", "", "very_long_names_of_things is too long: use at most 22 characters."),
        ("tests", "", "tests is taken: it is a package that can be imported. Choose another name."),
        ("tokens", "request", "Request, request is a name that the app's own code needs. Choose another one."),
        ("calendar", "entry", "calendar is taken: it is a module of Python. Choose another name."),
        ("accounts", "", "accounts is taken: it is an installed app. Choose another name."),
        ("users", "", "users is taken: it is a table. Choose another name."),
        ("organization", "one", "organization is taken: it is a path of the API. Choose another name."),
        ("data", "", "What is one of data called? Say it: --singular …"),
        ("data", "data", "One and many are both called data: nobody could tell them apart."),
        ("records", "", "Record is a name that the app's own code needs. Choose another one."),
    ],
)
def test_a_name_that_would_not_work_is_refused(name: str, singular: str, sentence: str) -> None:
    with pytest.raises(CommandError) as refusal:
        name_app(name, singular=singular, template=TEMPLATE)
    assert str(refusal.value) == sentence


def test_the_line_is_put_at_the_end_of_the_list(tmp_path: Path) -> None:
    settings = tmp_path / "settings.py"
    settings.write_text('FEATURE_APPS: list[str] = [\n    # A line each.\n    "runners",\n]\nOTHERS = [FEATURE_APPS]\n')
    assert add_to_settings(settings, "connectors") == '"connectors",'
    assert settings.read_text() == (
        'FEATURE_APPS: list[str] = [\n    # A line each.\n    "runners",\n    "connectors",\n]\nOTHERS = [FEATURE_APPS]\n'
    )


def test_a_list_that_is_written_otherwise_is_left_alone(tmp_path: Path) -> None:
    settings = tmp_path / "settings.py"
    settings.write_text("FEATURE_APPS: list[str] = []\n")
    with pytest.raises(CommandError, match="has no list FEATURE_APPS with a line an app"):
        add_to_settings(settings, "connectors")
    assert settings.read_text() == "FEATURE_APPS: list[str] = []\n"
