"""Reading what partners remarked on an agreement."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from partnerships.models import AgreementVersion, ClauseRequest, PartnershipMember
from partnerships.rules.clause import Part

TONES = {"": "soon", ClauseRequest.Answer.TAKEN: "ok", ClauseRequest.Answer.DECLINED: "idle"}


@dataclass(frozen=True)
class RequestRow:
    """A remark as a page shows it; ``clause`` is the clause's title, empty for the text as a whole."""

    request: ClauseRequest
    organisation: str
    clause: str
    tone: str
    answer_label: str


def requests_of(version: AgreementVersion) -> QuerySet[ClauseRequest]:
    """What was remarked on a version, the oldest first."""
    rows = ClauseRequest.objects.filter(version=version).select_related("member__organisation", "person")
    return rows.order_by("created_at", "id")


def open_request_count(version: AgreementVersion) -> int:
    """How many remarks on a version wait for an answer."""
    return ClauseRequest.objects.filter(version=version, answer="").count()


def request_rows(
    version: AgreementVersion, parts: Sequence[Part], *, member: PartnershipMember | None = None
) -> list[RequestRow]:
    """The remarks on a version with the titles of their clauses; of one ``member`` only, if given."""
    titles = {part.code: part.title for part in parts}
    rows = requests_of(version).filter(member=member) if member else requests_of(version)
    return [
        RequestRow(
            request=request,
            organisation=request.member.organisation.name,
            clause=titles.get(request.clause_code, ""),
            tone=TONES[request.answer],
            answer_label=str(request.get_answer_display()),
        )
        for request in rows
    ]
