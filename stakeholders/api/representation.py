"""Audits of who sits in a body, in the API: the same sheet as on the page, so nothing more can be got from here."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from stakeholders.api.fields import optional_text
from stakeholders.models import RepresentationAudit
from stakeholders.operations.representation import (
    AuditStateError,
    change_representation_action,
    close_representation_audit,
    count_by_hand,
    delete_representation_audit,
    open_representation_audit,
    place_representation_audit,
)
from stakeholders.queries.representation import (
    Counting,
    audits_visible_to,
    profiles_visible_to,
    round_of,
    sheet_for,
)
from stakeholders.rules.representation import MOST_COUNTED, Band, Sheet, SheetRow, State
from stakeholders.rules.representation_hiding import Showing
from stakeholders.rules.representation_profile import MOST_GROUPS
from stakeholders.rules.representation_words import finding_in_each_language


class RepresentationOut(serializers.ModelSerializer[RepresentationAudit]):
    """An audit, without what was counted."""

    dimension = serializers.CharField(source="profile.dimension", read_only=True)

    class Meta:
        model = RepresentationAudit
        fields = [
            "id", "profile_id", "scope_id", "dimension", "body", "audited_on", "method", "missing_voices", "action",
            "action_on", "closed_on",
        ]  # fmt: skip
        read_only_fields = fields


class RepresentationRowOut(serializers.Serializer[SheetRow]):
    """A group. ``count`` is null when it is hidden; ``showing`` says whether it is below five or withheld."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    population_count = serializers.IntegerField(source="population")
    showing = serializers.ChoiceField(choices=[one.value for one in Showing], source="cell.showing")
    count = serializers.IntegerField(source="cell.count", allow_null=True)
    parity_ratio = serializers.SerializerMethodField(help_text="Two decimals; null when it is not told.")
    band = serializers.ChoiceField(choices=[one.value for one in Band])

    def get_parity_ratio(self, row: SheetRow) -> str | None:
        """Share in the body divided by share in the community."""
        return None if row.parity is None else f"{int(row.parity * 100) / 100:.2f}"


class RepresentationSheetOut(serializers.Serializer[Sheet]):
    """A body beside its community. ``stated`` and ``not_stated`` are null below five answers."""

    state = serializers.ChoiceField(choices=[one.value for one in State])
    answers = serializers.IntegerField()
    stated = serializers.IntegerField(allow_null=True)
    not_stated = serializers.IntegerField(allow_null=True)
    rows = RepresentationRowOut(many=True)
    finding = serializers.SerializerMethodField(help_text="Who is missing, by language.")

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_finding(self, sheet: Sheet) -> dict[str, str]:
        """The sentence in each language."""
        return finding_in_each_language(sheet)


class RepresentationDetailOut(RepresentationOut):
    """An audit with what may be told. ``sheet`` is null while people are answering."""

    counting = serializers.SerializerMethodField()
    sheet = serializers.SerializerMethodField()

    class Meta(RepresentationOut.Meta):
        fields = [*RepresentationOut.Meta.fields, "counting", "sheet"]
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=[one.value for one in Counting]))
    def get_counting(self, audit: RepresentationAudit) -> str:
        """How far the counting is."""
        return round_of(audit).counting.value

    @extend_schema_field(RepresentationSheetOut(allow_null=True))
    def get_sheet(self, audit: RepresentationAudit) -> dict[str, Any] | None:
        """What may be told."""
        return None if round_of(audit).is_open else dict(RepresentationSheetOut(sheet_for(audit)).data)


class RepresentationIn(serializers.Serializer[Any]):
    """A body to look at."""

    profile_id = serializers.UUIDField()
    scope_id = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="Of the partnership whose body it is; null: the space."
    )
    body = CleanTextField(max_length=120)
    audited_on = serializers.DateField()
    method = serializers.ChoiceField(
        choices=RepresentationAudit.Method.choices, default=RepresentationAudit.Method.ANONYMOUS
    )


class GroupCountIn(serializers.Serializer[Any]):
    """How many belong to a group."""

    category_id = serializers.UUIDField()
    count = serializers.IntegerField(min_value=0, max_value=MOST_COUNTED)


class GroupCountsIn(serializers.Serializer[Any]):
    """Counts by hand; groups left out have nobody. ``from_cards``: they are from cards without names."""

    counts = serializers.ListField(child=GroupCountIn(), max_length=MOST_GROUPS)
    not_stated = serializers.IntegerField(min_value=0, max_value=MOST_COUNTED, default=0)
    from_cards = serializers.BooleanField(default=False)


class RepresentationPlaceIn(serializers.Serializer[Any]):
    """The partnership whose body it is, by its scope; null for a body of the whole space."""

    scope_id = serializers.UUIDField(allow_null=True)


class RepresentationActionIn(serializers.Serializer[Any]):
    """What is done, and by when."""

    action = optional_text(300, multiline=True)
    action_on = serializers.DateField(required=False, allow_null=True)


class RepresentationCloseIn(RepresentationActionIn):
    """Who is missing, what is done, and by when."""

    missing_voices = optional_text(300, multiline=True)


@contextmanager
def refusals_as_conflicts() -> Iterator[None]:
    """Answer with 409 where the state of an audit refuses."""
    try:
        yield
    except AuditStateError as refusal:
        raise ConflictError(str(refusal)) from refusal


class AuditView(SpaceAPIView):
    """What the views of one audit share."""

    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = RepresentationDetailOut

    def found(self) -> RepresentationAudit:
        """The audit of the address; 404 for one that may not be seen."""
        return get_object_or_404(audits_visible_to(self.viewer), pk=self.kwargs["audit_id"])


class AuditList(SpaceAPIView):
    """Bodies looked at."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = RepresentationOut

    @extend_schema(responses=RepresentationOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, the newest first."""
        found = self.paginate_queryset(audits_visible_to(self.viewer))
        return self.get_paginated_response(RepresentationOut(found, many=True).data)

    @extend_schema(request=RepresentationIn, responses={201: RepresentationDetailOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Begin to look at a body; 400 for what nobody can know of others."""
        wanted = RepresentationIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        facts = wanted.validated_data
        profile = get_object_or_404(profiles_visible_to(self.viewer), pk=facts.pop("profile_id"))
        audit = open_representation_audit(profile=profile, by=self.person, **facts)
        return Response(RepresentationDetailOut(audit).data, status=status.HTTP_201_CREATED)


class AuditDetail(AuditView):
    """One audit."""

    reading = Permission.SEE_STAKEHOLDERS

    def get(self, request: Request, **kwargs: Any) -> Response:
        """With its sheet."""
        return Response(RepresentationDetailOut(self.found()).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it back; 409 when it is closed."""
        with refusals_as_conflicts():
            delete_representation_audit(audit=self.found(), by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AuditCounts(AuditView):
    """Counting by hand."""

    @extend_schema(request=GroupCountsIn, responses=RepresentationDetailOut)
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Type in all counts; 400 for guesses about people, 409 when it is closed or people answer themselves."""
        audit = self.found()
        wanted = GroupCountsIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        facts = wanted.validated_data
        counts = {one["category_id"]: one["count"] for one in facts.pop("counts")}
        with refusals_as_conflicts():
            counted = count_by_hand(audit=audit, counts=counts, by=self.person, **facts)
        return Response(RepresentationDetailOut(counted).data)


class AuditClose(AuditView):
    """The end of an audit."""

    @extend_schema(request=RepresentationCloseIn, responses=RepresentationDetailOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Close it; 400 without sentence, action and day (R-S11), 409 when it cannot be closed now."""
        audit = self.found()
        wanted = RepresentationCloseIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        facts = {"missing_voices": "", "action": "", "action_on": None} | wanted.validated_data
        with refusals_as_conflicts():
            closed = close_representation_audit(audit=audit, by=self.person, **facts)
        return Response(RepresentationDetailOut(closed).data)


class AuditAction(AuditView):
    """What is done about it."""

    @extend_schema(request=RepresentationActionIn, responses=RepresentationDetailOut)
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Say it anew; 400 without action and day, 409 when the audit is not closed."""
        audit = self.found()
        wanted = RepresentationActionIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        facts = {"action": "", "action_on": None} | wanted.validated_data
        with refusals_as_conflicts():
            changed = change_representation_action(audit=audit, by=self.person, **facts)
        return Response(RepresentationDetailOut(changed).data)


class AuditPlace(AuditView):
    """Whose body it is."""

    @extend_schema(request=RepresentationPlaceIn, responses=RepresentationDetailOut)
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Say it; for whoever coordinates the whole space. 400 where the place has a count of that body that day."""
        audit = self.found()
        wanted = RepresentationPlaceIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        with refusals_as_conflicts():
            placed = place_representation_audit(audit=audit, by=self.person, **wanted.validated_data)
        return Response(RepresentationDetailOut(placed).data)
