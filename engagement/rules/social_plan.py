"""What a social media plan begins with, and when it is looked at again (domain 7.7)."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.models import SocialPlan

# Ours, to be changed: a plan that begins with something is written, an empty one is put off.
STARTERS: dict[str, str | Promise] = {
    "objectives": _(
        "People of the area know what we do and how to take part.\nWho spoke to us reads what became of it."
    ),
    "audiences": _("Residents, families, associations; partners and funders read along."),
    "rhythm": _("One post a week on each channel; more around an event."),
    "image_rule": _(
        "Nobody who can be recognised without a written consent; of minors that of a parent or guardian, and rather "
        "from behind. Who changes their mind is taken out the same day."
    ),
    "voice": _("Plain and warm, in the “we” form. No jargon, no blame, no promises we have not agreed on."),
    "pillars": _("What changed. How to take part. Who we are. Thank you. What is not going well, and what we do."),
    "approval_path": _("Whoever writes asks somebody else of the group to read and approve. Nobody approves alone."),
    "accessibility": _(
        "Each picture has a description, each video captions. Short sentences, dates in words, hashtags with capital "
        "letters, no text that stands only in a picture."
    ),
    "credit_rule": _("Partners and funders are named as they ask. A logo only with its owner's consent."),
    "moderation": _(
        "We read comments on working days and answer questions within two days. Insults, personal data and "
        "advertising are hidden, with a word why; criticism stays and is answered."
    ),
    "crisis_steps": _(
        "Stop what is scheduled. Tell coordination at once. One person speaks for all. Say what we know, what we do "
        "and when we write again. Correct mistakes in the open."
    ),
    "measures": _("People reached, questions answered, clicks to our page: how well we tell, not what changed."),
}


def next_review(day: date) -> date:
    """A year later; from a leap day on the last of February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def is_review_due(plan: SocialPlan, *, today: date) -> bool:
    """Whether a year has passed since somebody read it through."""
    return plan.review_on <= today
