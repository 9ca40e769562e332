"""The ledger and promises made elsewhere than in a task, in the API."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from partnerships.api.task import LARGEST_NUMBER, member_of
from partnerships.models import Commitment
from partnerships.operations.commitment import (
    CommitmentIncompleteError,
    CommitmentRefusedError,
    ask_release,
    confirm_commitment,
    decline_commitment,
    keep_commitment,
    move_commitment,
    record_commitment,
    release_commitment,
)
from partnerships.queries.authority import authority_over_member
from partnerships.queries.commitment import commitments_visible_to
from partnerships.queries.ledger import LedgerLineMaker, Wish, ledger_of, origin_choices
from partnerships.queries.partnership import partnership_at
from partnerships.queries.representative import representations_of
from partnerships.rules.ledger import LedgerStatus
from partnerships.rules.task_evidence import Shown


class LedgerLineOut(serializers.Serializer[Any]):
    """One promise, wherever it was made; ``origin`` says where."""

    id = serializers.UUIDField()
    origin = serializers.CharField()
    where = serializers.CharField()
    url = serializers.CharField()
    partnership = serializers.CharField(source="slug")
    organisation_id = serializers.UUIDField(allow_null=True)
    organisation = serializers.CharField(source="who")
    title = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    first_agreed_on = serializers.DateField(allow_null=True)
    kept_on = serializers.DateField(allow_null=True)
    status = serializers.CharField()
    evidence = serializers.CharField()


class CommitmentOut(serializers.ModelSerializer[Commitment]):
    """A promise made elsewhere than in a task."""

    organisation = serializers.CharField(source="member.organisation.name", read_only=True)

    class Meta:
        model = Commitment
        fields = [
            "id", "number", "title", "member_id", "organisation", "source", "reference", "due_on", "first_agreed_on",
            "date_reason", "state", "confirmed_on", "kept_on", "evidence", "release_asked", "release_reason",
        ]  # fmt: skip
        read_only_fields = fields


class CommitmentIn(serializers.Serializer[Any]):
    """A promise to write down."""

    member_id = serializers.UUIDField()
    title = CleanTextField(max_length=200)
    source = serializers.ChoiceField(choices=Commitment.Source.choices)  # type: ignore[assignment]  # a field of that name
    reference = CleanTextField(max_length=200, required=False, allow_blank=True, default="")
    due_on = serializers.DateField(required=False, allow_null=True, default=None)


class KeptIn(serializers.Serializer[Any]):
    """What shows that a promise is kept."""

    note = CleanTextField(max_length=300, required=False, allow_blank=True, default="")
    link = serializers.URLField(max_length=190, required=False, allow_blank=True, default="")


class NothingIn(serializers.Serializer[Any]):
    """Nothing is asked."""


class ReasonIn(serializers.Serializer[Any]):
    """Why."""

    reason = CleanTextField(max_length=500)


class DateIn(ReasonIn):
    """Another date, and why."""

    due_on = serializers.DateField()


FILTERS = [
    OpenApiParameter("status", str, enum=LedgerStatus.values),
    OpenApiParameter("origin", str),
]


class _Ledger(SpaceAPIView):
    reading = Permission.SEE_PARTNERSHIP
    serializer_class = LedgerLineOut

    def lines(self, request: Request, **wanted: Any) -> Response:
        """A page of the ledger; 400 for a status or place that is none."""
        status, origin = request.query_params.get("status", ""), request.query_params.get("origin", "")
        if status and status not in LedgerStatus.values:
            raise serializers.ValidationError({"status": LedgerStatus.values})
        if origin and origin not in dict(origin_choices()):
            raise serializers.ValidationError({"origin": [code for code, _label in origin_choices()]})
        today = timezone.localdate()
        rows = ledger_of(self.viewer, Wish(status=status, origin=origin, **wanted), today=today)
        found = self.paginate_queryset(rows) or []
        return self.get_paginated_response(LedgerLineOut(map(LedgerLineMaker(today=today), found), many=True).data)


class PartnershipLedger(_Ledger):
    """The promises in a partnership."""

    @extend_schema(parameters=FILTERS, responses={200: LedgerLineOut(many=True)})
    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """A page of them, the open ones first."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        return self.lines(request, partnership_id=partnership.pk)


class OwnLedger(_Ledger):
    """What the caller's organisations promised in all partnerships."""

    @extend_schema(parameters=FILTERS, responses={200: LedgerLineOut(many=True)})
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, the open ones first."""
        own = representations_of(self.person).values_list("member__organisation_id", flat=True)
        return self.lines(request, organisations=set(own))


class CommitmentList(SpaceAPIView):
    """Promises made elsewhere than in a task."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.PROPOSE_TASKS
    serializer_class = CommitmentOut

    @extend_schema(responses=CommitmentOut(many=True))
    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """A page of them."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        found = self.paginate_queryset(commitments_visible_to(self.viewer).filter(partnership=partnership))
        return self.get_paginated_response(CommitmentOut(found, many=True).data)

    @extend_schema(request=CommitmentIn, responses={201: CommitmentOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Write one down; by others than its own people it is only proposed. 409 for an organisation that left."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        self.require(Permission.PROPOSE_TASKS, partnership.scope_id)
        wanted = CommitmentIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        member = member_of(self, slug, fields.pop("member_id"))
        if member is None:
            raise Http404
        try:
            commitment = record_commitment(member=member, by=self.person, **fields)
        except CommitmentRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(CommitmentOut(commitment).data, status=201)


class CommitmentDetail(SpaceAPIView):
    """One promise."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = CommitmentOut

    def get(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """The promise."""
        return Response(CommitmentOut(visible_commitment(self, slug, number)).data)


class _Word(SpaceAPIView):
    """A word about a promise by one operation; the authority over it decides."""

    writing = Permission.SEE_PARTNERSHIP
    serializer_class = CommitmentOut

    def say(self, request: Request, slug: str, number: int, *, sent: Any, operation: Any) -> Response:
        """Say it; 404 for another organisation's promise, 400 for what is missing, 409 when it is refused."""
        commitment = visible_commitment(self, slug, number)
        authority = authority_over_member(commitment.member, self.person)
        if not authority.is_own and not authority.coordinates:
            raise Http404
        needed = Permission.PROPOSE_TASKS if authority.coordinates else Permission.UPDATE_TASKS
        self.require(needed, commitment.partnership.scope_id)
        sent.is_valid(raise_exception=True)
        fields = dict(sent.validated_data)
        if operation is keep_commitment:
            fields = {"shown": Shown(**fields)}
        try:
            said = operation(commitment=commitment, by=self.person, **fields)
        except CommitmentIncompleteError as missing:
            raise serializers.ValidationError(missing.fields) from missing
        except CommitmentRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(CommitmentOut(said).data)


class CommitmentConfirm(_Word):
    """Confirming for an organisation what was written down as its promise."""

    @extend_schema(request=None, responses={200: CommitmentOut})
    def post(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """Only who may commit for it; it counts from now on."""
        return self.say(request, slug, number, sent=NothingIn(data={}), operation=confirm_commitment)


class CommitmentDecline(_Word):
    """Saying for an organisation that it did not promise this."""

    @extend_schema(request=ReasonIn, responses={200: CommitmentOut})
    def post(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """Only who may commit for it."""
        return self.say(request, slug, number, sent=ReasonIn(data=request.data), operation=decline_commitment)


class CommitmentKept(_Word):
    """Saying that a promise is kept."""

    @extend_schema(request=KeptIn, responses={200: CommitmentOut})
    def post(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """Only the people of the organisation that made it."""
        return self.say(request, slug, number, sent=KeptIn(data=request.data), operation=keep_commitment)


class CommitmentReleaseRequest(_Word):
    """Asking to be released."""

    @extend_schema(request=ReasonIn, responses={200: CommitmentOut})
    def post(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """Only who may commit for the organisation."""
        return self.say(request, slug, number, sent=ReasonIn(data=request.data), operation=ask_release)


class CommitmentRelease(_Word):
    """Releasing somebody from a promise."""

    @extend_schema(request=ReasonIn, responses={200: CommitmentOut})
    def post(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """Only coordination."""
        return self.say(request, slug, number, sent=ReasonIn(data=request.data), operation=release_commitment)


class CommitmentDate(_Word):
    """Agreeing on another date."""

    @extend_schema(request=DateIn, responses={200: CommitmentOut})
    def post(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """The first date is kept for good."""
        return self.say(request, slug, number, sent=DateIn(data=request.data), operation=move_commitment)


def visible_commitment(view: SpaceAPIView, slug: str, number: int) -> Commitment:
    """The promise of an address; 404 out of sight and for a number no column holds."""
    if number > LARGEST_NUMBER:
        raise Http404
    found: Commitment = get_object_or_404(commitments_visible_to(view.viewer), partnership__slug=slug, number=number)
    return found
