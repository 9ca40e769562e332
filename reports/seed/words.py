"""Invented words that names are put together from, each beside its form for searching."""

from core.rules.text import mask_for_search

_LISTS: dict[str, str] = {
    "form": "Associazione,Cooperativa,Circolo,Comitato,Fondazione,Consorzio,Laboratorio,Officina,Società,Scuola,Banda,"
    "Università popolare",
    "noun": "Aurora,Quercia,L'Aquilone,Il Ponte,La Lanterna,Fontana,Girasole,Arcobaleno,Mulino,Radura,Tela,Bussola,"
    "Vela,Ginestra,Sorgente,Falco,Rondine,Libellula,Melograno,Orizzonte,Faro,Torrente,Castagno,Betulla,Cicogna,Pioppo,"
    "Lucciola,Ciclamino,Tasso,Formica,Nespolo,Civetta,Sentiero,Scoiattolo,Margherita,Betània,Riccio,Alveare,Trama,Nido",
    "quality": "verde,nuova,solidale,insieme,aperta,del lago,del borgo,comune,viva,di sopra,di sotto,amica,antica,"
    "serena,popolare,di tutti,alta,sul fiume,per la città,più",
    "given": "Anna,Marco,Lucia,Paolo,Giulia,Matteo,Elena,Davide,Chiara,Luca,Sara,Andrea,Noemi,Pietro,Zoë,Nicolò,Irene,"
    "Dario,Marta,Tommaso,Agnès,Bruno,Carla,Fabio,Ilaria,Leo,Nadia,Omar,Rita,Silvia",
    "family": "Rossetti,Bellandi,Fontanesi,Grimaldelli,Montaveri,Pradelli,Querceti,Rovani,Salvemi,Tarozzini,Valdesi,"
    "Zanarini,Alborghi,Brunasco,Caselmonte,Dell'Orto,Erbaviva,Fiorlani,Gentilacqua,Lodivecchi,Malpassi,Nocerani,"
    "D'Acquaviva,Olmeschi,Piandoro,Rivalta,Serramonti,Tremani,Ughettini,Vallesana",
    "place": "Ponteverde,Borgo San Lupo,Valdoro,Castelnocera,Fontechiara,Montelisio,Pratovivo,Riva Alta,Sant'Alvise,"
    "Torre Lucente,Campo Ameno,Colledoro,Due Mulini,Frassineta,Ghiaiola,Isolabruna,Lagonuovo,Malga Serena,Olmeda,"
    "Pieve Acquaviva,Quercianera Bassa,Roccafosca,Selvapiana,Terre Alte,Valleombrosa Piccola,Zanda,Forlì Vecchia,"
    "Cà del Bosco,Mezzavia,Acquamorta",
    "province": "Altapiana,Bassacosta,Collinare,Fiumara,Lagunare,Montana",
    "verb": "Prepare,Print,Invite people to,Find a room for,Write up,Mend,Translate,Check the costs of,Photograph,"
    "Count the people at",
    "thing": "the open evening,the homework club,the repair café,the spring fair,the garden,the reading group,"
    "the volunteers' dinner,the bus line,the survey,the mural,the choir,the swap shop",
    "offer": "Sala riunioni,Palestra,Cucina attrezzata,Proiettore,Gazebo,Doposcuola,Contabilità,Mediazione linguistica,"
    "Borsa di studio,Rete di commercianti,Archivio fotografico,Banda musicale",
    "tag": "Capofila,Giovani,Anziani,Montagna,Cultura,Sport,Ambiente,Scuola,Lavoro,Salute,Casa,Più fragili",
    "none": "",
}  # fmt: skip


def vocabulary() -> list[tuple[str, int, str, str]]:
    """Every word as (list, number from 1, word, the word as searches compare it)."""
    return [
        (name, number, word, mask_for_search(word))
        for name, text in _LISTS.items()
        for number, word in enumerate(text.split(","), start=1)
    ]


def list_sizes() -> dict[str, int]:
    """How many words each list has."""
    return {name: len(text.split(",")) for name, text in _LISTS.items()}
