#!/usr/bin/env python3
"""Django's command line for Telaio; starts the embedded database when no other one is named."""

import os
import sys
from pathlib import Path

# These change the schema, so they connect as its owner; every other command works under the app role's walls.
OWNER_COMMANDS = {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "squashmigrations", "restore"}
NEEDS_NO_DATABASE = {
    *("collectstatic", "compilemessages", "makemessages", "help", "version"),
    *("url_map", "spectacular", "demo_env", "demo_accounts"),
}


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    from config.services.embedded import join_running_demo, provide_database

    data_dir = Path(os.environ.get("DATA_DIR") or Path(__file__).parent / ".data").resolve()
    if not os.environ.get("DATABASE_URL"):
        join_running_demo(data_dir)
    if command not in NEEDS_NO_DATABASE:
        provide_database(data_dir / "postgres")
    if command in OWNER_COMMANDS:
        os.environ["TELAIO_AS_OWNER"] = "1"

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
