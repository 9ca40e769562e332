"""Printed as JSON: links the demo's people would get by mail later, made in the demo's own database."""

import json
import sys
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from core.access.roles import Role
from core.models import Tenant, User
from core.operations.invitation import invite_person
from core.operations.link import make_link
from core.operations.token import make_token
from core.queries.tenant import root_scope
from core.queries.viewer import viewer_for
from core.tenancy.context import tenant_scope
from core.web.space import space_url
from engagement.models import ActivityRegistration, HoursEntry, Submission, Volunteer
from engagement.operations.resident_mail import STOP_PURPOSE
from engagement.queries.activity_registration import MANAGE
from engagement.queries.volunteer import GUARDIAN, HOURS, OWN_PAGE
from goals.models import Goal
from goals.operations.endorsement_link import make_endorsement_link
from goals.operations.endorsement_round import begin_round
from goals.queries.endorsement import places_in_open_rounds
from partnerships.models import Attendance, Meeting, Signature, Task
from partnerships.operations.agreement import draft_agreement
from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.operations.meeting_link import MEETING_LINK, MINUTES_LINK, make_meeting_link
from partnerships.operations.notes_link import make_notes_link
from partnerships.operations.recognition import Thanks, give_thanks, suggest_thanks
from partnerships.operations.review_link import make_review_link
from partnerships.operations.signature_link import make_signature_link
from partnerships.operations.task_link import make_task_link
from partnerships.operations.thread import write_comment
from partnerships.queries.representative import active_representatives
from partnerships.queries.thread import find_task
from partnerships.rules.meeting import INVITED, WITH_MINUTES
from reports.operations.digest import PREFERENCE_LINK
from reports.operations.partner_page import PARTNER_LINK
from stakeholders.models import Affiliation, ReferenceProfile, RepresentationAudit, Stakeholder, StakeholderMap
from stakeholders.operations.profile import Editor, offer_asset
from stakeholders.operations.profile_link import send_profile_link
from stakeholders.operations.rater_link import send_rating_link
from stakeholders.operations.representation import open_representation_audit
from stakeholders.operations.representation_round import hand_out_slips
from stakeholders.operations.stakeholder_map import add_rater


def links_of(tenant: Tenant, accounts: dict[str, User]) -> list[str]:
    """What can be opened in one space without an account, by kind."""
    by = accounts["coordinator"]
    invite_person(
        email=f"guest@{tenant.slug}.example",
        name="Guest",
        role=Role.EVALUATOR,
        scope=root_scope(),
        language=tenant.default_language,
        by=accounts["tenant_admin"],
    )
    make_token(name="Spreadsheet", permissions=[], lasts=timedelta(days=30), by=by)
    task = (
        Task.objects.filter(person__isnull=False, member__isnull=False)
        .select_related("person", "member", "partnership")
        .order_by("number", "id")
        .first()
    )
    submission = Submission.objects.order_by("id").first()
    assert task is not None
    assert task.person is not None
    assert submission is not None
    later: dict[str, Any] = {"lasts": timedelta(days=9), "by": by}
    _stop, stop = make_link(purpose=STOP_PURPOSE, subject_id=submission.pk, **later)
    _rhythm, rhythm = make_link(purpose=PREFERENCE_LINK, subject_id=task.person.pk, person_id=task.person.pk, **later)
    _ended, ended = make_task_link(task=task, person=task.person, by=by, expires_at=timezone.now() - timedelta(days=1))
    paths = [space_url("feedback_contact_stop", token=stop), space_url("reminder_choice", token=rhythm), ended]
    member = task.member
    assert member is not None
    version = draft_agreement(
        partnership=task.partnership, title="Addendum", text="## 1\n\nMore.", language=tenant.default_language, by=by
    )
    open_agreement_for_signing(version=version, members=[member], by=by, is_read=True)
    signature = Signature.objects.get(version=version)
    speaker = active_representatives().filter(member=member, can_commit=True).first()
    assert speaker is not None
    paths.append(make_signature_link(signature=signature, person=speaker.person, by=by)[1])
    paths.append(make_review_link(version=version, person=speaker.person, by=by)[1])
    paths.append(_stand(by))
    paths.append(_slip(by))
    rater = add_rater(found=StakeholderMap.objects.order_by("created_at").first(), by=by, person=speaker.person)
    paths.append(send_rating_link(rater=rater, by=by))
    place = Affiliation.objects.select_related("person", "organisation").get(
        person=speaker.person, organisation=member.organisation_id
    )
    paths.append(send_profile_link(place=place, by=by))
    offer_asset(organisation=place.organisation, editor=Editor(person=place.person), kind="place", title="A room")
    asked = Attendance.objects.select_related("person", "meeting")
    coming = asked.filter(meeting__state__in=INVITED).order_by("pk").first()
    was_there = asked.filter(meeting__state__in=WITH_MINUTES, presence="present").order_by("pk").first()
    paths.append(make_meeting_link(attendance=coming, purpose=MEETING_LINK, by=by))
    paths.append(make_meeting_link(attendance=was_there, purpose=MINUTES_LINK, by=by))
    Meeting.objects.filter(pk=coming.meeting_id).update(note_taker=speaker.person)
    paths.append(make_notes_link(meeting=coming.meeting, person=speaker.person, by=by)[1])
    later |= {"person_id": speaker.person.pk, "recipient_email": speaker.person.email}
    _page, page = make_link(purpose=PARTNER_LINK, subject_id=speaker.person.pk, **later)
    paths += [space_url("partner_page", token=page), space_url("partner_values", token=page)]
    return paths + _channel_links(task, speaker.person, by) + _places(later)


def _places(later: dict[str, Any]) -> list[str]:
    """A place at an activity, a volunteer's own page, a guardian's and a host's button."""
    volunteer = Volunteer.objects.exclude(email="").order_by("name")[0]
    made = (
        ("registration_manage", MANAGE, ActivityRegistration.objects.filter(state="going").order_by("position")[0].pk),
        ("volunteer_page", OWN_PAGE, volunteer.pk),
        ("volunteer_guardian", GUARDIAN, volunteer.pk),
        ("hours_confirm", HOURS, HoursEntry.objects.order_by("hours")[0].pk),
    )
    return [
        space_url(name, token=make_link(purpose=purpose, subject_id=key, **later)[1]) for name, purpose, key in made
    ]


def _channel_links(task: Task, person: Stakeholder, by: User) -> list[str]:
    """A question to answer, a thank-you to consent to, updates to stop."""
    subject = find_task(viewer_for(by), task.pk)
    assert subject is not None
    comment = write_comment(subject=subject, text="Who has the keys?", by=by)
    thanks = suggest_thanks(partnership=task.partnership, to=f"p:{person.pk}", thanks=Thanks("The keys"), by=by)
    give_thanks(recognition=thanks, by=by)
    made = (
        ("comment_link", "comment", comment.pk),
        ("thanks_link", "thanks", thanks.pk),
        ("update_stop", "updates", person.pk),
    )
    terms = {"lasts": timedelta(days=9), "by": by, "person_id": person.pk, "recipient_email": person.email}
    return [
        space_url(name, token=make_link(purpose=purpose, subject_id=subject_id, **terms)[1])
        for name, purpose, subject_id in made
    ]


def _stand(by: User) -> str:
    """Where somebody says where their organisation stands on a goal; a running goal is asked about once more."""
    places = places_in_open_rounds().exclude(member__representatives=None).order_by("asked_on", "id")
    if not places.exists():
        goal = Goal.objects.filter(state="active").select_related("partnership", "indicator").order_by("id")[0]
        begin_round(goal, version_number=goal.version_number, by=by, today=timezone.localdate())
    place = places[0]
    speaker = active_representatives().filter(member=place.member, can_commit=True).first()
    assert speaker is not None
    return make_endorsement_link(endorsement=place, person=speaker.person, by=by)[1]


def _slip(by: User) -> str:
    """The page on which members of a body answer, without the code of a slip."""
    today = timezone.localdate()
    profile = ReferenceProfile.objects.filter(dimension="age_band").first()
    assert profile is not None
    # Older than the demo's own, so that the list still begins with those.
    audit = open_representation_audit(
        profile=profile,
        body="Volunteers",
        audited_on=today - timedelta(days=200),
        method=RepresentationAudit.Method.ANONYMOUS,
        by=by,
    )
    handed_out = hand_out_slips(audit=audit, number=9, ends_on=today + timedelta(days=9), by=by)
    return urlsplit(handed_out.url).path


def print_links(roles: dict[str, dict[str, str]]) -> None:
    """Print the links of each space; ``roles`` gives the e-mail address of each role in it."""
    found = {}
    for tenant in Tenant.objects.filter(slug__in=roles).order_by("slug"):
        accounts = {role: User.objects.get(email=email) for role, email in roles[tenant.slug].items()}
        with tenant_scope(tenant.pk):
            found[tenant.slug] = links_of(tenant, accounts)
    sys.stdout.write(json.dumps(found))
