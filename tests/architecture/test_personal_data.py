"""No table with a person or an account in it escapes export and erasure; nothing planted survives (PRI-08, PRI-09)."""

import json
import uuid
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from core.access.roles import Role
from core.models import Erasure, Membership, OutboxMail, User
from core.tenancy.models import TenantModel
from reports.models import Delivery, ReminderPreference
from stakeholders.models import Stakeholder
from stakeholders.operations.personal_data import erase_person
from stakeholders.personal_data import Fate, registered_holdings, subject_of
from stakeholders.personal_data.mentions import _kept, text_columns
from stakeholders.queries.personal_data import export_of
from tests.architecture import everything
from tests.architecture.everything import make_everything
from tests.factories.core import make_user
from tests.factories.stakeholders import make_stakeholder

# Tables that name a stakeholder or an account and hold nothing on a person beyond that, each with its reason.
HOLDS_NOTHING: dict[str, str] = {
    "goals.Endorsement": "a group of people affected, never a single person",
    "partnerships.DecisionAudience": "a sector, an organisation or a group, never a single person",
}
NAME = "Xanthippe Canarini"
# As ``make_everything`` writes an address.
ADDRESS = f"{NAME.lower()}@example.org"
# Columns that are worked out from others, which are exported themselves; and addresses of ours.
NOT_EXPORTED = {
    "stakeholders.Stakeholder.sort_name": "the name as lists are sorted",
    "stakeholders.Stakeholder.search_text": "what a search finds the record by",
    "stakeholders.Asset.search_text": "what a search finds the asset by",
    "core.OutboxMail.html": "the same words as the text",
    "core.OutboxMail.unsubscribe_url": "our own address",
    "core.OutboxMail.message_id": "made of a random id",
    "core.OutboxMail.error": "the kind of an error",
    "core.OutboxMail.kind": "a word of ours",
    "core.ApiToken.permissions": "words of ours",
    "core.StoredFile.content_type": "a word of ours",
    "core.StoredFile.purpose": "a word of ours",
    "stakeholders.StakeholderImport.mapping": "names of columns",
    "stakeholders.StakeholderImport.shown_counts": "numbers by level",
    "stakeholders.StakeholderImport.errors": "about many people; a mention is found by name",
    "partnerships.AgendaItem.source_code": "a word of ours",
    "partnerships.Meeting.put_aside": "words of ours",
    "partnerships.Signal.facts": "numbers and days of the work",
    "partnerships.Task.blocked_needs": "about the work",
    "metrics.Measurement.missing_reason": "about the value",
    "metrics.Measurement.query_note": "about the value",
    "partnerships.TaskUpdate.state_before": "a word of ours",
    **dict.fromkeys(
        (
            "goals.Goal.equity_note",
            "goals.Goal.examples",
            "goals.Goal.place_en",
            "goals.Goal.place_it",
            "goals.Goal.population_en",
            "goals.Goal.population_it",
            "goals.Goal.resources_needed",
            "goals.Goal.sdg_targets",
            "goals.Goal.why_realistic",
        ),
        "about the goal they look after; a mention is found by name",
    ),
    **dict.fromkeys(
        (
            "engagement.VolunteerOpportunity.accessibility",
            "engagement.VolunteerOpportunity.benefits",
            "engagement.VolunteerOpportunity.place",
            "engagement.VolunteerOpportunity.purpose",
            "engagement.VolunteerOpportunity.refunds_policy",
            "engagement.VolunteerOpportunity.risk_notes",
            "engagement.VolunteerOpportunity.skills",
            "engagement.VolunteerOpportunity.tasks",
            "engagement.VolunteerOpportunity.time_needed",
        ),
        "about the work they supervise; a mention is found by name",
    ),
    "funding.FundingSource.valued_by": "about the amount",
    "funding.FundingSource.evidence": "about the gift",
}
# Planted in what is emptied, and left there: words of ours that say nothing of the person.
LEFT_ON_PURPOSE = {
    "core.AccessLink.purpose",
    "core.OutboxMail.kind",
    "core.OutboxMail.message_id",
    "core.StoredFile.content_type",
    "core.StoredFile.purpose",
    "partnerships.Worry.code",
    "stakeholders.StakeholderImport.mapping",
    "stakeholders.StakeholderImport.shown_counts",
}


def keys_to(model, target):
    return [
        field
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is target
    ]


def named_tables():
    return {table for holding in registered_holdings() for table in holding.tables}


@pytest.fixture
def person(space, monkeypatch):
    """A person with an account, on whom one row of every table hangs, named in every text."""
    user = make_user(ADDRESS, NAME, role=Role.COORDINATOR)
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)
    asked = {"kind": "person", "tax_code": "", "vat_number": "", "erased_at": None, "merged_into": None}
    monkeypatch.setitem(everything.ASKED, "stakeholders.Stakeholder", asked)
    monkeypatch.setitem(
        everything.ASKED, "partnerships.Partnership", {"state": "active", "slug": "plain", "deputy": None}
    )
    # Its file is its own; everything here has one and the same.
    for label, name in (
        ("stakeholders.PersonExport", "file"), ("engagement.PictureConsent", "evidence"), ("engagement.Post", "picture"),
    ):  # fmt: skip
        monkeypatch.setitem(everything.ASKED, label, {**everything.ASKED.get(label, {}), name: None})
    words_of_ours = {"verb": "thing.done", "subject_type": "thing", "actor_label": "system", "changes": {"note": NAME}}
    monkeypatch.setitem(everything.ASKED, "core.AuditEvent", words_of_ours)
    another = everything._another

    def make_another(row):
        if isinstance(row, Stakeholder):
            return make_stakeholder("Officine")
        second = another(row)
        name_in_json_and_neutral_keys(second)
        return second

    monkeypatch.setattr(everything, "_another", make_another)
    made = make_everything(user, label=NAME)
    for row in made.values():
        name_in_json_and_neutral_keys(row)
    return made["stakeholders.Stakeholder"]


def name_in_json_and_neutral_keys(row):
    values = {}
    for field in row._meta.local_fields:
        if isinstance(field, models.JSONField):
            values[field.name] = {"words": [f"said {NAME}"]}
        elif isinstance(field, models.CharField) and field.name.endswith("_key"):
            values[field.name] = uuid.uuid4().hex[: field.max_length]
    if row._meta.label in {"core.AuditEvent", "core.Erasure"}:
        return
    type(row).objects.filter(pk=row.pk).update(**values)


def tables_saying(words):
    """Every table, of this space or global, with a row that holds the words in any column."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s", [f"%{words}%"])
            if cursor.fetchone()[0]:
                found.add(model._meta.label)
    return found


def test_every_table_with_a_stakeholder_is_held_or_says_why_it_holds_nothing():
    to_people = {model._meta.label for model in apps.get_models() if keys_to(model, Stakeholder)}
    assert to_people - named_tables() == set(HOLDS_NOTHING)
    assert all(len(reason) > 10 for reason in HOLDS_NOTHING.values())


def test_every_column_that_names_an_account_is_handed_over_by_itself(person):
    # Reminders are of a person or of an account, never of both.
    ReminderPreference.objects.create(user=person.user)
    said = {"item_id": person.pk, "step": "coordination", "mail": OutboxMail.objects.first()}
    Delivery.objects.create(user=person.user, sent_on=date(2026, 11, 1), **said)
    export = export_of(subject_of(person))
    acts = next(part["rows"] for part in export["holdings"] if part["code"] == "acts")
    expected = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        if issubclass(model, TenantModel)
        for field in keys_to(model, User)
        # The second person, who is another one by a rule of the database.
        if field.name not in {"verified_by", "deputy"}
    }
    assert {(row["table"], row["column"]) for row in acts} == expected


def test_each_holding_names_tables_that_exist_and_says_what_becomes_of_them():
    labels = {model._meta.label for model in apps.get_models()}
    for holding in registered_holdings():
        assert {table for table in holding.tables if not table.startswith("*")} <= labels, holding.code
        assert holding.why or holding.fate is Fate.GOES, holding.code
    assert set(_kept) <= labels


def test_name_and_address_are_nowhere_after_erasing_but_where_the_page_says_so(person, admin):
    assert len(tables_saying("canarini")) > 40
    erase_person(person=person, by=admin)
    assert tables_saying("canarini") == {
        "engagement.RegisterEntry",
        "partnerships.AgreementVersion",
        "partnerships.Minutes",
        "reports.ImpactReport",
    }
    assert tables_saying("canarini") <= set(_kept)
    # Who was erased is known by id alone.
    assert Erasure.objects.filter(person_id=person.pk).count() == 1


def test_everything_planted_is_handed_over_and_what_goes_is_gone(person, admin):
    planted = dict(plant(person))
    assert len(planted) > 80
    export = json.dumps(export_of(subject_of(person)))
    missing = {where for where, word in planted.items() if word not in export}
    assert sorted(missing - set(NOT_EXPORTED)) == []
    assert sorted(set(NOT_EXPORTED) - missing) == []

    erase_person(person=person, by=admin)
    fates = {}
    for holding in registered_holdings():
        for table in holding.tables:
            fates.setdefault(table, set()).add(holding.fate)
    left = {where for where, word in planted.items() if tables_saying(word)}
    gone = {where for where in planted if not {Fate.STAYS, Fate.KEPT} & fates[where.rpartition(".")[0]]}
    assert sorted(left & gone) == sorted(LEFT_ON_PURPOSE)
    assert len(gone - left) > 40


def plant(person):
    """A word of its own in every text column of every table named in a holding; (where, word) pairs."""
    number = 0
    for label in sorted(named_tables()):
        if label.startswith("*") or label in {"core.User", "core.Membership", "core.AuditEvent"}:
            continue
        model = apps.get_model(label)
        for column in text_columns(model):
            too_short = (getattr(column, "max_length", None) or 99) < len("zq999x")
            if too_short or isinstance(column, models.EmailField | models.URLField):
                continue
            number += 1
            word = f"zq{number}x"
            value = {"note": word} if isinstance(column, models.JSONField) else word
            rows = model.objects.filter(pk=person.pk) if model is Stakeholder else model.objects.all()
            rows.update(**{column.name: [word] if isinstance(column, ArrayField) else value})
            yield f"{label}.{column.name}", word


def test_account_of_another_space_is_left_to_it_and_forgotten_here(person, admin, neighbour):
    user = User.objects.get(email=ADDRESS)
    Membership.objects.create(tenant=neighbour, user=user)
    erase_person(person=person, by=admin)
    user.refresh_from_db()
    assert (user.name, user.email, user.is_active) == (NAME, ADDRESS, True)
    pointing = [
        (model._meta.label, field.name)
        for model in apps.get_models()
        if issubclass(model, TenantModel)
        for field in keys_to(model, User)
        if model.objects.filter(**{field.name: user}).exists()
    ]
    # Who acted stays known in history, for as long as history is kept.
    assert pointing == [("core.AuditEvent", "actor")]


def test_account_of_this_space_alone_can_do_nothing_any_more(person, admin, client):
    user = User.objects.get(email=ADDRESS)
    client.force_login(user, backend="core.web.backend.SignInBackend")
    assert client.get("/s/borgo/stakeholders/").status_code == 200
    erase_person(person=person, by=admin)
    assert client.get("/s/borgo/stakeholders/").status_code in {302, 404}
    user.refresh_from_db()
    assert (user.name, user.is_active, user.has_usable_password()) == ("Erased person", False, False)
    assert not EmailAddress.objects.filter(user=user).exists()
