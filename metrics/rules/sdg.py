"""The 17 Sustainable Development Goals by number (United Nations, General Assembly resolution 70/1)."""

from metrics.rules.sentence import Sentence

GOALS: dict[int, Sentence] = {
    1: Sentence("No poverty", "Sconfiggere la povertà"),
    2: Sentence("Zero hunger", "Sconfiggere la fame"),
    3: Sentence("Good health and well-being", "Salute e benessere"),
    4: Sentence("Quality education", "Istruzione di qualità"),
    5: Sentence("Gender equality", "Parità di genere"),
    6: Sentence("Clean water and sanitation", "Acqua pulita e servizi igienico-sanitari"),
    7: Sentence("Affordable and clean energy", "Energia pulita e accessibile"),
    8: Sentence("Decent work and economic growth", "Lavoro dignitoso e crescita economica"),
    9: Sentence("Industry, innovation and infrastructure", "Imprese, innovazione e infrastrutture"),
    10: Sentence("Reduced inequalities", "Ridurre le disuguaglianze"),
    11: Sentence("Sustainable cities and communities", "Città e comunità sostenibili"),
    12: Sentence("Responsible consumption and production", "Consumo e produzione responsabili"),
    13: Sentence("Climate action", "Lotta contro il cambiamento climatico"),
    14: Sentence("Life below water", "Vita sott'acqua"),
    15: Sentence("Life on land", "Vita sulla terra"),
    16: Sentence("Peace, justice and strong institutions", "Pace, giustizia e istituzioni solide"),
    17: Sentence("Partnerships for the goals", "Partnership per gli obiettivi"),
}
