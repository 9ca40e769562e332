"""``make test``: pytest beside an embedded Postgres that is stopped again afterwards."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from config.services.embedded import database_environment
from config.services.postgres import is_running, start_postgres, stop_postgres
from config.services.translations import compile_translations

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def main(arguments: list[str]) -> int:
    """Run pytest with ``arguments``; returns its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    compile_translations()
    command = [sys.executable, "-m", "pytest", *arguments]
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        return _run(command)
    data_dir = Path(os.environ.get("DATA_DIR") or BASE_DIR / ".data" / "test").resolve()
    folder = data_dir / "postgres"
    others_use_it = is_running(folder)
    try:
        address = start_postgres(folder, durable=False)
        os.environ.update(database_environment(address), DATA_DIR=str(data_dir))
        return _run(command)
    finally:
        if not others_use_it:
            stop_postgres(folder)


def _run(command: list[str]) -> int:
    with subprocess.Popen(command) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # The terminal told pytest as well; it sums up what ran.
            return process.wait()
        except SystemExit:
            process.terminate()
            raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
