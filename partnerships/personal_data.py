"""What partnerships hold on a person: places, signatures, promises; and the signed texts that keep a name."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models import (
    AgendaItem,
    Attendance,
    ClauseRequest,
    ExitStep,
    Meeting,
    PartnershipMember,
    Representative,
    Signature,
    Task,
    TaskEvidence,
    TaskUpdate,
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
            shows=("partnership", "state", "role", "seat", "joined_on", "left_on"), fate=Fate.STAYS,
            why=_("As “Erased person”, so that the partnership's counts stay true"),
        ),
        rows_holding(
            "representations", _("Speaking for members"), Rows(Representative, person=("person",)),
            shows=("member", "can_commit", "since", "until"), fate=Fate.GOES, why="",
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
