"""Views that do what views must not do, on top of the product's addresses."""

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import include, path
from django.views.generic import View
from rest_framework.response import Response
from rest_framework.views import APIView

import config.urls
from core.access.permissions import Permission
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.models import AccessScope, Tenant
from core.tenancy.context import current_tenant_id, tenant_scope
from core.web.access import api_view_door, members, public, requires, signed_in


@public
def raises(request: HttpRequest) -> HttpResponse:
    AccessScope.objects.create(kind="partnership")
    raise ZeroDivisionError


@public
def answers_500(request: HttpRequest) -> HttpResponse:
    AccessScope.objects.create(kind="partnership")
    return HttpResponse(status=500)


@public
def writes(request: HttpRequest) -> HttpResponse:
    AccessScope.objects.create(kind="partnership")
    return HttpResponse("done")


@public
def writes_elsewhere(request: HttpRequest) -> HttpResponse:
    other = Tenant.objects.get(slug="riverside")
    AccessScope.objects.create(kind="partnership", tenant=other)
    return HttpResponse("done")


@public
def enters_another(request: HttpRequest) -> HttpResponse:
    with tenant_scope(Tenant.objects.get(slug="riverside").pk):
        return HttpResponse("done")


@public
def asks_the_database_directly(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_accessscope")
        return HttpResponse(str(cursor.fetchone()[0]))


@public
def streams_late(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(str(scope.pk) for scope in AccessScope.objects.order_by("pk").iterator())


@public
def streams_within(request: HttpRequest) -> StreamingHttpResponse:
    tenant_id = current_tenant_id()

    def lines() -> Any:
        with tenant_scope(tenant_id):
            for scope in AccessScope.objects.order_by("pk").iterator():
                yield str(scope.pk)

    return StreamingHttpResponse(lines())


def without_a_door(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@members
def for_members(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


@requires(Permission.SEE_FUNDING)
def for_funding(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


@signed_in
def for_signed_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


class ClassWithoutDoor(View):
    def get(self, request: HttpRequest, tenant: str) -> HttpResponse:
        return HttpResponse("open")


class ForgotPermissions(APIView):
    """Nobody said who may come in."""

    def get(self, request: Any) -> Response:
        return Response({"secret": 1})

    def post(self, request: Any) -> Response:
        return Response({"secret": 1})


class Thing(SpaceAPIView):
    """Reading needs one permission, writing another; deleting none is offered."""

    reading = Permission.SEE_FUNDING
    writing = Permission.EDIT_FUNDING
    queryset = AccessScope.objects.none()

    def get(self, request: Any) -> Response:
        from core.api.pagination import Pages

        pages = Pages()
        pages.paginate_queryset(AccessScope.objects.order_by("pk"), request, view=self)
        return pages.get_paginated_response([])

    def post(self, request: Any) -> Response:
        AccessScope.objects.create(kind="partnership")
        if "conflict" in request.data:
            raise ConflictError("This is closed.")
        return Response(request.data, status=201)

    def put(self, request: Any) -> Response:
        other = Tenant.objects.get(slug="riverside")
        AccessScope.objects.create(kind="partnership", tenant=other)
        return Response({})


inside = [
    path("raises/", raises),
    path("answers-500/", answers_500),
    path("writes/", writes),
    path("writes-elsewhere/", writes_elsewhere),
    path("enters-another/", enters_another),
    path("direct/", asks_the_database_directly),
    path("streams-late/", streams_late),
    path("streams-within/", streams_within),
    path("no-door/", without_a_door),
    path("no-door-class/", ClassWithoutDoor.as_view()),
    path("members/", for_members),
    path("funding/", for_funding),
    path("forgot/", api_view_door(ForgotPermissions.as_view())),
    path("thing/", Thing.as_view()),
]
urlpatterns = [
    path("s/<slug:tenant>/try/", include(inside)),
    path("p/<slug:tenant>/try/", include(inside)),
    path("try/signed-in/", for_signed_in),
    path("try/direct/", asks_the_database_directly),
    *config.urls.urlpatterns,
]
handler400 = config.urls.handler400
