"""``make clean-data``: stop the embedded servers of a data folder and remove what they kept."""

import shutil
import sys
from pathlib import Path

from config.services import state
from config.services.postgres import is_running, stop_postgres


def main(data_dir: Path) -> int:
    """Remove the demo's and the tests' data below ``data_dir``; refuses while a demo runs there."""
    if state.read(data_dir):
        print(f"Telaio: a demo runs on {data_dir}. Stop it first.", file=sys.stderr)
        return 1
    for folder in (data_dir / "postgres", data_dir / "test" / "postgres"):
        if is_running(folder):
            stop_postgres(folder)
    for name in ("postgres", "redis", "logs", "static", "files", "mail", "beat", "test"):
        shutil.rmtree(data_dir / name, ignore_errors=True)
    for name in ("demo.json", state.FILE_NAME):
        (data_dir / name).unlink(missing_ok=True)
    print(f"Telaio: removed the data in {data_dir}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
