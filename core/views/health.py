"""Health: alive, and ready to work."""

import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from core.web.access import public


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database and migrations must be there; Redis is reported but not needed for pages."""
    checks = {"database": _database(), "migrations": False, "redis": _redis()}
    if checks["database"]:
        checks["migrations"] = not MigrationExecutor(connection).migration_plan(
            MigrationExecutor(connection).loader.graph.leaf_nodes()
        )
    ready = checks["database"] and checks["migrations"]
    return JsonResponse({"ready": ready, **checks}, status=200 if ready else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return False
    return True


def _redis() -> bool:
    address = urlsplit(settings.REDIS_URL)
    try:
        with socket.create_connection((address.hostname or "", address.port or 6379), timeout=1):
            return True
    except OSError:
        return False
