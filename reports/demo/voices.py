"""Residents' messages and what became of them."""

import secrets

from engagement.models import Submission, Theme
from engagement.operations.feedback import send_feedback
from engagement.operations.submission import put_into_theme, reply_to_submission
from engagement.operations.theme import create_theme, publish_theme
from partnerships.models import Partnership, Task
from reports.demo.clock import day, on_day
from reports.demo.people import Cast
from reports.demo.story import Answer, Story, Voice

DAYS_TO_ANSWER = 6


def bring_in_voices(cast: Cast, story: Story, partnership: Partnership) -> list[str]:
    """Send, answer and sum up the messages of a story; returns the reference codes of those not answered yet."""
    themes = [_theme(cast, partnership, position, story) for position in range(len(story.answers))]
    codes = [_voice(cast, partnership, voice, themes) for voice in story.voices]
    for theme, answer in zip(themes, story.answers, strict=True):
        if answer.published is not None:
            with on_day(answer.published) as moment:
                publish_theme(theme=theme, by=cast.coordinator, today=moment.date())
    return [code for code, voice in zip(codes, story.voices, strict=True) if voice.reply is None]


def _theme(cast: Cast, partnership: Partnership, position: int, story: Story) -> Theme:
    answer = story.answers[position]
    return create_theme(
        partnership=partnership,
        by=cast.coordinator,
        heard_en=answer.heard_en,
        heard_it=answer.heard_it,
        outcome=answer.outcome,
        answer_en=answer.answer_en,
        answer_it=answer.answer_it,
        evidence=answer.evidence,
        task=_done_by(partnership) if answer.outcome == "done" else None,
        why_not=answer.why_not,
        **_groups(answer),
        outcome_on=day(60).date() if answer.outcome in {"planned", "undecided"} else None,
    )


def _done_by(partnership: Partnership) -> Task | None:
    return Task.objects.filter(partnership=partnership, state=Task.State.DONE).order_by("number").first()


def _groups(answer: Answer) -> dict[str, str]:
    (heard_en, heard_it), (missing_en, missing_it) = answer.heard_from, answer.not_heard_from
    return {
        "heard_from_en": heard_en,
        "heard_from_it": heard_it,
        "not_heard_from_en": missing_en,
        "not_heard_from_it": missing_it,
    }


def _voice(cast: Cast, partnership: Partnership, voice: Voice, themes: list[Theme]) -> str:
    with on_day(voice.day) as moment:
        sent = send_feedback(
            partnership=partnership,
            category=voice.category,
            text=voice.text,
            language=cast.space.language,
            nonce=secrets.token_hex(8),
            sent_from=f"demo-{voice.day}",
            place=voice.place,
            now=moment,
        )
    submission = Submission.objects.filter(partnership=partnership, text=voice.text).get()
    if voice.theme is not None:
        put_into_theme(submission=submission, theme=themes[voice.theme], by=cast.coordinator)
    if voice.reply:
        with on_day(voice.day + DAYS_TO_ANSWER) as moment:
            submission.refresh_from_db()
            reply_to_submission(submission=submission, text=voice.reply, by=cast.coordinator, today=moment.date())
    return sent.code
