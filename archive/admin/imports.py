"""Originals and import runs in the admin: files are uploaded for an import, and what failed in it is done again."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode

from archive.admin.base import ReadOnlyAdmin, change_link
from archive.admin.uploading import UploadForm
from archive.importing import uploads
from archive.models import ImportLine, ImportRun, Original

SHOWN = 100  # lines on the run's own page; their list has all of them


@admin.register(Original)
class OriginalAdmin(ReadOnlyAdmin):
    list_display = ["name", "media_type", "size", "received", "sha256"]
    list_filter = ["media_type", "received"]
    search_fields = ["name", "sha256__startswith"]
    ordering = ["-pk"]
    fields = ["name", "media_type", "size", "received", "sha256", "download", "reports"]
    readonly_fields = fields

    @admin.display(description="download")
    def download(self, original):
        return format_html('<a href="{}">the file as it came</a>', reverse("original", args=[original.sha256]))

    @admin.display(description="reports")
    def reports(self, original):
        versions = [reading.version for reading in original.readings.select_related("version__article")]
        links = [change_link(version.article) for version in versions]
        return format_html_join(" ", "{}", ((link,) for link in links)) or "–"


@admin.register(ImportLine)
class ImportLineAdmin(ReadOnlyAdmin):
    """What became of each document, by outcome; reached from the run."""

    list_display = ["name", "outcome", "reason", "report", "of_run"]
    list_display_links = None
    list_filter = ["outcome"]
    list_select_related = ["article", "run"]
    search_fields = ["name", "reason"]
    search_help_text = "Words of the file's name or of the reason"
    ordering = ["-run", "number"]
    fields = ["run", "number", "name", "outcome", "reason", "report"]
    readonly_fields = fields

    def has_module_permission(self, request):
        return False

    @admin.display(description="report")
    def report(self, line):
        return change_link(line.article)

    @admin.display(description="import")
    def of_run(self, line):
        return change_link(line.run)


class ImportLineInline(admin.TabularInline):
    model = ImportLine
    fields = ["name", "outcome", "reason", "report"]
    readonly_fields = fields
    verbose_name_plural = f"documents that failed, were refused or have a remark, the first {SHOWN}"
    can_delete = False
    extra = 0

    def get_queryset(self, request):
        lines = super().get_queryset(request).exclude(reason="").select_related("article").order_by("outcome", "pk")
        run = request.resolver_match.kwargs.get("object_id", "")
        first = lines.filter(run=run).values("pk")[:SHOWN] if run.isdecimal() else []
        return lines.filter(pk__in=first)

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description="report")
    def report(self, line):
        return change_link(line.article)


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "made_by", "command", *(f"{name}_count" for name in ImportLine.Outcome.values), "state"]
    list_select_related = ["made_by"]
    fields = ["progress", "documents", "started", "finished", "made_by", "command", "source", "date", "files", "others"]
    inlines = [ImportLineInline]
    change_form_template = "admin/archive/import_run.html"

    def has_add_permission(self, request):
        return request.user.has_perm("archive.add_importrun")

    def get_urls(self):
        steps = {"retry": self.retry_view, "discard": self.discard_view}
        own = [
            path(f"<int:key>/{name}/", self.admin_site.admin_view(view), name=f"archive_importrun_{name}")
            for name, view in steps.items()
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts()

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def add_view(self, request, form_url="", extra_context=None):
        """Takes files, and leads to the run that imports them."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            run = uploads.ask_for_import(data["files"], source=data["source"], date=data["date"], user=request.user)
            messages.success(request, f"Uploaded: {len(data['files'])}. They are imported now, one after the other.")
            return HttpResponseRedirect(reverse("admin:archive_importrun_change", args=[run.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": "Import files",
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/archive/upload.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        run = self.get_object(request, object_id)
        steps = []
        if run and self.has_add_permission(request):
            for name, label, possible in (
                ("retry", "Retry the failed", uploads.can_be_retried),
                ("discard", "Discard the uploads", uploads.can_be_discarded),
            ):
                if possible(run):
                    steps.append((label, reverse(f"admin:archive_importrun_{name}", args=[run.pk])))
        extra = {"steps": steps, "is_under_way": bool(run and run.is_waiting)}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})

    def retry_view(self, request, key):
        """Says how many documents would be imported again, and has that done."""
        retry = partial(uploads.ask_for_retry, key, request.user)
        return self._step(request, key, "Retry the failed", uploads.can_be_retried, retry)

    def discard_view(self, request, key):
        """Deletes what was uploaded, also what failed."""
        discard = partial(uploads.discard, key)
        return self._step(request, key, "Discard the uploads", uploads.can_be_discarded, discard, discards=True)

    def _step(self, request, key, title, possible, do, *, discards=False):
        run = self.get_object(request, str(key))
        if not self.has_add_permission(request):
            raise PermissionDenied
        if run is None:
            raise Http404("There is no such import.")
        if request.method == "POST":
            try:
                run = do()
            except uploads.NotPossible as error:
                messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:archive_importrun_change", args=[run.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "run": run,
            "possible": possible(run),
            "discards": discards,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/archive/import_step.html", context)

    @admin.display(description="progress")
    def progress(self, run):
        """How far it is, in words and as a bar."""
        context = {
            "run": run,
            "state": self.state(run),
            "before": uploads.waiting_before(run) if run.is_waiting else 0,
            "at_work": run.is_waiting and uploads.is_at_work(),
            "done": 100 * run.consumed // run.size if run.size and not run.finished else None,
        }
        return render_to_string("admin/archive/import_progress.html", context)

    @admin.display(description="state")
    def state(self, run):
        if run.finished:
            return "finished"
        if run.queued:
            return "under way" if run.attempts else "waiting"
        return "under way, or stopped"

    @admin.display(description="documents")
    def documents(self, run):
        """How many of each outcome, each with a link to their list."""
        counts = {outcome: getattr(run, f"{outcome}_count") for outcome in ImportLine.Outcome.values}
        everything = reverse("admin:archive_importline_changelist")
        links = (
            (everything, urlencode({"run__id__exact": run.pk, "outcome__exact": outcome}), outcome, counts[outcome])
            for outcome in ImportLine.Outcome.values
            if counts[outcome]
        )
        return format_html_join(", ", '<a href="{}?{}">{} {}</a>', links) or "none yet"

    @admin.display(description="uploaded files")
    def files(self, run):
        """Each with its size, and whether it is kept."""
        rows = (
            (upload.name, upload.size, "kept until all in it is imported" if upload.file else "not kept any more")
            for upload in run.with_uploads.uploads.all()
        )
        return format_html_join("", "<div>{} ({} bytes, {})</div>", rows) or "–"

    @admin.display(description="other attempts")
    def others(self, run):
        """The run whose failed this one does again, and the one that does those of this."""
        links = [("Does again what failed in: ", change_link(run.again, f"run {run.again_id}"))] if run.again else []
        links += [
            ("What failed here is done again in: ", change_link(one, f"run {one.pk}")) for one in run.retries.all()
        ]
        return format_html_join("", "<div>{}{}</div>", links) or "–"

    @admin.display(description="imported")
    def imported_count(self, run):
        return run.imported_count

    @admin.display(description="unchanged")
    def unchanged_count(self, run):
        return run.unchanged_count

    @admin.display(description="failed")
    def failed_count(self, run):
        return run.failed_count

    @admin.display(description="refused")
    def refused_count(self, run):
        return run.refused_count
