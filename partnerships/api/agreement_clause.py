"""The clauses of an agreement in the API: how far they are, their words, what changed between two versions."""

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from partnerships.api.agreement import edited_version, version_of
from partnerships.models import AgreementClause, AgreementVersion
from partnerships.operations.agreement import AgreementRefusedError
from partnerships.operations.agreement_clause import add_clause, change_clause, move_clause, remove_own_clause
from partnerships.queries.agreement_annex import annexes_of
from partnerships.queries.agreement_clause import ClauseReport, clause_report
from partnerships.queries.agreement_text import text_of
from partnerships.rules.annex import AnnexChange, compare_annexes
from partnerships.rules.redline import Kind, redline
from stakeholders.api.fields import optional_text


class ClauseOut(serializers.Serializer[Any]):
    """A clause; ``number`` is its place in the text, or in the library while it is not used."""

    id = serializers.UUIDField(source="clause.pk")
    code = serializers.CharField(source="clause.code")
    title = serializers.CharField()
    number = serializers.IntegerField()
    is_on = serializers.BooleanField(source="clause.is_on")
    is_required = serializers.BooleanField()
    body = serializers.CharField(source="clause.body", help_text="Empty where the proposed text stands.")
    position = serializers.IntegerField(source="clause.position")


class ClauseFindingOut(serializers.Serializer[Any]):
    """Something the agreement lacks."""

    code = serializers.CharField(source="finding.code")
    message = serializers.CharField(source="finding.message")
    blocks = serializers.BooleanField()


class ClauseReportOut(serializers.Serializer[Any]):
    """All clauses, how complete they are (R-A2), and what is missing (R-A1)."""

    filled = serializers.IntegerField()
    untouched = serializers.IntegerField()
    missing = serializers.IntegerField()
    findings = ClauseFindingOut(many=True)
    used = ClauseOut(many=True)
    unused = ClauseOut(many=True)


class ClauseIn(serializers.Serializer[Any]):
    """The words of a clause; empty ones are the library's own."""

    title = optional_text(120)
    body = optional_text(8000, multiline=True)
    second_title = optional_text(120)
    second_body = optional_text(8000, multiline=True)
    is_on = serializers.BooleanField(required=False)
    move = serializers.ChoiceField(choices=["up", "down"], required=False)


class OwnClauseIn(serializers.Serializer[Any]):
    """A clause of the partners' own."""

    title = CleanTextField(max_length=120)
    body = CleanTextField(max_length=8000, multiline=True)


class SegmentOut(serializers.Serializer[Any]):
    """A piece of text and what became of it."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in Kind])
    text = serializers.CharField(trim_whitespace=False)


class ChangedAnnexOut(serializers.Serializer[Any]):
    """An annex that is not in both versions with the same bytes."""

    change = serializers.ChoiceField(choices=AnnexChange.choices)
    title = serializers.CharField()
    file_name = serializers.CharField()


class RedlineOut(serializers.Serializer[Any]):
    """What changed between two versions: ``same`` and ``deleted`` make the old text, with ``inserted`` the new one."""

    old = serializers.IntegerField()
    new = serializers.IntegerField()
    segments = SegmentOut(many=True)
    annexes = ChangedAnnexOut(many=True)


class ClauseList(SpaceAPIView):
    """The clauses of a version."""

    reading = Permission.EDIT_PARTNERSHIP
    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = ClauseReportOut

    @extend_schema(responses=ClauseReportOut, operation_id="agreement_clauses_report")
    def get(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """The report; empty for a version written freely."""
        return Response(ClauseReportOut(_report(edited_version(self, slug, number, version))).data)

    @extend_schema(request=OwnClauseIn, responses={201: ClauseReportOut})
    def post(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """Add a clause of one's own; 409 where nothing can be changed any more."""
        found = edited_version(self, slug, number, version)
        wanted = OwnClauseIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            add_clause(version=found, by=self.person, **wanted.validated_data)
        except AgreementRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(ClauseReportOut(_report(found)).data, status=status.HTTP_201_CREATED)


class ClauseDetail(SpaceAPIView):
    """One clause."""

    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = ClauseReportOut

    @extend_schema(request=ClauseIn, responses=ClauseReportOut)
    def patch(
        self, request: Request, slug: str, number: int, version: int, clause_id: uuid.UUID, **kwargs: Any
    ) -> Response:
        """Change words, switch on or off, or move; 409 where nothing can be changed any more."""
        found = edited_version(self, slug, number, version)
        clause = _clause(found, clause_id)
        wanted = ClauseIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        words = dict(wanted.validated_data)
        move = words.pop("move", None)
        try:
            if words:
                change_clause(clause=clause, by=self.person, **words)
            if move:
                move_clause(clause=clause, up=move == "up", by=self.person)
        except AgreementRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(ClauseReportOut(_report(found)).data)

    @extend_schema(responses={204: None})
    def delete(
        self, request: Request, slug: str, number: int, version: int, clause_id: uuid.UUID, **kwargs: Any
    ) -> Response:
        """Take out a clause of one's own; 409 for one of the library."""
        found = edited_version(self, slug, number, version)
        try:
            remove_own_clause(clause=_clause(found, clause_id), by=self.person)
        except AgreementRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(status=status.HTTP_204_NO_CONTENT)


class AgreementCompare(SpaceAPIView):
    """What changed between two versions of an agreement."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = RedlineOut

    @extend_schema(
        parameters=[OpenApiParameter("old", int, required=True, description="Number of the version before.")],
        responses=RedlineOut,
        operation_id="agreement_compare",
    )
    def get(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """The pieces in reading order; 400 without a number to compare with."""
        new = version_of(self, slug, number, version)
        wanted = request.query_params.get("old", "")
        if not (wanted.isascii() and wanted.isdigit()):
            raise serializers.ValidationError({"old": ["A version number, please."]})
        old = version_of(self, slug, number, int(wanted[:9]))
        found = {
            "old": old.number,
            "new": new.number,
            "segments": redline(text_of(old), text_of(new)),
            "annexes": compare_annexes(annexes_of(old), annexes_of(new)),
        }
        return Response(RedlineOut(found).data)


def _report(version: AgreementVersion) -> ClauseReport:
    return clause_report(version)


def _clause(version: AgreementVersion, clause_id: uuid.UUID) -> AgreementClause:
    rows = AgreementClause.objects.select_related("version")
    clause: AgreementClause = get_object_or_404(rows, version=version, pk=clause_id)
    return clause
