"""Saying how the work together goes, and answering it (domain 2.5)."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.permissions import Permission
from core.models import User
from core.operations.audit import record
from core.operations.mail import write_mail
from core.operations.rate import TooOftenError, count_use_of
from core.queries.tenant import tenant_at_work
from core.queries.viewer import viewer_for
from core.web.space import absolute, space_url
from partnerships.models import PartnerFeedback, Partnership, PartnershipMember
from partnerships.queries.representative import acting_member, active_representatives
from partnerships.rules.authority import LinkHolder
from partnerships.rules.partner_feedback import MOST_A_DAY, answer_by, can_answer

# Set by operations, not by people, so not checked as input.
NOT_ASKED = ("partnership", "member", "person", "given_by", "answered_by")


class FeedbackRefusedError(Exception):
    """It cannot be said or answered by this person, or was answered already; the message says why."""


def give_partner_feedback(
    *,
    partnership: Partnership,
    about: str,
    wish: str,
    text: str,
    by: User | LinkHolder,
    is_anonymous: bool = False,
    may_be_shown: bool = False,
    today: date | None = None,
) -> PartnerFeedback:
    """Say something for the organisation one speaks for; coordination answers within ten working days.

    Raises FeedbackRefusedError for somebody who speaks for no member here and beyond ten a day, ValidationError by
    field.
    """
    member = _member_of(by, partnership)
    if member is None:
        raise FeedbackRefusedError(_("Only who speaks for a member of the partnership can say this."))
    account, person = (None, by.person) if isinstance(by, LinkHolder) else (by, None)
    try:
        count_use_of(
            f"partner_feedback:{by.person.pk if isinstance(by, LinkHolder) else by.pk}",
            limit=MOST_A_DAY,
            per=timedelta(days=1),
        )
    except TooOftenError as error:
        raise FeedbackRefusedError(_("That was a lot for one day. Go on tomorrow.")) from error
    feedback = PartnerFeedback(
        partnership=partnership,
        member=member,
        about=about,
        wish=wish,
        text=text.strip(),
        is_anonymous=is_anonymous,
        may_be_shown=may_be_shown,
        given_by=account,
        person=person,
        answer_by=answer_by(today or timezone.localdate()),
    )
    feedback.full_clean(exclude=NOT_ASKED)
    with transaction.atomic():
        feedback.save()
        label = {"actor_label": "link"} if isinstance(by, LinkHolder) else {}
        changes = {"wish": wish}
        record("partner_feedback.given", feedback, by=account, scope_id=partnership.scope_id, changes=changes, **label)
    return feedback


@transaction.atomic
def answer_partner_feedback(*, feedback: PartnerFeedback, text: str, by: User) -> PartnerFeedback:
    """Answer for coordination, once; who said it gets mail without the words.

    Raises FeedbackRefusedError for somebody who does not coordinate, for an empty answer and a second one.
    """
    locked = PartnerFeedback.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=feedback.pk)
    scope_id = locked.partnership.scope_id
    if not viewer_for(by).can(Permission.EDIT_PARTNERSHIP, scope_id):
        raise FeedbackRefusedError(_("Whoever coordinates the partnership answers this."))
    if not (verdict := can_answer(is_answered=locked.answered_at is not None, text=text)):
        raise FeedbackRefusedError(str(verdict.reason))
    locked.answer, locked.answered_by, locked.answered_at = text.strip(), by, timezone.now()
    try:
        locked.full_clean(exclude=NOT_ASKED)
    except ValidationError as error:
        raise FeedbackRefusedError(" ".join(error.messages)) from error
    locked.save(update_fields=["answer", "answered_by", "answered_at"])
    record("partner_feedback.answered", locked, by=by, scope_id=scope_id)
    _tell(locked)
    return locked


def _member_of(by: User | LinkHolder, partnership: Partnership) -> PartnershipMember | None:
    if not isinstance(by, LinkHolder):
        return acting_member(by, partnership)
    found = active_representatives().filter(person=by.person, member__partnership=partnership).first()
    return found.member if found else None


def _tell(feedback: PartnerFeedback) -> None:
    """Mail who said it that there is an answer; a person without an account finds it on their page of links."""
    person, account = feedback.person, feedback.given_by
    if person is not None and (person.do_not_contact or not person.email):
        return
    who = person or (account if account is not None and account.is_active else None)
    if who is None:
        return
    path = space_url("partner_feedback_list", slug=feedback.partnership.slug)
    write_mail(
        to=who.email,
        kind="partner_feedback",
        dedup_key=f"partner_feedback:{feedback.pk}",
        language=who.language or tenant_at_work().default_language,
        template="partner_feedback",
        context={
            "name": who.name,
            "partnership": feedback.partnership,
            "url": "" if person is not None else absolute(path),
        },
    )
