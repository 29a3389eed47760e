"""Papers and the jobs that make them."""

from django.urls import path

from emulation.reports import views

urlpatterns = [
    path("documents/", views.PaperList.as_view(), name="paper_list"),
    path("documents/province/", views.province_request, name="province_request"),
    path("documents/<int:pk>/", views.PaperDetail.as_view(), name="paper_detail"),
    path("documents/<int:pk>/register/", views.PaperRegister.as_view(), name="paper_register"),
    path("documents/<int:pk>/pdf/", views.PaperFile.as_view(), {"part": "pdf"}, name="paper_pdf"),
    path("documents/<int:pk>/docx/", views.PaperFile.as_view(), {"part": "docx"}, name="paper_docx"),
    path("documents/<int:pk>/signed/", views.PaperFile.as_view(), {"part": "signed"}, name="paper_signed"),
    path("blocs/<int:pk>/documents/<slug:kind>/request/", views.document_request, name="document_request"),
    path("blocs/<int:pk>/report/", views.report_request, name="report_request"),
    path("jobs/<int:pk>/", views.JobDetail.as_view(), name="job_detail"),
    path("jobs/<int:pk>/file/", views.JobFile.as_view(), name="job_file"),
    path("jobs/<int:pk>/cancel/", views.JobAct.as_view(), {"action": "cancel"}, name="job_cancel"),
    path("jobs/<int:pk>/retry/", views.JobAct.as_view(), {"action": "retry"}, name="job_retry"),
]
