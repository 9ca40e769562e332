"""Management commands beside a running demo, one after another in one process: starting one takes seconds."""

import contextlib
import contextvars
import io
import json
import os
import sys
import traceback
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connections

from config.services.embedded import join_running_demo, provide_database


def answer(arguments: list[str]) -> dict[str, str]:
    """What a command says, and the error it ended with."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            contextvars.copy_context().run(call_command, *arguments, stdout=said)
    except (Exception, SystemExit):  # noqa: BLE001 - whatever it is, whoever asked is told
        return {"said": said.getvalue(), "error": traceback.format_exc()}
    finally:
        connections.close_all()
    return {"said": said.getvalue(), "error": ""}


def main() -> None:
    """Answer a line of arguments by a line, until there are no more."""
    data_dir = Path(os.environ["DATA_DIR"])
    join_running_demo(data_dir)
    provide_database(data_dir / "postgres")
    django.setup()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
