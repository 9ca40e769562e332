"""The tenant of the address, set in one transaction around each request."""

import re

from django.db import connection, transaction

TENANT = re.compile(r"^/s/(\d+)/")


class TenantMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        match = TENANT.match(request.path_info)
        if match is None:
            return self.get_response(request)
        request.tenant_id = int(match[1])
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('app.tenant_id', %s, true)", [match[1]])
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response
