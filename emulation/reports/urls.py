"""Papers and the jobs that make them."""

from django.urls import path

from emulation.reports.rules import DECISION, NOMINATION, SUBMISSION
from emulation.reports.views import narratives, packs, papers, templates

urlpatterns = [
    path("report-drafts/<int:pk>/", narratives.NarrativeDetail.as_view(), name="narrative_detail"),
    path("report-drafts/<int:pk>/edit/", narratives.NarrativeEdit.as_view(), name="narrative_edit"),
    path("report-drafts/<int:pk>/autosave/", narratives.NarrativeAutosave.as_view(), name="narrative_autosave"),
    path("documents/", papers.PaperList.as_view(), name="paper_list"),
    path("documents/awards/", papers.AwardPaperList.as_view(), name="paper_award_list"),
    path("documents/province/", papers.province_request, name="province_request"),
    path("documents/<int:pk>/", papers.PaperDetail.as_view(), name="paper_detail"),
    path("documents/<int:pk>/register/", papers.PaperRegister.as_view(), name="paper_register"),
    path("documents/<int:pk>/pdf/", papers.PaperFile.as_view(), {"part": "pdf"}, name="paper_pdf"),
    path("documents/<int:pk>/docx/", papers.PaperFile.as_view(), {"part": "docx"}, name="paper_docx"),
    path("documents/<int:pk>/signed/", papers.PaperFile.as_view(), {"part": "signed"}, name="paper_signed"),
    path(
        "documents/dossiers/<int:pk>/",
        packs.PackPage.as_view(),
        {"label": SUBMISSION},
        name="submission_pack",
    ),
    path(
        "documents/dossiers/<int:pk>/zip/",
        packs.PackZip.as_view(),
        {"label": SUBMISSION},
        name="submission_pack_zip",
    ),
    path("documents/nominations/<int:pk>/", packs.PackPage.as_view(), {"label": NOMINATION}, name="nomination_pack"),
    path("documents/decisions/<int:pk>/", packs.PackPage.as_view(), {"label": DECISION}, name="decision_pack"),
    path("documents/decisions/<int:pk>/zip/", packs.PackZip.as_view(), {"label": DECISION}, name="decision_pack_zip"),
    path("document-templates/", templates.TemplateList.as_view(), name="template_list"),
    path("document-templates/file/<int:pk>/", templates.TemplateFile.as_view(), name="template_file"),
    path("document-templates/<slug:kind>/", templates.TemplateKind.as_view(), name="template_kind"),
    path("document-templates/<slug:kind>/built-in/", templates.TemplateBuiltIn.as_view(), name="template_built_in"),
    path("document-templates/<int:pk>/try/", templates.TemplateAct.as_view(), {"action": "try"}, name="template_try"),
    path(
        "document-templates/<int:pk>/activate/",
        templates.TemplateAct.as_view(),
        {"action": "activate"},
        name="template_activate",
    ),
    path(
        "document-templates/<int:pk>/retire/",
        templates.TemplateAct.as_view(),
        {"action": "retire"},
        name="template_retire",
    ),
    path("blocs/<int:pk>/documents/<slug:kind>/request/", papers.document_request, name="document_request"),
    path("blocs/<int:pk>/report/", papers.report_request, name="report_request"),
    path("jobs/<int:pk>/", papers.JobDetail.as_view(), name="job_detail"),
    path("jobs/<int:pk>/file/", papers.JobFile.as_view(), name="job_file"),
    path("jobs/<int:pk>/cancel/", papers.JobAct.as_view(), {"action": "cancel"}, name="job_cancel"),
    path("jobs/<int:pk>/retry/", papers.JobAct.as_view(), {"action": "retry"}, name="job_retry"),
]
