"""What the demo's steering groups talked about."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Said:
    """An item of an agenda, what was agreed on it, and the decision or promise that came of it.

    ``replaces`` counts the decisions taken in earlier meetings, ``review`` the days from today.
    """

    title: str
    kind: str = "discuss"
    minutes: int = 20
    outcome: str = ""
    summary: str = ""
    is_parked: bool = False
    decision: str = ""
    reasons: str = ""
    dissent: str = ""
    public_note: str = ""
    subject: str = "work"
    affects: tuple[str, ...] = ()
    replaces: int | None = None
    review: int | None = None
    action: str = ""
    action_result: str = ""


@dataclass(frozen=True)
class Held:
    """A meeting that was held so many days ago."""

    day: int
    items: tuple[Said, ...]
    heard: str = ""
    erratum: str = ""
    one_is_away: bool = False
    one_is_silent: bool = False


@dataclass(frozen=True)
class Group:
    """A steering group over a year."""

    title: str
    purpose: str
    place: str
    held: tuple[Held, ...]
    coming: tuple[Said, ...]
    put_off: dict[str, Any] = field(default_factory=dict)


WORDS: dict[str, Group] = {
    "scuola-lavoro": Group(
        title="Cabina di regia",
        purpose="Tenere insieme scuola e imprese sui tirocini dell'anno",
        place="Biblioteca comunale, sala grande (senza gradini)",
        held=(
            Held(
                -126,
                (
                    Said("Giro di apertura", "check_in", 10, summary="Tutti presenti, due imprese nuove si presentano."),
                    Said(
                        "Chi segue gli studenti in azienda", "decide", 30, "Un nome per ogni studente",
                        "Ogni studente deve sapere a chi rivolgersi dal primo giorno.",
                        decision="Ogni studente ha un tutor aziendale con nome e telefono",
                        reasons="L'anno scorso tre studenti non sapevano a chi chiedere.", review=-6,
                        action="Raccogliere i nomi dei tutor", action_result="Elenco dei tutor consegnato alla scuola",
                    ),
                    Said(
                        "Il viaggio fino alle aziende", "decide", 30, "Chi paga e fino a quando",
                        "Senza un contributo metà degli studenti non arriva in zona artigianale.",
                        decision="Il Comune rimborsa l'abbonamento del bus fino a giugno",
                        subject="money",
                        affects=("education", "community_member_or_group"),
                        reasons="È la spesa che fa rinunciare più famiglie.",
                    ),
                ),
            ),
            Held(
                -84,
                (
                    Said(
                        "Bus: la nuova linea", "decide", 30, "Confermare o cambiare il rimborso",
                        "Dalla nuova linea passa anche la zona artigianale: il rimborso si può ridurre.",
                        decision="Il Comune rimborsa metà dell'abbonamento per tutto l'anno scolastico",
                        subject="money",
                        affects=("education", "community_member_or_group"),
                        reasons="La nuova linea costa meno e il fondo basta per un anno intero.", replaces=1,
                    ),
                    Said(
                        "Sicurezza in laboratorio", "discuss", 40, "Un solo modulo per tutte le aziende",
                        "Si adotta il modulo della scuola; il caseificio lo prova per un mese.",
                        action="Adattare il modulo di sicurezza", action_result="Modulo unico spedito a tutti",
                    ),
                ),
                one_is_silent=True,
            ),
            Held(
                -42,
                (
                    Said(
                        "Orari dei tirocini estivi", "decide", 40, "Orari validi per tutte le aziende",
                        "Si comincia alle otto; chi abita lontano entra alle nove.",
                        decision="I tirocini estivi iniziano alle otto, alle nove per chi viene da fuori comune",
                        affects=("education", "local_business"),
                        reasons="Il primo bus arriva alle otto e quaranta.",
                        dissent="Per noi l'ingresso alle nove blocca la linea di lavoro.",
                        public_note="I tirocini estivi iniziano alle otto. Chi abita fuori comune può entrare alle nove.",
                    ),
                    Said("Festa di fine anno", "discuss", 20, "Una data", is_parked=True),
                ),
                heard="Gli artigiani chiedono di conoscere gli studenti prima dell'estate, non il primo giorno.",
                erratum="Il primo bus arriva alle 8.35, non alle 8.40.",
                one_is_away=True,
            ),
        ),
        coming=(
            Said("Giro di apertura", "check_in", 10),
            Said("Come vanno i tirocini", "inform", 20, "Tutti hanno lo stesso quadro"),
            Said("Rinnovo dell'accordo", "discuss", 40, "Che cosa cambiare prima di firmare di nuovo"),
        ),
        put_off={
            "title": "Aprire i tirocini anche ai quindicenni",
            "reasons": "Prima serve il parere dell'ufficio scolastico.",
            "outcome": "deferred",
        },
    ),
    "first-job": Group(
        title="Steering group",
        purpose="Keep school and employers together on this year's placements",
        place="Library, large room (no steps)",
        held=(
            Held(
                -126,
                (
                    Said("Check-in round", "check_in", 10, summary="Everybody is here; the bakery has a new manager."),
                    Said(
                        "Who looks after students at work", "decide", 30, "A name for each student",
                        "Each student should know whom to ask from the first day on.",
                        decision="Each student has a mentor with name and phone number",
                        reasons="Last year three students did not know whom to ask.", review=-6,
                        action="Collect the names of mentors", action_result="A list of mentors at the school office",
                    ),
                    Said(
                        "Getting to work", "decide", 30, "Who pays, and until when",
                        "Without help half of the students cannot reach the quay.",
                        decision="The council pays bus passes until June",
                        subject="money",
                        affects=("education", "community_member_or_group"),
                        reasons="It is what makes most families give up.",
                    ),
                ),
            ),
            Held(
                -84,
                (
                    Said(
                        "Bus passes: the new line", "decide", 30, "Keep or change what is paid",
                        "The new line stops at the quay, so less has to be paid.",
                        decision="The council pays half of each bus pass for the whole school year",
                        subject="money",
                        affects=("education", "community_member_or_group"),
                        reasons="The new line is cheaper and the fund lasts a whole year.", replaces=1,
                    ),
                    Said(
                        "Safety in the workshop", "discuss", 40, "One form for all hosts",
                        "The school's form is used; the boatyard tries it for a month.",
                        action="Adapt the safety form", action_result="One form sent to all hosts",
                    ),
                ),
                one_is_silent=True,
            ),
            Held(
                -42,
                (
                    Said(
                        "Hours of summer placements", "decide", 40, "Hours that hold for all hosts",
                        "Work begins at eight, at nine for those who live far away.",
                        decision="Summer placements begin at eight, at nine for students from outside town",
                        affects=("education", "local_business"),
                        reasons="The first bus arrives at twenty to nine.",
                        dissent="Starting at nine stops our line.",
                        public_note="Summer placements begin at eight. Students from outside town may come at nine.",
                    ),
                    Said("End-of-year party", "discuss", 20, "A date", is_parked=True),
                ),
                heard="Hosts would like to meet the students before summer, not on the first day.",
                erratum="The first bus arrives at 8.35, not 8.40.",
                one_is_away=True,
            ),
        ),
        coming=(
            Said("Check-in round", "check_in", 10),
            Said("How placements go", "inform", 20, "Everybody has the same picture"),
            Said("Renewing the agreement", "discuss", 40, "What to change before signing again"),
        ),
        put_off={
            "title": "Open placements to fifteen-year-olds",
            "reasons": "The education office has to be asked first.",
            "outcome": "deferred",
        },
    ),
}  # fmt: skip
