"""Indicators to pick from: those of the United Nations' global framework that speak of a community.

The numbers are those of the framework adopted by the General Assembly (A/RES/71/313, with its later refinements); the
words are ours, shorter. All describe the whole population of an area, so nobody here is their cause (R-I4).
"""

from dataclasses import dataclass
from typing import Any

from metrics.models import Indicator

Unit = Indicator.Unit
SOURCE = "UN A/RES/71/313"


@dataclass(frozen=True)
class LibraryIndicator:
    """One indicator of the framework in our words."""

    number: str
    name_en: str
    name_it: str
    unit: str = Unit.PERCENT
    wants_increase: bool = True

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"sdg-{self.number}"

    def fields(self) -> dict[str, Any]:
        """The fields of an indicator made like it."""
        return {
            "name_en": self.name_en,
            "name_it": self.name_it,
            "unit": self.unit,
            "wants_increase": "yes" if self.wants_increase else "no",
            "kind": Indicator.Kind.CONTEXT,
            "answers_for": Indicator.AnswersFor.POPULATION,
            "frequency": Indicator.Frequency.YEARLY,
            "source": f"SDG {self.number} ({SOURCE})",
            "iati_vocabulary": Indicator.IatiVocabulary.SDG,
            "iati_reference": self.number,
        }


SDG = (
    LibraryIndicator(
        "1.2.1",
        "Residents below the national poverty line",
        "Residenti sotto la soglia di povertà nazionale",
        wants_increase=False,
    ),
    LibraryIndicator(
        "2.1.2",
        "Residents who could not always afford enough good food",
        "Residenti che non sempre hanno potuto permettersi cibo buono e sufficiente",
        wants_increase=False,
    ),
    LibraryIndicator(
        "3.6.1", "Deaths in road accidents", "Morti in incidenti stradali", Unit.RATE, wants_increase=False
    ),
    LibraryIndicator(
        "4.1.2", "Young people who complete a level of school", "Giovani che completano un ciclo di studi"
    ),
    LibraryIndicator(
        "4.2.2",
        "Children in organised learning in the year before school",
        "Bambini in attività educative organizzate nell'anno prima della scuola",
    ),
    LibraryIndicator(
        "4.3.1",
        "Young people and adults in education or training in the last 12 months",
        "Giovani e adulti in istruzione o formazione negli ultimi 12 mesi",
    ),
    LibraryIndicator(
        "4.4.1", "Young people and adults with digital skills", "Giovani e adulti con competenze digitali"
    ),
    LibraryIndicator(
        "5.4.1",
        "Share of time spent on unpaid work at home and care",
        "Quota di tempo dedicata a lavoro domestico e di cura non pagato",
        wants_increase=False,
    ),
    LibraryIndicator(
        "5.5.1", "Seats held by women in the local council", "Seggi occupati da donne nel consiglio comunale"
    ),
    LibraryIndicator(
        "8.5.2", "Unemployed among those who can work", "Persone disoccupate tra chi può lavorare", wants_increase=False
    ),
    LibraryIndicator(
        "8.6.1",
        "People aged 15 to 24 neither in work, school nor training",
        "Persone tra 15 e 24 anni che non lavorano, non studiano e non si formano",
        wants_increase=False,
    ),
    LibraryIndicator(
        "10.2.1",
        "Residents living on less than half the median income",
        "Residenti con meno della metà del reddito mediano",
        wants_increase=False,
    ),
    LibraryIndicator(
        "11.2.1",
        "Residents who reach public transport easily",
        "Residenti che raggiungono facilmente i trasporti pubblici",
    ),
    LibraryIndicator(
        "11.6.1", "Municipal waste collected and treated properly", "Rifiuti urbani raccolti e trattati correttamente"
    ),
    LibraryIndicator(
        "11.6.2",
        "Fine dust in the air, yearly average",
        "Polveri sottili nell'aria, media annua",
        Unit.MEAN,
        wants_increase=False,
    ),
    LibraryIndicator("11.7.1", "Built-up area that is open to everybody", "Area urbana aperta a tutti"),
    LibraryIndicator("12.5.1", "Waste that is recycled", "Rifiuti riciclati"),
    LibraryIndicator(
        "16.1.4",
        "Residents who feel safe walking alone after dark",
        "Residenti che si sentono sicuri camminando da soli al buio",
    ),
    LibraryIndicator(
        "16.6.2",
        "Residents content with their last experience of public services",
        "Residenti soddisfatti dell'ultima esperienza con i servizi pubblici",
    ),
    LibraryIndicator(
        "16.7.2", "Residents who feel that decisions include them", "Residenti che si sentono coinvolti nelle decisioni"
    ),
    LibraryIndicator("17.8.1", "Residents who use the Internet", "Residenti che usano Internet"),
)
BY_KEY = {found.key: found for found in SDG}
