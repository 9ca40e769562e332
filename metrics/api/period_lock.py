"""Settled periods in the API."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from metrics.api.caller import caller
from metrics.models import PeriodLock
from metrics.operations.period_lock import PeriodNotSettledError, PeriodOpenError, lock_period, open_period
from metrics.queries.period_lock import locks_of
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at


class PeriodLockOut(serializers.ModelSerializer[PeriodLock]):
    """A settled period; ``unlocked_at`` is null while it is locked."""

    class Meta:
        model = PeriodLock
        fields = ["id", "starts_on", "ends_on", "locked_at", "unlocked_at", "unlock_reason"]
        read_only_fields = fields


class PeriodLockIn(serializers.Serializer[Any]):
    """The period to settle."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class PeriodOpenIn(serializers.Serializer[Any]):
    """Why it is opened again."""

    reason = serializers.CharField(max_length=300)


class PeriodLockList(SpaceAPIView):
    """The settled periods of a partnership."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.VERIFY_MEASUREMENTS
    serializer_class = PeriodLockOut

    def get_queryset(self) -> QuerySet[PeriodLock]:
        """All of them, opened ones too."""
        return locks_of(self._partnership())

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, the latest period first."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(PeriodLockOut(found, many=True).data)

    @extend_schema(request=PeriodLockIn, responses={201: PeriodLockOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Lock one; 409 when a full partnership has values in it that nobody verified."""
        partnership = self._partnership()
        self.require(Permission.VERIFY_MEASUREMENTS, partnership.scope_id)
        wanted = PeriodLockIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            lock = lock_period(partnership=partnership, by=caller(self), **wanted.validated_data)
        except PeriodNotSettledError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(PeriodLockOut(lock).data, status=201)

    def _partnership(self) -> Partnership:
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))


class PeriodLockOpen(SpaceAPIView):
    """Opening a period again."""

    writing = Permission.VERIFY_MEASUREMENTS
    serializer_class = PeriodOpenIn

    @extend_schema(request=PeriodOpenIn, responses=PeriodLockOut)
    def post(self, request: Request, slug: str, period_lock_id: uuid.UUID, **kwargs: Any) -> Response:
        """Open it with a reason; 409 when it is open."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        self.require(Permission.VERIFY_MEASUREMENTS, partnership.scope_id)
        lock = get_object_or_404(locks_of(partnership), pk=period_lock_id)
        wanted = PeriodOpenIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            opened = open_period(lock=lock, by=caller(self), **wanted.validated_data)
        except PeriodOpenError as refusal:
            raise ConflictError(_("This period is open already.")) from refusal
        return Response(PeriodLockOut(opened).data)
