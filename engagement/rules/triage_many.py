"""What can be done with many messages at once."""

from django.db.models import TextChoices

MOST_AT_ONCE = 100


class ManyAct(TextChoices):
    """One act, done with each message by the rules of one alone."""

    READ = "read"
    JOIN = "join"
    FILE = "file"
    GIVE = "give"
    SET_ASIDE = "set_aside"
    REOPEN = "reopen"
