"""One list, one dashboard, one record, one form, one change."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bench.floor.models import Entry


class MessageForm(forms.Form):
    category = forms.ChoiceField(choices=Entry.Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(max_length=2000, widget=forms.Textarea)
    place = forms.CharField(max_length=120, required=False)
    email = forms.EmailField(required=False)
    consent = forms.BooleanField()


class ProgressForm(forms.ModelForm):
    class Meta:
        model = Entry
        fields = ["progress_percent", "note"]


@login_required
def entries(request, tenant):
    rows = Entry.objects.filter(tenant_id=tenant).order_by("name", "id")
    return render(
        request, "floor/list.html", {"page": Paginator(rows, 50).get_page(request.GET.get("page")), "tenant": tenant}
    )


@login_required
def dashboard(request, tenant):
    rows = Entry.objects.filter(tenant_id=tenant)
    context = {
        "total": rows.count(),
        "people": rows.filter(kind="person").count(),
        "amount": rows.aggregate(amount=Sum("amount"))["amount"],
        "done": rows.filter(progress_percent=100).count(),
        "newest": rows.order_by("-id")[:5],
        "tenant": tenant,
    }
    return render(request, "floor/dashboard.html", context)


@login_required
def detail(request, tenant, pk):
    entry = get_object_or_404(Entry, tenant_id=tenant, pk=pk)
    beside = Entry.objects.filter(tenant_id=tenant)
    context = {
        "entry": entry,
        "before": beside.filter(name__lt=entry.name).order_by("-name", "-id").first(),
        "after": beside.filter(name__gt=entry.name).order_by("name", "id").first(),
        "tenant": tenant,
    }
    return render(request, "floor/detail.html", context)


def message(request, tenant):
    return render(request, "floor/form.html", {"form": MessageForm(), "tenant": tenant})


@login_required
@require_POST
def change(request, tenant, pk):
    entry = get_object_or_404(Entry, tenant_id=tenant, pk=pk)
    form = ProgressForm(request.POST, instance=entry)
    if not form.is_valid():
        return render(request, "floor/form.html", {"form": form, "tenant": tenant}, status=422)
    form.save()
    return redirect("detail", tenant=tenant, pk=pk)
