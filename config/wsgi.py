"""The web application as a server calls it; refuses to start with a database role that could pass the walls."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from core.tenancy.role import require_app_role  # noqa: E402 - needs the application registry

require_app_role()
# What was loaded stays to the end: looking for garbage in it costs a tenth of a second, in the middle of somebody's
# request. What requests make is looked through less often than every two thousandth time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
