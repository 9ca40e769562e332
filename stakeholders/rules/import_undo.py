"""Why a stakeholder an import added stays when the import is undone."""

from django.utils.translation import gettext_lazy as _

CHANGED, MERGED, BELONGS = "changed", "merged", "belongs"
# What is said of a table that points to a stakeholder, by its app or, for tables of this app, by its name.
REASONS = {
    CHANGED: _("It was changed since."),
    MERGED: _("It was merged with another record."),
    BELONGS: _("Somebody who stays belongs to it."),
    "interaction": _("A talk with it was written down."),
    "affiliation": _("Somebody was linked to it since."),
    "contactpoint": _("It got another contact since."),
    "identifier": _("It got a register number since."),
    "stakeholdertag": _("It got a tag since."),
    "asset": _("Something it can bring was written down."),
    "assessment": _("It stands on a map."),
    "mapentry": _("It stands on a map."),
    "influencelink": _("It stands on a map."),
    "partnerships": _("It takes part in a partnership."),
    "goals": _("A goal names it."),
    "metrics": _("A measurement names it."),
    "engagement": _("It takes part in an activity."),
    "funding": _("Funding names it."),
    "link": _("A link was mailed to it."),
}
_ELSEWHERE = _("Something else in the space refers to it.")


def reason_of(code: str) -> str:
    """The sentence for a reason."""
    return str(REASONS.get(code, _ELSEWHERE))


def code_of(app_label: str, model_name: str) -> str:
    """The reason for a table that points to a stakeholder."""
    return model_name if app_label == "stakeholders" else app_label
