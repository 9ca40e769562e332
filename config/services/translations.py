"""Compiles the translations with Babel, so that no gettext has to be installed."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"


def compile_translations(folder: Path = LOCALE) -> list[Path]:
    """Write each catalogue that is newer than its compiled form; returns those written.

    Raises ValueError naming the file and what is wrong with it.
    """
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            with source.open("rb") as text:
                catalogue = read_po(text, locale=source.parent.parent.name, abort_invalid=True)
        except PoFileError as error:
            raise ValueError(f"{source}: {error}") from error
        # Written aside first: a server that reads the catalogue at this moment gets the old one, never half of one.
        aside = target.with_suffix(".part")
        with aside.open("wb") as compiled:
            write_mo(compiled, catalogue)
        aside.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    try:
        compile_translations()
    except ValueError as error:
        sys.exit(str(error))
