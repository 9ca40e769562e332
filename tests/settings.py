"""The product's settings, with the embedded Postgres of the tests put in place first."""

import os
from pathlib import Path

os.environ.setdefault("TELAIO_MODE", "development")
os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parent.parent / ".data" / "test"))
if "DATABASE_URL" not in os.environ:
    from config.services.embedded import provide_database

    provide_database(Path(os.environ["DATA_DIR"]) / "postgres", durable=False)

from config.settings import *  # noqa: F403 - the database must be named before settings are read

# Static files are served by the live server of the browser tests; a missing collection folder is no fault here.
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = DATA_DIR  # noqa: F405 - from the settings
# The zone of the tests' spaces: what a test calls today is their today, also in the hours in which it is not London's.
TIME_ZONE = "Europe/Rome"
