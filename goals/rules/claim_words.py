"""Words in a free text that say more than a claim can bear, in English and Italian (R-I11)."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goals.rules.claim import BANK, Strength

US_EN = r"(?:us|our\w*|the (?:partnership|project|network)|this (?:partnership|project|network))"
US_IT = (
    r"(?:noi|nostr[oaie]|(?:il|lo|la|i|gli|le|l')\s*nostr[oaie]"
    r"|(?:quest[oa]\s+)?(?:partnership|progetto|rete|partenariato))"
)
OF_IT = r"(?:\s+(?:a|ad|di|al|allo|alla|ai|agli|alle|del|dello|della|dei|degli|delle)\s+|\s+all'|\s+dell')"
# A hedge just before, in the same clause, makes a word of the third rung one of the second.
HEDGE = re.compile(
    r"\b(?:may|might|could|can|perhaps|maybe|possibly|può|possono|potrebbe|potrebbero|può darsi|forse|magari"
    r"|probabilmente)\b[^.;:!?]{0,25}$",
    re.IGNORECASE,
)
CAUSING = re.compile(
    r"\bcaused\b|\bcausing\b|\b(?:led|leads|leading)\s+to\b|\bbrought\s+about\b|\bresult(?:ed|s)\s+in\b"
    r"|\bproduced\b|\bmade\s+(?:it\s+)?possible\b"
    rf"|\b(?:thanks|due)\s+to\s+{US_EN}\b|\bbecause\s+of\s+{US_EN}\b|\bour\s+(?:merit|achievement)\b"
    r"|\bcausat[oaie]\b|\bcausando\b|\b(?:ha|hanno|abbiamo)\s+(?:prodotto|generato|determinato)\b"
    r"|\b(?:ha|hanno|abbiamo)\s+portato\s+(?:a|ad|al|alla|ai|alle|allo|agli)\b|\bdeterminat[oaie]\s+da\b"
    rf"|\b(?:grazie|dovut[oaie]){OF_IT}{US_IT}\b|\b(?:per\s+)?(?:effetto|merito){OF_IT}{US_IT}\b"
    r"|\b(?:per\s+)?merito\s+nostro\b|\breso\s+possibile\b|\bper\s+causa\s+nostra\b",
    re.IGNORECASE,
)
CONTRIBUTING = re.compile(
    r"\bcontribut(?:ed|es|ing|e)\b|\bour\s+contribution\b|\bhelped\b|\bhelping\b"
    r"|\b(?:played|had|plays)\s+an?\s+(?:\w+\s+)?(?:part|role)\b"
    r"|\bcontribuit[oaie]\b|\bcontribui(?:sce|scono|to)\b|\b(?:ha|hanno|abbiamo|avere|aver)\s+(?:aiutato|favorito)\b"
    r"|\b(?:ha|hanno|abbiamo|avere|aver)\s+(?:avuto|svolto)\s+un[oa]?\s+(?:\w+\s+)?(?:parte|ruolo)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TooStrong:
    """A word that stands too high, where it starts, and the rung it belongs to."""

    word: str
    at: int
    needs: Strength

    def hint(self, strength: Strength, language: str) -> str:
        """What may be said in its place at a rung."""
        allowed = ", ".join(f"“{phrase}”" for phrase in BANK[strength].in_language(language))
        said = _("“%(word)s” says more than can be shown so far. You may write, for example: %(allowed)s.")
        return said % {"word": self.word, "allowed": allowed}


def too_strong(text: str, strength: Strength) -> list[TooStrong]:
    """The words of a free text that a claim of this strength may not use, in order."""
    found = [TooStrong(hit.group(), hit.start(), Strength.ATTRIBUTED) for hit in CAUSING.finditer(text)]
    for hit in CONTRIBUTING.finditer(text):
        is_hedged = HEDGE.search(text[: hit.start()]) is not None
        found.append(TooStrong(hit.group(), hit.start(), Strength.PLAUSIBLE if is_hedged else Strength.SUPPORTED))
    return sorted((one for one in found if one.needs > strength), key=lambda one: one.at)
