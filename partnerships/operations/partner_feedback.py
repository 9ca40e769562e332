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
from partnerships.models import PartnerFeedback, Partnership
from partnerships.queries.representative import acting_member
from partnerships.rules.partner_feedback import MOST_A_DAY, answer_by, can_answer


class FeedbackRefusedError(Exception):
    """It cannot be said or answered by this person, or was answered already; the message says why."""


def give_partner_feedback(
    *,
    partnership: Partnership,
    about: str,
    wish: str,
    text: str,
    by: User,
    is_anonymous: bool = False,
    may_be_shown: bool = False,
    today: date | None = None,
) -> PartnerFeedback:
    """Say something for the organisation one speaks for; coordination answers within ten working days.

    Raises FeedbackRefusedError for somebody who speaks for no member here and beyond ten a day, ValidationError by
    field.
    """
    member = acting_member(by, partnership)
    if member is None:
        raise FeedbackRefusedError(_("Only who speaks for a member of the partnership can say this."))
    try:
        count_use_of(f"partner_feedback:{by.pk}", limit=MOST_A_DAY, per=timedelta(days=1))
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
        given_by=by,
        answer_by=answer_by(today or timezone.localdate()),
    )
    feedback.full_clean(exclude=["partnership", "member", "given_by", "answered_by"])
    with transaction.atomic():
        feedback.save()
        record("partner_feedback.given", feedback, by=by, scope_id=partnership.scope_id, changes={"wish": wish})
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
        locked.full_clean(exclude=["partnership", "member", "given_by", "answered_by"])
    except ValidationError as error:
        raise FeedbackRefusedError(" ".join(error.messages)) from error
    locked.save(update_fields=["answer", "answered_by", "answered_at"])
    record("partner_feedback.answered", locked, by=by, scope_id=scope_id)
    if locked.given_by is not None and locked.given_by.is_active:
        _tell(locked, locked.given_by)
    return locked


def _tell(feedback: PartnerFeedback, who: User) -> None:
    write_mail(
        to=who.email,
        kind="partner_feedback",
        dedup_key=f"partner_feedback:{feedback.pk}",
        language=who.language or tenant_at_work().default_language,
        template="partner_feedback",
        context={
            "name": who.name,
            "partnership": feedback.partnership,
            "url": absolute(space_url("partner_feedback_list", slug=feedback.partnership.slug)),
        },
    )
