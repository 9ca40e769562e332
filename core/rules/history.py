"""The history in words: a sentence for each verb that operations record.

Words for every app stand here, because only the history page, which shows them all, needs them.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOUNS: dict[str, str | Promise] = {
    "agreement": _("Agreements"),
    "file": _("Files"),
    "funding": _("Funding"),
    "goal": _("Goals"),
    "indicator": _("Indicators"),
    "invitation": _("Invitations"),
    "kit": _("Kits"),
    "mail": _("Mail"),
    "measurement": _("Measurements"),
    "member": _("Members of partnerships"),
    "membership": _("Access to the space"),
    "milestone": _("Milestones"),
    "partnership": _("Partnerships"),
    "reminders": _("Reminders"),
    "report": _("Reports"),
    "representative": _("Representatives"),
    "resource_need": _("What is needed"),
    "role": _("Roles"),
    "signature": _("Acceptances"),
    "stakeholder": _("Stakeholders"),
    "stakeholders": _("Imports"),
    "submission": _("What residents said"),
    "target": _("Targets"),
    "task": _("Tasks"),
    "tenant": _("The space"),
    "theme": _("You said, we did"),
    "token": _("API tokens"),
}

# %(subject)s is the record, %(person)s somebody named in the event's changes, %(role)s a role.
SENTENCES: dict[str, str | Promise] = {
    "agreement.changed": _("Changed the text of %(subject)s"),
    "agreement.drafted": _("Drafted %(subject)s"),
    "agreement.in_force": _("Put %(subject)s in force"),
    "agreement.opened": _("Opened %(subject)s for acceptance"),
    "agreement.shared": _("Showed %(subject)s to the partners"),
    "file.stored": _("Stored the file %(subject)s"),
    "funding.added": _("Added the funding source %(subject)s"),
    "funding.changed": _("Changed the funding source %(subject)s"),
    "funding.decided": _("Wrote down the decision about %(subject)s"),
    "goal.changed": _("Changed the goal %(subject)s"),
    "goal.drafted": _("Drafted the goal %(subject)s"),
    "goal.examples_confirmed": _("Confirmed the example figures of the goal %(subject)s"),
    "goal.moved": _("Moved the goal %(subject)s on"),
    "goal.tasks_changed": _("Changed which tasks serve the goal %(subject)s"),
    "indicator.changed": _("Changed the indicator %(subject)s"),
    "indicator.defined": _("Defined the indicator %(subject)s"),
    "invitation.accepted": _("Accepted the invitation sent to %(subject)s"),
    "invitation.revoked": _("Took back the invitation to %(subject)s"),
    "invitation.sent": _("Invited %(subject)s as “%(role)s”"),
    "kit.offered": _("Offered the kit %(subject)s again"),
    "kit.retired": _("Offered the kit %(subject)s no longer"),
    "kit.saved": _("Made the kit %(subject)s"),
    "mail.sent_again": _("Had a mail that was given up tried again"),
    "measurement.corrected": _("Corrected a measurement: %(subject)s"),
    "measurement.recorded": _("Entered a measurement: %(subject)s"),
    "measurement.questioned": _("Questioned a measurement: %(subject)s"),
    "measurement.verified": _("Verified a measurement: %(subject)s"),
    "member.changed": _("Changed how %(subject)s takes part"),
    "member.invited": _("Invited %(subject)s to a partnership"),
    "member.moved": _("Changed the standing of %(subject)s"),
    "membership.ended": _("Ended the access of %(person)s"),
    "milestone.added": _("Added the milestone %(subject)s"),
    "milestone.changed": _("Changed the milestone %(subject)s"),
    "milestone.reached": _("Reached the milestone %(subject)s"),
    "partnership.changed": _("Changed the partnership %(subject)s"),
    "partnership.kit_renewed": _("Added to %(subject)s what its kit gained"),
    "partnership.moved": _("Moved the partnership %(subject)s on"),
    "partnership.started": _("Started the partnership %(subject)s"),
    "reminders.rhythm_chosen": _("Chose how often to be reminded"),
    "report.frozen": _("Froze the figures of the report %(subject)s"),
    "report.published": _("Published the report %(subject)s"),
    "report.rendered": _("Made the PDF of the report %(subject)s"),
    "report.replied": _("Replied to the report %(subject)s"),
    "report.share_ended": _("Ended a link to the report %(subject)s"),
    "report.shared": _("Shared the report %(subject)s by link"),
    "representative.ended": _("Ended somebody's speaking for %(subject)s"),
    "representative.named": _("Named who speaks for %(subject)s"),
    "resource_need.opened": _("Wrote down that %(subject)s is needed"),
    "role.granted": _("Gave %(person)s the role “%(role)s”"),
    "role.taken": _("Took the role “%(role)s” from %(person)s"),
    "signature.answered": _("Answered for a partner: %(subject)s"),
    "signature.requested": _("Asked a partner to accept: %(subject)s"),
    "signature.withdrawn": _("Withdrew the asking for acceptance: %(subject)s"),
    "stakeholder.added": _("Added the stakeholder %(subject)s"),
    "stakeholder.changed": _("Changed the stakeholder %(subject)s"),
    "stakeholder.person_added": _("Added a contact person: %(subject)s"),
    "stakeholders.import_begun": _("Uploaded a list of stakeholders"),
    "stakeholders.import_started": _("Started an import of stakeholders"),
    "stakeholders.imported": _("Imported stakeholders"),
    "submission.answered": _("Answered a resident"),
    "submission.contacts_forgotten": _("Removed residents' addresses whose time was over"),
    "submission.closed": _("Closed what a resident said"),
    "submission.filed": _("Put what a resident said under a theme"),
    "submission.marked_spam": _("Marked a message as spam"),
    "submission.read": _("Read what a resident said"),
    "submission.reopened": _("Opened what a resident said again"),
    "target.retired": _("Retired a target: %(subject)s"),
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
    "theme.changed": _("Changed “You said, we did”: %(subject)s"),
    "theme.created": _("Began “You said, we did”: %(subject)s"),
    "theme.published": _("Published “You said, we did”: %(subject)s"),
    "theme.unpublished": _("Withdrew “You said, we did”: %(subject)s"),
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
