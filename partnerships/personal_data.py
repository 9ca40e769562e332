"""What partnerships hold on a person: places, signatures, promises; and the signed texts that keep a name."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models import (
    AgendaItem,
    Attendance,
    ClauseRequest,
    ClosingStep,
    Comment,
    ExitStep,
    Meeting,
    PartnerFeedback,
    PartnershipMember,
    Recognition,
    Representative,
    ShelfVersion,
    Signal,
    Signature,
    Task,
    TaskEvidence,
    TaskUpdate,
    UpdateStop,
    Worry,
    WorryContact,
)
from stakeholders.personal_data import (
    Fate,
    KeptWords,
    Rows,
    register_holding,
    register_kept_words,
    rows_holding,
)

SIGNED = Q(state=Signature.State.SIGNED)
SIGNATURE_SHOWS = ("version", "member", "name", "capacity", "state", "hash_signed", "reason", "answered_at")
BY_LAW = _("Kept ten years after the agreement ends, as proof of who agreed to what (GDPR art. 17(3)(e))")


def register_own() -> None:
    """Name what is held here and what keeps a name."""
    for holding in (
        rows_holding(
            "memberships", _("Own membership in partnerships"), Rows(PartnershipMember, person=("organisation",)),
            shows=("partnership", "state", "state_reason", "role", "seat", "joined_on", "left_on", "leaves_on"),
            fate=Fate.STAYS,
            why=_("As “Erased person”, so that the partnership's counts stay true"),
        ),
        rows_holding(
            "representations", _("Speaking for members"), Rows(Representative, person=("person",)),
            shows=("member", "can_commit", "since", "until"), fate=Fate.GOES, why="",
        ),
        rows_holding(
            "closing_steps", _("Points of closing settled"), Rows(ClosingStep, account=("settled_by",)),
            shows=("partnership", "kind", "note", "settled_on"), fate=Fate.STAYS,
            why=_("It shows that a partnership was ended properly"),
        ),
        rows_holding(
            "exit_steps", _("Points of leaving settled"), Rows(ExitStep, account=("settled_by",)),
            shows=("member", "kind", "note", "settled_on"), fate=Fate.STAYS,
            why=_("That it was settled stays; their name is taken out of the text"),
        ),
        rows_holding(
            "signatures", _("Agreements signed"),
            Rows(Signature, person=("person",), account=("user",), only=SIGNED),
            shows=SIGNATURE_SHOWS, fate=Fate.KEPT, why=BY_LAW,
        ),
        rows_holding(
            "signatures_open", _("Agreements to sign"),
            Rows(Signature, person=("person",), account=("user",), only=~SIGNED), shows=SIGNATURE_SHOWS,
            fate=Fate.EMPTIED, empties={"name": "", "capacity": "", "reason": ""},
            why=_("Name and words go; that the partner was asked stays"),
        ),
        rows_holding(
            "clause_requests", _("Remarks on agreements"), Rows(ClauseRequest, person=("person",), account=("user",)),
            shows=("version", "clause_code", "wish", "text", "answer", "answer_reason", "created_at"), fate=Fate.STAYS,
            why=_("It tells how the text came about; their name is taken out of the text"),
        ),
        rows_holding(
            "tasks", _("Tasks taken on"), Rows(Task, person=("person",)),
            shows=("partnership", "title", "result_expected", "state", "due_on", "blocked_reason"), fate=Fate.STAYS,
            why=_("As “Erased person”, so that promises kept and missed stay counted; give open ones to somebody else"),
        ),
        rows_holding(
            "task_updates", _("Words about tasks"),
            Rows(TaskUpdate, person=("person",), account=("user",)), shows=("task", "at", "state", "note"),
            fate=Fate.STAYS, why=_("It tells how the work went; their name is taken out of the text"),
        ),
        rows_holding(
            "attendances", _("Meetings they were asked to"), Rows(Attendance, person=("person",)),
            shows=("meeting", "member", "answer", "answered_at", "presence", "access_needs"), fate=Fate.EMPTIED,
            empties={"access_needs": ""},
            why=_("What they need to take part goes; that somebody was there stays counted"),
        ),
        rows_holding(
            "meetings", _("Meetings they chair or take the minutes of"),
            Rows(Meeting, person=("chair", "note_taker")),
            shows=("partnership", "title", "purpose", "kind", "starts_at", "place", "accessibility", "state",
                "cancelled_reason", "late_reason"),
            fate=Fate.STAYS, why=_("As “Erased person”, so that the meeting keeps its record"),
        ),
        rows_holding(
            "agenda_items", _("Items of meetings they lead"), Rows(AgendaItem, person=("owner_person",)),
            shows=("meeting", "title", "kind", "desired_outcome", "summary", "state"),
            fate=Fate.STAYS, why=_("As “Erased person”, so that the meeting keeps its record"),
        ),
        rows_holding(
            "task_evidence", _("What they showed of tasks"),
            Rows(TaskEvidence, person=("person",), account=("user",)), shows=("task", "at", "note", "link", "file"),
            fate=Fate.STAYS, why=_("It shows that a promise was kept; their name is taken out of the text"),
        ),
        rows_holding(
            "comments", _("Comments written"), Rows(Comment, person=("author_person",), account=("author_user",)),
            shows=("thread", "at", "text", "withdrawn_at"), fate=Fate.STAYS,
            why=_("So that the answers of others can be understood; their name is taken out of the text"),
        ),
        rows_holding(
            "comments_asking", _("Comments that ask them"),
            Rows(Comment, person=("mentioned_person",), account=("mentioned_user",)), shows=("thread", "at"),
            fate=Fate.STAYS, why=_("The words are somebody else's"),
        ),
        rows_holding(
            "shelf_versions", _("Documents brought"), Rows(ShelfVersion, account=("by",)),
            shows=("document", "number", "note", "at"), fate=Fate.STAYS,
            why=_("The documents belong to the partnership"),
        ),
        rows_holding(
            "signals", _("Early signs they looked after"),
            Rows(Signal, account=("seen_by", "chosen_by", "dismissed_by")),
            shows=("partnership", "code", "state", "raised_on", "action", "dismissal_reason"), fate=Fate.STAYS,
            why=_("It tells what was done; their name is taken out of the text"),
        ),
        rows_holding(
            "partner_feedback", _("What they said of working together, and answered"),
            Rows(PartnerFeedback, person=("person",), account=("given_by", "answered_by")),
            shows=("partnership", "about", "wish", "text", "answer", "given_at", "answered_at"), fate=Fate.STAYS,
            why=_("It tells how the work went; their name is taken out of the text"),
        ),
        rows_holding(
            "worries", _("Worries raised in private"),
            Rows(Worry, person=("raised_by_person",), account=("raised_by",)),
            shows=("code", "state", "raised_at", "closed_at"), fate=Fate.EMPTIED,
            empties={"sealed_words": b"", "sealed_answer": b""},
            why=_("The words are sealed: they are on a page only the person itself opens. Erased, they are destroyed"),
        ),
        rows_holding(
            "worry_contacts", _("Being somebody to turn to in private"), Rows(WorryContact, person=("person",)),
            shows=("partnership", "since", "until"), fate=Fate.STAYS,
            why=_("As “Erased person”, so that what was answered can be understood"),
        ),
        rows_holding(
            "update_stops", _("Updates by mail stopped"), Rows(UpdateStop, person=("person",)), shows=("at",),
            fate=Fate.GOES, why="",
        ),
        rows_holding(
            "recognitions", _("Thanks received"), Rows(Recognition, person=("person",)),
            shows=("partnership", "reason", "text", "state", "consent", "given_on", "evidence_url", "source_key"),
            fate=Fate.STAYS, why=_("As “Erased person”; their name is taken out of the text"),
        ),
    ):  # fmt: skip
        register_holding(holding)
    register_kept_words(
        KeptWords(
            "partnerships.Minutes", ("text",), _("Minutes that name them"),
            _("Minutes that went round are fixed by their check sum"),
            ~Q(text_sha256=""),
        )
    )  # fmt: skip
    register_kept_words(
        KeptWords("partnerships.Signature", ("name", "capacity", "reason"), _("Agreements signed"), BY_LAW, SIGNED)
    )
    register_kept_words(
        KeptWords(
            "partnerships.AgreementVersion", ("text",), _("Wordings of agreements that name them"),
            _("A wording that was opened for signing is fixed by its check sum"),
            ~Q(text_sha256=""),
        )
    )  # fmt: skip
    register_kept_words(
        KeptWords(
            "partnerships.AgreementVersion", ("text_before",), _("Wordings of agreements that name them"),
            _("A wording that somebody accepted stays as they accepted it"),
            ~Q(text_before=""),
        )
    )  # fmt: skip
