"""What this app holds on a person: the record, what stands beside it, talks, maps, merges and imports."""

from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from stakeholders import models as own
from stakeholders.personal_data.account import account_holdings
from stakeholders.personal_data.holding import Fate, Holding, Rows, register_holding, rows_holding
from stakeholders.personal_data.mentions import KeptWords, register_kept_words
from stakeholders.personal_data.records import ASSET_HOLDING, EXPORT_HOLDING, IMPORT_FILE_HOLDING, RECORD_HOLDING


def _simple(code: str, label: Any, rows: Rows, shows: tuple[str, ...], **more: Any) -> Holding:
    return rows_holding(code, label, rows, shows=shows, **{"fate": Fate.GOES, "why": "", **more})


def own_holdings() -> list[Holding]:
    """All kinds, the record first."""
    stays = {"fate": Fate.STAYS}
    return [
        RECORD_HOLDING,
        _simple(
            "contacts", gettext_lazy("Ways to be reached"), Rows(own.ContactPoint, person=("stakeholder",)),
            ("kind", "value", "label"),
        ),
        _simple(
            "numbers", gettext_lazy("Numbers in registers"), Rows(own.Identifier, person=("stakeholder",)),
            ("scheme", "value"),
        ),
        _simple(
            "tags", gettext_lazy("Tags"), Rows(own.StakeholderTag, person=("stakeholder",)), ("tag__name",)
        ),
        _simple(
            "places", gettext_lazy("Places in organisations"), Rows(own.Affiliation, person=("person",)),
            ("organisation", "title", "is_active"),
        ),
        ASSET_HOLDING,
        _simple(
            "relations", gettext_lazy("Relations to others"),
            Rows(own.InfluenceLink, person=("source", "target")),
            ("source", "kind", "target", "strength", "since", "until", "note"),
        ),
        _simple(
            "talks", gettext_lazy("Talks"), Rows(own.Interaction, person=("stakeholder",)),
            ("kind", "held_on", "summary", "next_step", "next_step_on", "by"), fate=Fate.EMPTIED,
            empties={"summary": "", "next_step": "", "next_step_on": None},
            why=gettext_lazy("That there was a talk stays, not what was said"),
        ),
        _simple(
            "talks_along", gettext_lazy("Talks with an organisation, taking part"),
            Rows(own.Interaction, person=("person",)),
            ("stakeholder", "kind", "held_on", "summary", "next_step", "next_step_on"), **stays,
            why=gettext_lazy("They belong to the organisation; the person's name is taken out of the text"),
        ),
        _simple(
            "assessments", gettext_lazy("Assessments by others"),
            Rows(own.Assessment, person=("entry__stakeholder",)),
            (
                "rated_on", "power", "interest", "legitimacy", "urgency", "attitude", "current_engagement",
                "desired_engagement", "reason", "confidence",
            ),
            fate=Fate.EMPTIED, empties={"reason": ""},
            why=gettext_lazy("Reasons go; numbers stay without a name in the map's sums"),
        ),
        _simple(
            "map_entries", gettext_lazy("Places on maps"), Rows(own.MapEntry, person=("stakeholder",)),
            ("map", "ring", "added_at"), **stays, why=gettext_lazy("As “Erased person”, so that sums stay true"),
        ),
        _simple(
            "ratings", gettext_lazy("Invitations to rate others"),
            Rows(own.MapRater, person=("person",), account=("user",)), ("map", "invited_at"), **stays,
            why=gettext_lazy("Their answers are about others and stay without their name"),
        ),
        _simple(
            "ratings_given", gettext_lazy("Assessments of others"),
            Rows(own.Assessment, person=("rater__person",), account=("rater__user",)),
            ("entry__stakeholder", "rated_on", "power", "interest", "attitude", "reason"), **stays,
            why=gettext_lazy("It is about others and stays without their name"),
        ),
        _simple(
            "profile_edits", gettext_lazy("Changes of the profile"), Rows(own.ProfileEdit, person=("stakeholder",)),
            ("edited_at", "organisation", "changes", "state", "answer", "put_back_facts"),
        ),
        _simple(
            "profile_edits_made", gettext_lazy("Changes made to an organisation's profile"),
            Rows(own.ProfileEdit, person=("by_person",), account=("by",)),
            ("edited_at", "organisation", "changes", "state", "answer", "put_back_facts"), **stays,
            why=gettext_lazy("They belong to the organisation; the person's name is taken out of the text"),
        ),
        _simple(
            "merges", gettext_lazy("Merges of records"), Rows(own.StakeholderMerge, person=("kept", "absorbed")),
            ("merged_at", "undone_at", "before"), why=gettext_lazy("They cannot be undone afterwards"),
        ),
        _simple(
            "lookalikes", gettext_lazy("Records that look alike"),
            Rows(own.DuplicatePair, person=("first", "second")), ("found_at", "strength", "reasons"),
        ),
        _simple(
            "not_lookalikes", gettext_lazy("Records said to be somebody else's"),
            Rows(own.NotDuplicate, person=("first", "second")), ("said_at",),
        ),
        # Before the changes, which say whose file it is.
        IMPORT_FILE_HOLDING,
        _simple(
            "import_changes", gettext_lazy("What an import changed"), Rows(own.ImportChange, person=("stakeholder",)),
            ("stakeholder_import__created_at", "before"), why=gettext_lazy("Undoing the import leaves them out"),
        ),
        _simple(
            "filters", gettext_lazy("Saved filters"), Rows(own.SavedFilter, account=("owner",)),
            ("name", "query", "is_shared", "created_at"),
        ),
        # An organisation's, as long as nobody makes a person of it.
        _simple("strengths", gettext_lazy("Strengths"), Rows(own.Strength, person=("owner",)), ("skill", "evidence")),
        # What a partnership called whom it asked for, and why; whose account asked is named beside it.
        _simple(
            "requests", gettext_lazy("Requests for the record"), Rows(own.RegisterRequest, person=("stakeholder",)),
            ("name", "scheme", "value", "reason", "asked_at", "answer"),
        ),
        _simple(
            "requests_made", gettext_lazy("Requests for records"),
            Rows(own.RegisterRequest, account=("asked_by", "answered_by")),
            ("name", "scheme", "value", "reason", "asked_at", "answer"), **stays,
            why=gettext_lazy("They are about others; the person's name is taken out of the text"),
        ),
        EXPORT_HOLDING,
    ]  # fmt: skip


def register_own() -> None:
    """Name what this app and core hold, and what keeps a name."""
    for holding in [*own_holdings(), *account_holdings()]:
        register_holding(holding)
    register_kept_words(
        KeptWords(
            "stakeholders.Stakeholder",
            ("name", "aliases", "sort_name", "search_text"),
            pgettext_lazy("names", "Other records that have the name in theirs"),
            gettext_lazy("A firm or foundation bears it by right; rename it by hand where it does not"),
        )
    )
