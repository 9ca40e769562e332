"""Which erasures a restore has to do again: from the list beside the files, and from the database in use."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.core.management.base import CommandError

from core.management.dumps import Address
from core.operations.erasure_list import Erased, once, read_list

OURS = "SELECT tenant_id, person_id, erased_at FROM core_erasure"


def known_erasures(file: Path, database: Address) -> list[Erased]:
    """What the list and a database tell together; a database that is lost, or older than the list, tells nothing.

    Raises CommandError for a list that cannot be read: nobody may be brought back because a line was cut short.
    """
    try:
        listed = read_list(file)
    except (ValueError, KeyError) as error:
        raise CommandError(f"{file} cannot be read: {error}. Mend its lines, or name another list.") from None
    return once([*listed, *_in_database(database)])


def _in_database(database: Address) -> list[Erased]:
    try:
        with psycopg.connect(**database) as connection:
            rows = connection.execute(OURS).fetchall()
    except psycopg.Error:
        return []
    return [Erased(tenant, person, moment.isoformat()) for tenant, person, moment in rows]


def replay_in(database: str, file: Path) -> str:
    """Erase again in another database of the same server, by a process of its own that works as the app does.

    Returns what it said; raises CommandError when somebody could not be erased.
    """
    urls = {name: in_database(getattr(settings, name), database) for name in ("DATABASE_URL", "OWNER_DATABASE_URL")}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "erasures", "--replay", str(file)]
    # An address in a file would win over, or quarrel with, the one named here.
    inherited = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in urls}
    done = subprocess.run(command, env={**inherited, **urls}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(
            f"The rows are back, but erasing again failed. Do not let anybody in before this works there "
            f"(migrate first if the backup is older than this version): manage.py erasures --replay {file}\n"
            f"{done.stderr.strip()[-2000:]}"
        )
    return done.stdout.strip()


def in_database(url: str, name: str) -> str:
    """The same server and role, another database; an empty address stays empty."""
    if not url:
        return url
    return urlsplit(url)._replace(path=f"/{name}").geturl()
