"""Forms of second factors: what they ask for, and that the code of a refused form is not shown again."""

from __future__ import annotations

from accounts.admin.second_factors.forms import ReauthenticationForm, refused


def test_who_has_no_factor_is_asked_for_no_code() -> None:
    asked = [list(ReauthenticationForm(has_second_factor=has).fields) for has in (True, False)]
    assert asked == [["password", "code"], ["password"]]


def test_a_refused_form_says_why_and_is_empty() -> None:
    form = refused("Wait for the next one.")
    assert (form.errors, form["code"].value()) == ({"code": ["Wait for the next one."]}, "")
