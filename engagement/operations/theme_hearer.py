"""Telling residents what became of a suggestion made from their words."""

from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from engagement.models import Submission, SubmissionReply
from engagement.operations.resident_mail import write_reply_mail
from engagement.queries.public_phrase import read_in
from engagement.queries.theme_hearer import messages_behind, theme_behind
from goals.models import GoalSuggestion


def tell_residents(suggestion: GoalSuggestion, by: User) -> None:
    """Have everybody in the theme read with their code what became of it; mail whoever left an address to be told.

    Where each message stands does not change: the theme's own answer is still to come. Part of the operation that
    answers the suggestion, which happens once.
    """
    theme = theme_behind(suggestion)
    if theme is None:
        return
    told = list(messages_behind(theme).select_for_update(of=("self",)))
    for submission in told:
        reply = SubmissionReply(submission=submission, text=_words(suggestion, submission), by=by)
        reply.full_clean(exclude={"submission", "by"})
        reply.save()
        if submission.wants_reply:
            write_reply_mail(reply, by=by)
    if told:
        changes = {"messages": len(told)}
        record("theme.residents_told", theme, by=by, scope_id=theme.partnership.scope_id, changes=changes)


def _words(suggestion: GoalSuggestion, submission: Submission) -> str:
    """What the answer says, in the language the resident wrote in."""
    with read_in(submission.language, submission.partnership.slug):
        terms = {"text": suggestion.text, "state": suggestion.get_state_display(), "answer": suggestion.answer}
        return (
            _("From what you and others told us, this was suggested for our goals: “%(text)s”\n\n%(state)s: %(answer)s")
            % terms
        )
