"""The code that is a resident's only way back to their message.

People type it from paper, so it has 80 bits in four groups of four instead of the 128 bits of links that nobody
types: guessing is hopeless because looking up is limited (``rules.limits``), and 80 random bits cannot be found from
the stored hash.
"""

import base64
import hashlib

# Crockford's alphabet: no I, L, O or U, so no two signs look alike.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_CODE = str.maketrans(_STANDARD, ALPHABET)
_LOOKALIKES = str.maketrans("ILO", "110", " -_.\t\u2010\u2011\u2012\u2013\u2014")
CODE_BYTES = 10
CODE_LENGTH = 16
GROUP = 4
LONGEST_TYPED = 60


def code_from(secret: bytes) -> str:
    """The code of a secret of at least 10 bytes, in groups: ``7F3K-2M9Q-XXXX-XXXX``."""
    letters = base64.b32encode(secret[:CODE_BYTES]).decode().translate(_TO_CODE)
    return "-".join(letters[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))


def normalised(typed: str) -> str:
    """What was typed, as it is hashed: no spaces or hyphens, capitals, and look-alikes read as what was meant."""
    return typed[:LONGEST_TYPED].upper().translate(_LOOKALIKES)


def hash_of_code(typed: str) -> str:
    """What is stored instead of a code. Any text has one, so an impossible code is looked up like a possible one."""
    return hashlib.sha256(f"telaio.feedback:{normalised(typed)}".encode(errors="replace")).hexdigest()
