"""The history in words: a sentence for each verb that operations record.

Words for every app stand here, because only the history page, which shows them all, needs them.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOUNS: dict[str, str | Promise] = {
    "agreement": _("Agreements"),
    "award": _("Awards"),
    "feedback": _("What residents said"),
    "file": _("Files"),
    "funding": _("Funding"),
    "goal": _("Goals"),
    "indicator": _("Indicators"),
    "invitation": _("Invitations"),
    "mail": _("Mail"),
    "measurement": _("Measurements"),
    "member": _("Members of partnerships"),
    "membership": _("Access to the space"),
    "milestone": _("Milestones"),
    "need": _("Needs"),
    "partnership": _("Partnerships"),
    "report": _("Reports"),
    "representative": _("Representatives"),
    "role": _("Roles"),
    "source": _("Funding sources"),
    "stakeholder": _("Stakeholders"),
    "target": _("Targets"),
    "task": _("Tasks"),
    "tenant": _("The space"),
    "token": _("API tokens"),
}

# %(subject)s is the record, %(person)s somebody named in the event's changes, %(role)s a role.
SENTENCES: dict[str, str | Promise] = {
    "file.stored": _("Stored the file %(subject)s"),
    "indicator.changed": _("Changed the indicator %(subject)s"),
    "indicator.defined": _("Defined the indicator %(subject)s"),
    "invitation.accepted": _("Accepted the invitation sent to %(subject)s"),
    "invitation.revoked": _("Took back the invitation to %(subject)s"),
    "invitation.sent": _("Invited %(subject)s as “%(role)s”"),
    "mail.sent_again": _("Had a mail that was given up tried again"),
    "measurement.questioned": _("Questioned a measurement: %(subject)s"),
    "measurement.verified": _("Verified a measurement: %(subject)s"),
    "member.changed": _("Changed how %(subject)s takes part"),
    "member.invited": _("Invited %(subject)s to a partnership"),
    "member.moved": _("Changed the standing of %(subject)s"),
    "membership.ended": _("Ended the access of %(person)s"),
    "partnership.changed": _("Changed the partnership %(subject)s"),
    "partnership.moved": _("Moved the partnership %(subject)s on"),
    "partnership.started": _("Started the partnership %(subject)s"),
    "report.frozen": _("Froze the figures of the report %(subject)s"),
    "report.published": _("Published the report %(subject)s"),
    "report.rendered": _("Made the PDF of the report %(subject)s"),
    "report.replied": _("Replied to the report %(subject)s"),
    "report.share_ended": _("Ended a link to the report %(subject)s"),
    "report.shared": _("Shared the report %(subject)s by link"),
    "representative.ended": _("Ended somebody's speaking for %(subject)s"),
    "representative.named": _("Named who speaks for %(subject)s"),
    "role.granted": _("Gave %(person)s the role “%(role)s”"),
    "role.taken": _("Took the role “%(role)s” from %(person)s"),
    "stakeholder.added": _("Added the stakeholder %(subject)s"),
    "stakeholder.changed": _("Changed the stakeholder %(subject)s"),
    "stakeholder.person_added": _("Added a contact person: %(subject)s"),
    "target.set": _("Set a target: %(subject)s"),
    "task.cancelled": _("Cancelled the task %(subject)s"),
    "task.changed": _("Changed the task %(subject)s"),
    "task.date_answered": _("Answered the new date asked for %(subject)s"),
    "task.link_followed": _("Answered from a mailed link: %(subject)s"),
    "task.link_renewed": _("Had a new link mailed for the task %(subject)s"),
    "task.link_sent": _("Mailed a link for the task %(subject)s"),
    "task.passed_on": _("Passed the task %(subject)s on to a colleague"),
    "task.proposed": _("Proposed the task %(subject)s"),
    "task.updated": _("Said how the task %(subject)s goes"),
    "tenant.created": _("Created this space"),
    "tenant.settings_changed": _("Changed the settings of the space"),
    "token.made": _("Made the API token %(subject)s"),
    "token.revoked": _("Ended the API token %(subject)s"),
}

ACTORS: dict[str, str | Promise] = {
    "system": _("Telaio"),
    "worker": _("Telaio"),
    "link": _("Somebody with a mailed link"),
    "resident": _("A resident"),
}


def sentence_for(verb: str, *, subject: str, person: str, role: str) -> str:
    """What happened, in words; for a verb without a sentence, what it was about."""
    found = SENTENCES.get(verb)
    if found is None:
        noun = NOUNS.get(verb.partition(".")[0], verb)
        return f"{noun}: {subject}"
    return str(found) % {"subject": subject, "person": person, "role": role}


def actor_in_words(label: str) -> str:
    """Who acted without an account."""
    return str(ACTORS.get(label, label))
