"""Forms of the approval policy in the dashboard (django.forms): a row for each rule."""

from __future__ import annotations

from typing import Any

from django import forms

from agents.proposals.policy import MOST_RULES, Policy
from agents.proposals.rules import DAYS, FIELD, MOST_FIELDS, Rule
from workix.core.models import ONE_LINE

_PATTERN = r"^[a-z_.*]{1,50}\Z"
_TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z"


def _line(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=more.pop("max_length", 100), validators=[ONE_LINE], **more
    )


class RuleForm(forms.Form):
    """A rule. One without a name is none."""

    name = _line("Name")
    resource_type = forms.RegexField(_PATTERN, label="Kind of thing", required=False, help_text="user; * is anything")
    action = forms.RegexField(_PATTERN, label="Act", required=False, help_text="*.deleted; * is anything")
    fields_ = _line("Fields", max_length=500, help_text="role; none is any")
    at_least = forms.IntegerField(label="At least", required=False, min_value=1, max_value=1_000_000)
    days = forms.MultipleChoiceField(
        label="Days",
        required=False,
        choices=[(day, day.capitalize()) for day in DAYS],
        widget=forms.CheckboxSelectMultiple,
    )
    begins = forms.RegexField(_TIME, label="From", required=False, help_text="18:00; empty is all day")
    ends = forms.RegexField(_TIME, label="To", required=False)
    time_zone = _line("Time zone", max_length=64, help_text="Europe/Berlin; empty is UTC")

    def clean_fields_(self) -> str:
        """Take what the API takes: a rule about a field that nothing is called would let pass what it is there for."""
        names = self.cleaned_data["fields_"].replace(",", " ").split()
        if len(names) > MOST_FIELDS or not all(map(FIELD.fullmatch, names)):
            raise forms.ValidationError(
                f"Write at most {MOST_FIELDS} names of fields, as the audit trail has them: role."
            )
        return " ".join(names)

    def rule(self) -> Rule | None:
        """Read the row; None where it has no name."""
        given = self.cleaned_data
        if not given.get("name"):
            return None
        return Rule(
            name=given["name"],
            resource_type=given["resource_type"] or "*",
            action=given["action"] or "*",
            fields=tuple(given["fields_"].split()),
            at_least=given["at_least"] or 1,
            days=tuple(given["days"]),
            begins=given["begins"],
            ends=given["ends"],
            time_zone=given["time_zone"] or "UTC",
        )


class FourEyesForm(forms.Form):
    """Who decides, and on which policy: somebody else may have changed it since."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    four_eyes = forms.BooleanField(
        label="Four eyes",
        required=False,
        help_text="Somebody else than the owner of an agent decides on what it proposes.",
    )


RuleForms = forms.formset_factory(RuleForm, extra=1, can_delete=True, max_num=MOST_RULES, validate_max=True)


def as_typed(policy: Policy) -> list[dict[str, Any]]:
    """Write rules as somebody would type them."""
    return [{**rule.as_json(), "fields_": " ".join(rule.fields)} for rule in policy.rules]
