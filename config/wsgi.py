"""The web application as a server calls it; refuses to start with a database role that could pass the walls."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from core.tenancy.role import require_app_role  # noqa: E402 - needs the application registry

require_app_role()
