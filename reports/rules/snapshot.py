"""What makes a frozen report checkable: its canonical text, its hash and its code."""

import hashlib
import json
import secrets
from typing import Any

# Without letters and digits people mix up when they read a code aloud.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_GROUPS, CODE_GROUP_LENGTH = 3, 4


def canonical_text(snapshot: dict[str, Any]) -> str:
    """One text for one content: sorted keys, no white space, numbers already written as text."""
    return json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def snapshot_hash(snapshot: dict[str, Any]) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical_text(snapshot).encode()).hexdigest()


def new_code() -> str:
    """A code such as ``7KQM-3XWP-9TRA`` (59 bits), printed in the document and typed by whoever checks it."""
    groups = ("".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_GROUP_LENGTH)) for _ in range(CODE_GROUPS))
    return "-".join(groups)


def tidy_code(typed: str) -> str:
    """A typed code as it is stored: capitals, groups of four; anything else is left as it is and will not be found."""
    plain = "".join(character for character in typed.upper() if character.isalnum())
    return "-".join(plain[start : start + CODE_GROUP_LENGTH] for start in range(0, len(plain), CODE_GROUP_LENGTH))
