"""Social media of the demo: a plan, three channels, and posts from an idea to one taken back."""

import io
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from engagement.models import Post, SocialChannel
from engagement.operations.picture_consent import record_consent, withdraw_consent
from engagement.operations.post import note_partners_consent, write_post
from engagement.operations.post_step import approve_post, publish_post, review_post, schedule_post, take_post_down
from engagement.operations.social_plan import save_channel, save_social_plan
from engagement.queries.share import pages_to_share
from engagement.rules.post import Words
from engagement.rules.social_plan import STARTERS
from goals.models import Goal
from partnerships.models import Partnership
from partnerships.queries.member import active_members
from reports.demo.clock import day, on_day
from reports.demo.people import Cast

SLUGS = {"it": "vicini-di-casa", "en": "good-neighbours"}
SKY, WALL, DOOR = (214, 232, 240), (232, 190, 140), (96, 70, 60)


@dataclass(frozen=True)
class Told:
    """One post: what it is about and what it says."""

    title: str
    text: str


@dataclass(frozen=True)
class SocialWords:
    """All of a space; ``alt`` describes the drawing that stands for a photo."""

    page: str
    letter: str
    board: str
    address: str
    evening: Told
    survey: Told
    meeting: Told
    thanks: Told
    minutes: Told
    idea: str
    alt: str
    adult: str
    child: str
    guardian: str
    scope: str
    agreed: str
    learned: str


WORDS = {
    "it": SocialWords(
        page="Pagina Facebook del quartiere",
        letter="Lettera del mese",
        board="Bacheca delle Fontanelle",
        address="https://www.facebook.com/fontanelle.example",
        evening=Told(
            "Lo sportello apre anche di sera",
            "Ce l'avete chiesto in tanti: dal mese prossimo lo sportello risponde fino alle venti, il martedì e il"
            " giovedì.\n\nChi non può venire telefona: stesso numero, stesse persone.",
        ),
        survey=Told(
            "Invito al questionario",
            "Lo sportello di sera vi serve? Tre minuti, senza nome e senza registrazione. A fine mese vi diciamo che cosa"
            " è emerso e che cosa ne facciamo.",
        ),
        meeting=Told(
            "Incontro sulle ore di cura",
            "Giovedì parliamo delle ore che pesano di più a chi assiste un familiare. C'è chi tiene i bambini, e si entra"
            " senza gradini.",
        ),
        thanks=Told(
            "Grazie a chi accompagna",
            "Rosa e Ugo accompagnano dal medico chi non ha nessuno. Questo mese sono stati con quattordici persone."
            " Grazie.",
        ),
        minutes=Told(
            "Che cosa non siamo riusciti a fare",
            "I passaggi dal medico non possiamo pagarli. Lo diciamo qui, e abbiamo girato la richiesta al distretto"
            " sanitario: appena risponde, ve lo raccontiamo.",
        ),
        idea="Una giornata allo sportello, raccontata da chi ci lavora",
        alt="La casa gialla dello sportello, con la porta aperta, sotto un cielo chiaro",
        adult="Rosa, con la sciarpa rossa, davanti alla porta",
        child="Una bambina sull'altalena, di spalle",
        guardian="la madre, con firma sul modulo",
        scope="Foto della giornata aperta, per raccontare che cosa facciamo",
        agreed="La presidente, per e-mail, una settimana prima",
        learned="Di mattina rispondono in pochi; dopo le otto di sera ci scrivono.",
    ),
    "en": SocialWords(
        page="Facebook page of the quarter",
        letter="Monthly letter",
        board="Notice board in the library",
        address="https://www.facebook.com/neighbours.example",
        evening=Told(
            "The desk is open in the evening too",
            "Many of you asked: from next month the desk answers until eight in the evening, on Tuesdays and"
            " Thursdays.\n\nWho cannot come calls: the same number, the same people.",
        ),
        survey=Told(
            "Invitation to the survey",
            "Would you use the desk in the evening? Three minutes, no name, no account. At the end of the month we tell"
            " you what we heard and what we do with it.",
        ),
        meeting=Told(
            "Meeting on the hours of care",
            "On Thursday we talk about the hours that weigh most on family carers. Somebody looks after the children, and"
            " there are no steps.",
        ),
        thanks=Told(
            "Thank you for going along",
            "Rose and Hugh go along to the doctor with people who have nobody. Fourteen of them this month. Thank you.",
        ),
        minutes=Told(
            "What we could not do",
            "Lifts to the doctor are more than we can pay for. We say so here, and passed it on to the health district:"
            " as soon as it answers, we tell you.",
        ),
        idea="A day at the desk, told by those who work there",
        alt="The yellow house of the desk, its door open, under a light sky",
        adult="Rose, with the red scarf, in front of the door",
        child="A girl on the swing, from behind",
        guardian="her mother, signed on the form",
        scope="Photos of the open day, to tell what we do",
        agreed="The chair, by mail, a week before",
        learned="Few answer in the morning; after eight in the evening they write to us.",
    ),
}


def bring_in_social(cast: Cast) -> None:
    """The social media of one partnership, and of the light one a plan and an idea alone."""
    language = cast.space.language
    partnership, words = cast.partnerships[SLUGS[language]], WORDS[language]
    _plan(cast, partnership)
    page = _channel(cast, partnership, "facebook", words.page, url=words.address)
    letter = _channel(cast, partnership, "newsletter", words.letter)
    board = _channel(cast, partnership, "notice_board", words.board)
    _looked_back_on(cast, partnership, words, page)
    _taken_back(cast, partnership, words, page)
    with on_day(-7):
        out = _agreed(cast, partnership, words.minutes, letter, -6)
    with on_day(-6):
        publish_post(post=out, by=cast.coordinator)
    _to_come(cast, partnership, words, page, board)
    for light in (one for one in cast.partnerships.values() if one.mode == Partnership.Mode.LIGHT):
        _plan(cast, light)
        write_post(partnership=light, title=words.idea, by=cast.coordinator)


def _plan(cast: Cast, partnership: Partnership) -> None:
    with on_day(-200) as moment, translation.override(cast.space.language):
        fields = {name: str(text) for name, text in STARTERS.items()}
        goals = Goal.objects.filter(partnership=partnership).order_by("number")[:1]
        save_social_plan(
            partnership=partnership, languages=cast.space.language, goals=goals, today=moment.date(),
            by=cast.coordinator, **fields,
        )  # fmt: skip


def _channel(cast: Cast, partnership: Partnership, kind: str, name: str, *, url: str = "") -> SocialChannel:
    lead = active_members(partnership).order_by("-is_lead", "id").first()
    return save_channel(
        partnership=partnership, kind=kind, name=name, url=url, owner=lead, publisher=cast.coordinator,
        by=cast.coordinator,
    )  # fmt: skip


def _draft(cast: Cast, partnership: Partnership, told: Told, channel: SocialChannel, on: int, **more: Any) -> Post:
    texts = {cast.space.language: Words(told.text, str(more.pop("alt", "")))}
    fields: dict[str, Any] = {"people_shown": "nobody", "by": cast.coordinator, **more}
    return write_post(
        partnership=partnership, title=told.title, texts=texts, channel=channel, planned_at=day(on), **fields
    )


def _agreed(cast: Cast, partnership: Partnership, told: Told, channel: SocialChannel, on: int, **more: Any) -> Post:
    post = _draft(cast, partnership, told, channel, on, **more)
    for mention in post.mentions.select_related("post").filter(shows_logo=True):
        note_partners_consent(mention=mention, agreed_how=WORDS[cast.space.language].agreed, by=cast.coordinator)
    return approve_post(post=post, by=cast.deputy)[0]


def _looked_back_on(cast: Cast, partnership: Partnership, words: SocialWords, page: SocialChannel) -> None:
    partner = active_members(partnership).order_by("is_lead", "id").first()
    with on_day(-42):
        post = _agreed(
            cast, partnership, words.evening, page, -40, alt=words.alt, upload=_drawing(),
            mentions={partner: True} if partner else {},
        )  # fmt: skip
    with on_day(-40):
        post = publish_post(post=post, link=f"{words.address}/posts/40", by=cast.coordinator)
    with on_day(-33) as moment:
        review_post(
            post=post, people_reached=640, reactions=48, comments=9, shares=12, clicks=31, learned=words.learned,
            read_on=moment.date(), by=cast.coordinator,
        )  # fmt: skip


def _taken_back(cast: Cast, partnership: Partnership, words: SocialWords, page: SocialChannel) -> None:
    """Somebody changed their mind after the post was out: the picture is gone, and it was taken down."""
    with on_day(-60) as moment:
        consent = record_consent(
            partnership=partnership, who=words.child, is_minor=True, guardian=words.guardian, scope=words.scope,
            given_on=moment.date(), by=cast.coordinator,
        )  # fmt: skip
        post = _agreed(
            cast, partnership, words.meeting, page, -58, alt=words.child, upload=_drawing(), people_shown="consented",
            consents=[consent],
        )  # fmt: skip
    with on_day(-58):
        publish_post(post=post, link=f"{words.address}/posts/58", by=cast.coordinator)
    with on_day(-20) as moment:
        withdraw_consent(consent=consent, today=moment.date(), by=cast.coordinator)
        take_post_down(post=post, today=moment.date(), by=cast.coordinator)


def _to_come(
    cast: Cast, partnership: Partnership, words: SocialWords, page: SocialChannel, board: SocialChannel
) -> None:
    survey = next((card.key for card in pages_to_share(partnership) if card.key.startswith("survey-")), "page")
    consent = record_consent(
        partnership=partnership, who=words.adult, scope=words.scope, given_on=day(-30).date(),
        expires_on=day(335).date(), by=cast.coordinator,
    )  # fmt: skip
    ready = _agreed(cast, partnership, words.survey, page, 2, shared=survey)
    schedule_post(post=ready, by=cast.coordinator)
    # Written by the other one, so that whoever coordinates has something to read.
    _draft(
        cast, partnership, words.thanks, board, 6, by=cast.deputy, people_shown="consented", consents=[consent],
        alt=words.adult, upload=_drawing(),
    )  # fmt: skip
    write_post(partnership=partnership, title=words.idea, by=cast.coordinator)


def _drawing() -> SimpleUploadedFile:
    """A house under a light sky, in place of a photo."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (960, 540), SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((240, 200, 720, 540), WALL)
    draw.polygon(((200, 200), (480, 60), (760, 200)), DOOR)
    draw.rectangle((440, 340, 540, 540), DOOR)
    target = io.BytesIO()
    picture.save(target, "JPEG")
    return SimpleUploadedFile("photo.jpg", target.getvalue())
