import pytest
from django.http import Http404

from core.access.visibility import Visibility
from core.models import StoredFile
from core.operations.file import store_bytes
from core.web.downloads import file_answer


def kept(name):
    return store_bytes(
        content=b"Handed over.",
        name=name,
        content_type="text/plain",
        extension=".txt",
        purpose="test",
        by=None,
        scope_id=None,
        visibility=Visibility.COORDINATION,
    )


def test_file_is_handed_out_to_be_kept_and_run_nowhere(space):
    answer = file_answer(kept("keys.txt"))
    assert answer.content == b"Handed over."
    assert answer["Content-Disposition"] == 'attachment; filename="keys.txt"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ['a"; filename="evil.html', "è\u202eonun.txt", "a\nb.txt"])
def test_a_name_stays_a_name_whatever_stands_in_it(space, name):
    header = file_answer(kept(name))["Content-Disposition"]
    assert header.startswith("attachment; filename")
    assert 'filename="evil.html"' not in header.replace('\\"', "")
    assert "\n" not in header


def test_nothing_and_what_the_store_lost_are_nowhere(space):
    lost = kept("keys.txt")
    StoredFile.objects.filter(pk=lost.pk).update(storage_key="gone/nowhere")
    for stored in (None, StoredFile.objects.get(pk=lost.pk)):
        with pytest.raises(Http404):
            file_answer(stored)
