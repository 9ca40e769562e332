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
        "1.2.2",
        "Residents poor in several ways at once, by the national definition",
        "Residenti poveri sotto più aspetti insieme, secondo la definizione nazionale",
        wants_increase=False,
    ),
    LibraryIndicator("1.3.1", "Residents covered by social protection", "Residenti coperti dalla protezione sociale"),
    LibraryIndicator(
        "1.4.1", "Residents of homes with the basic services", "Residenti in abitazioni con i servizi di base"
    ),
    LibraryIndicator(
        "2.1.2",
        "Residents who could not always afford enough good food",
        "Residenti che non sempre hanno potuto permettersi cibo buono e sufficiente",
        wants_increase=False,
    ),
    LibraryIndicator("3.4.2", "Deaths by suicide", "Morti per suicidio", Unit.RATE, wants_increase=False),
    LibraryIndicator(
        "3.5.1", "People with an addiction who are in treatment", "Persone con una dipendenza che sono in cura"
    ),
    LibraryIndicator(
        "3.6.1", "Deaths in road accidents", "Morti in incidenti stradali", Unit.RATE, wants_increase=False
    ),
    LibraryIndicator(
        "3.7.2", "Births to girls under 20", "Nascite da ragazze sotto i 20 anni", Unit.RATE, wants_increase=False
    ),
    LibraryIndicator(
        "3.8.2",
        "Residents for whom care costs a large part of what they spend",
        "Residenti per cui le cure pesano molto sulla spesa",
        wants_increase=False,
    ),
    LibraryIndicator(
        "3.a.1", "Residents aged 15 and over who smoke", "Residenti dai 15 anni che fumano", wants_increase=False
    ),
    LibraryIndicator(
        "3.b.1", "Residents due a vaccine who have had it", "Residenti vaccinati tra quelli a cui spetta il vaccino"
    ),
    LibraryIndicator(
        "4.1.1", "Pupils who read and calculate well enough", "Alunni che leggono e calcolano a sufficienza"
    ),
    LibraryIndicator(
        "4.1.2", "Young people who complete a level of school", "Giovani che completano un ciclo di studi"
    ),
    LibraryIndicator(
        "4.2.1",
        "Children under five who develop as they should",
        "Bambini sotto i cinque anni che crescono come dovrebbero",
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
        "4.6.1",
        "Adults who read and calculate well enough for every day",
        "Adulti che leggono e calcolano a sufficienza per la vita di ogni giorno",
    ),
    LibraryIndicator(
        "4.a.1", "Schools that are fit for pupils with a disability", "Scuole adatte ad alunni con disabilità"
    ),
    LibraryIndicator(
        "5.2.1",
        "Women who suffered violence by a partner in the last 12 months",
        "Donne che hanno subito violenza dal partner negli ultimi 12 mesi",
        wants_increase=False,
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
    LibraryIndicator("5.5.2", "Managers who are women", "Donne tra chi dirige"),
    LibraryIndicator(
        "6.1.1", "Residents with safe drinking water at home", "Residenti con acqua potabile sicura in casa"
    ),
    LibraryIndicator("7.2.1", "Energy used that is renewable", "Energia consumata da fonti rinnovabili"),
    LibraryIndicator(
        "8.3.1", "Workers without a regular contract", "Chi lavora senza un contratto regolare", wants_increase=False
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
    LibraryIndicator("8.8.1", "Accidents at work", "Infortuni sul lavoro", Unit.RATE, wants_increase=False),
    LibraryIndicator(
        "10.2.1",
        "Residents living on less than half the median income",
        "Residenti con meno della metà del reddito mediano",
        wants_increase=False,
    ),
    LibraryIndicator(
        "10.3.1",
        "Residents who felt discriminated against in the last 12 months",
        "Residenti che si sono sentiti discriminati negli ultimi 12 mesi",
        wants_increase=False,
    ),
    LibraryIndicator(
        "11.1.1", "Residents in inadequate homes", "Residenti in abitazioni inadeguate", wants_increase=False
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
        "11.7.2",
        "Residents who were harassed in the last 12 months",
        "Residenti molestati negli ultimi 12 mesi",
        wants_increase=False,
    ),
    LibraryIndicator(
        "12.3.1",
        "Food thrown away for each resident, in kilograms",
        "Cibo buttato per residente, in chilogrammi",
        Unit.MEAN,
        wants_increase=False,
    ),
    LibraryIndicator(
        "13.2.2",
        "Greenhouse gases of the area in a year, in tonnes",
        "Gas serra del territorio in un anno, in tonnellate",
        Unit.COUNT,
        wants_increase=False,
    ),
    LibraryIndicator("15.1.1", "Land that is forest", "Territorio coperto da boschi"),
    LibraryIndicator(
        "16.1.3",
        "Residents who suffered violence in the last 12 months",
        "Residenti che hanno subito violenza negli ultimi 12 mesi",
        wants_increase=False,
    ),
    LibraryIndicator("16.3.1", "Victims of violence who reported it", "Vittime di violenza che l'hanno denunciata"),
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
