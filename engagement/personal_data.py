"""What residents' messages hold on a person: those that left the person's own address."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from engagement.models import (
    ActivityRegistration,
    HoursEntry,
    PictureConsent,
    Post,
    PostConsent,
    RegisterEntry,
    RegistrationNeed,
    Submission,
    SubmissionAddition,
    SubmissionPhoto,
    SubmissionReply,
    SurveyInvitation,
    Volunteer,
    VolunteerOpportunity,
)
from engagement.rules.post import AGREED, OUT
from engagement.rules.volunteer_notice import NOTHING_KNOWN
from stakeholders.personal_data import (
    Fate,
    Holding,
    KeptWords,
    Rows,
    register_holding,
    register_kept_words,
    rows_holding,
)
from stakeholders.personal_data.holding import Row, row_as_values
from stakeholders.personal_data.masking import Masker
from stakeholders.personal_data.records import forget_bytes
from stakeholders.personal_data.subject import Subject


def register_own() -> None:
    """Name what is held here; the message last, by whose address the rest is found."""
    of_message = ("submission__contact_email",)
    register_holding(
        rows_holding(
            "submission_additions",
            _("What was added to messages as a resident"),
            Rows(SubmissionAddition, address=of_message),
            shows=("added_hour", "text"),
            fate=Fate.GOES,
            why="",
        )
    )
    register_holding(
        rows_holding(
            "submission_photos",
            _("Photos sent with messages as a resident"),
            Rows(SubmissionPhoto, address=of_message),
            shows=("content_type", "description"),
            fate=Fate.GOES,
            why="",
        )
    )
    register_holding(
        rows_holding(
            "submission_replies",
            _("Answers to messages as a resident"),
            Rows(SubmissionReply, address=of_message),
            shows=("at", "text"),
            fate=Fate.EMPTIED,
            empties={"text": ""},
            why=_("That they were answered stays counted"),
        )
    )
    register_holding(
        rows_holding(
            "submissions",
            _("Messages as a resident"),
            Rows(Submission, address=("contact_email",)),
            shows=("received_hour", "category", "text", "place", "language", "contact_email", "state", "passed_to"),
            fate=Fate.EMPTIED,
            empties={"text": "", "text_key": "", "place": "", "language": "", "contact_email": "", "passed_to": ""},
            why=_("Address and words go; that a message came and was answered stays counted"),
        )
    )
    register_holding(
        rows_holding(
            "survey_invitations",
            _("Invitations to surveys"),
            Rows(SurveyInvitation, address=("email",)),
            shows=("sent_on", "email", "language", "is_used"),
            fate=Fate.EMPTIED,
            empties={"email": "", "language": ""},
            why=_("That somebody was invited stays counted; which answers are theirs is written nowhere"),
        )
    )
    _register_activities()
    _register_volunteering()
    register_holding(PICTURE_CONSENT_HOLDING)


def _register_activities() -> None:
    """What people need first, which is found by the address on their registration."""
    register_holding(
        rows_holding(
            "registration_needs",
            _("What they need to take part in activities"),
            Rows(RegistrationNeed, address=("registration__email",)),
            shows=("text",),
            fate=Fate.GOES,
            why="",
        )
    )
    register_holding(
        rows_holding(
            "registrations",
            _("Places at activities"),
            Rows(ActivityRegistration, address=("email",)),
            shows=(
                "activity",
                "registered_hour",
                "name",
                "email",
                "phone",
                "language",
                "people",
                "people_came",
                "state",
            ),
            fate=Fate.EMPTIED,
            empties={"name": "", "email": "", "phone": "", "language": ""},
            why=_("Name and contact go; how many came stays counted"),
        )
    )


def _register_volunteering() -> None:
    """Hours and lines of the register first, which are found by the address on the volunteer's file."""
    by_law = _("The law asks for a complete register of volunteers (art. 17 CTS; GDPR art. 17(3)(b))")
    register_kept_words(
        KeptWords(
            "engagement.RegisterEntry", ("name", "tax_code", "born", "residence"), _("Volunteer register"), by_law
        )
    )
    for holding in (
        rows_holding(
            "volunteer_hours", _("Hours given as a volunteer"), Rows(HoursEntry, address=("volunteer__email",)),
            shows=("opportunity", "on", "hours", "state", "note"), fate=Fate.EMPTIED, empties={"note": ""},
            why=_("The hours stay counted, without a name"),
        ),
        rows_holding(
            "volunteer_register", _("Volunteer register"), Rows(RegisterEntry, address=("volunteer__email",)),
            shows=("number", "name", "tax_code", "born", "residence", "starts_on", "ends_on"), fate=Fate.KEPT,
            why=by_law,
        ),
        rows_holding(
            "volunteers", _("Files as a volunteer"), Rows(Volunteer, address=("email", "guardian_email")),
            shows=(
                "partnership", "name", "email", "phone", "language", "guardian_name", "guardian_email",
                "guardian_consent_on",
                "check_outcome", "check_on", "trained_on", "agreed_on", "state", "left_on", "exit_answer",
            ),
            fate=Fate.EMPTIED, empties=NOTHING_KNOWN, why=_("Everything on the person goes; their shifts stay counted"),
        ),
        rows_holding(
            "supervision", _("Being there for volunteers"), Rows(VolunteerOpportunity, person=("supervisor",)),
            shows=("partnership", "title"), fate=Fate.STAYS, why=_("Which work it was stays; their name does not"),
        ),
    ):  # fmt: skip
        register_holding(holding)


NOBODY_SHOWN: dict[str, object] = {"who": "", "guardian": "", "how": "", "scope": "", "email": ""}
CONSENTS = Rows(PictureConsent, address=("email",))
CONSENT_SHOWS = (
    "partnership", "who", "is_minor", "guardian", "given_on", "how", "scope", "channel", "expires_on", "ended_on",
    "email",
)  # fmt: skip


def let_go_of_posts(consents: Collection[PictureConsent], *, why: str) -> list[Post]:
    """Take posts that rest on consents which hold no more out of use, with their pictures; returns the posts.

    What is not out yet is a draft again; what is out counts as withdrawn, and somebody takes it down (R-M2).
    """
    rows = Post.objects.select_for_update(of=("self",)).select_related("partnership", "picture")
    resting = PostConsent.objects.filter(consent__in=consents).order_by().values("post")
    posts = list(rows.filter(pk__in=resting).order_by("pk"))
    for post in posts:
        stored, post.picture = post.picture, None
        if post.state in OUT:
            post.state, post.withdrawn_on = Post.State.WITHDRAWN, timezone.localdate()
            post.withdrawn_reason = why
        elif post.state in AGREED:
            post.state, post.approved_by, post.approved_alone_because = Post.State.DRAFT, None, ""
        post.save()
        forget_file(stored)
    return posts


def forget_file(stored: StoredFile | None) -> None:
    """Delete a file nothing points at any more, row and bytes."""
    if stored is not None:
        forget_bytes(stored)
        stored.delete()


def forget_consents(consents: Collection[PictureConsent]) -> int:
    """Take names and papers out of consents; that one was given and when it ended stays. Returns how many."""
    for consent in consents:
        stored, consent.evidence = consent.evidence, None
        consent.save(update_fields=["evidence"])
        forget_file(stored)
    keys = [consent.pk for consent in consents]
    return PictureConsent.objects.filter(pk__in=keys).update(**NOBODY_SHOWN)


def _erase_consents(subject: Subject) -> int:
    consents = list(CONSENTS.of(subject).select_related("evidence"))
    PictureConsent.objects.filter(pk__in=[one.pk for one in consents], ended_on=None).update(
        ended_on=timezone.localdate()
    )
    let_go_of_posts(consents, why="")
    return forget_consents(consents)


def _export_consents(subject: Subject, masker: Masker) -> list[Row]:
    rows = CONSENTS.of(subject).select_related("partnership", "channel")
    return [row_as_values(row, CONSENT_SHOWS, masker) for row in rows]


PICTURE_CONSENT_HOLDING = Holding(
    "picture_consents",
    _("Consents to be shown in posts"),
    ("engagement.PictureConsent",),
    Fate.EMPTIED,
    _("Posts that rest on them are taken back and their pictures deleted; that there was a consent stays, nameless"),
    CONSENTS.ids,
    _export_consents,
    _erase_consents,
)
