"""A kit of one's own keeps activities, rhythm and papers, and brings activities nobody was told of."""

from datetime import timedelta

from django.utils import timezone

from core.access.visibility import Visibility
from core.rules.workdays import workdays_after
from engagement.models import EngagementActivity, Level
from engagement.operations.activity import change_activity
from partnerships.models import CommunicationLine, MeetingSeries, ShelfDocument
from partnerships.operations.kit import save_kit, start_partnership_from_kit
from partnerships.operations.partnership import change_partnership
from partnerships.queries.kit import chosen_kit
from partnerships.rules.kit import day_of
from tests.factories.activities import announce, plan
from tests.factories.engagement import make_public_partnership


def test_activities_come_along_as_plans_with_their_promise(space, coordinator):
    start = timezone.localdate() + timedelta(days=7)
    first = make_public_partnership(starts_on=start)
    announce(first, coordinator, title="The park", level=Level.SHAPING, target_groups="Families")
    EngagementActivity.objects.filter(pk=plan(first, title="Off").pk).update(state="cancelled")
    saved = save_kit(partnership=first, name_en="Ours", by=coordinator)
    made = start_partnership_from_kit(kit=chosen_kit(saved.code), name="Second", starts_on=start, by=coordinator)
    activity = EngagementActivity.objects.get(partnership=made)
    assert (activity.title, activity.level, activity.target_groups) == ("The park", Level.SHAPING, "Families")
    assert (activity.state, activity.announced_on, activity.place) == ("planned", None, "")
    assert timezone.localdate(activity.starts_at) == day_of(start, 14)
    assert activity.ends_at - activity.starts_at == timedelta(hours=2)
    hour = timezone.localtime(activity.starts_at).time()
    # They follow another start with what is promised by then; an hour somebody wrote stays.
    later = workdays_after(start, 20)
    made = change_partnership(partnership=made, by=coordinator, starts_on=later)
    activity.refresh_from_db()
    assert timezone.localdate(activity.starts_at) == day_of(later, 14)
    assert timezone.localtime(activity.starts_at).time() == hour
    assert activity.report_back_by == timezone.localdate(activity.ends_at) + timedelta(days=30)
    own = activity.starts_at + timedelta(hours=1)
    change_activity(activity=activity, by=coordinator, starts_at=own, ends_at=own + timedelta(hours=2))
    change_partnership(partnership=made, by=coordinator, starts_on=start)
    activity.refresh_from_db()
    assert activity.starts_at == own


def test_rhythm_and_papers_become_starting_points_and_what_is_kept_back_stays(space, coordinator):
    first = make_public_partnership()
    MeetingSeries.objects.create(partnership=first, title="Steering group", purpose="Decide", rhythm="six_weeks")
    CommunicationLine.objects.create(partnership=first, who="Families", purpose="what is on", rhythm="monthly")
    ShelfDocument.objects.create(partnership=first, title="Insurance of students")
    ShelfDocument.objects.create(partnership=first, title="A quarrel", visibility=Visibility.COORDINATION)
    saved = save_kit(partnership=first, name_en="Ours", by=coordinator)
    told = [(note["kind"], note["text_en"], note["text_it"]) for note in saved.content["notes"]]
    assert told == [
        ("rhythm", "Steering group: Every six weeks", "Steering group: Ogni sei settimane"),
        ("rhythm", "Families: what is on: Every month", "Families: what is on: Ogni mese"),
        ("document", "Insurance of students", ""),
    ]
    made = start_partnership_from_kit(kit=chosen_kit(saved.code), name="Second", by=coordinator)
    again = save_kit(partnership=made, name_en="Ours", by=coordinator, code=saved.code)
    assert again.content["notes"] == saved.content["notes"]
