"""Addresses of nominations (đề nghị khen thưởng)."""

from django.urls import path

from awards.views import nominations
from awards.views import nominations_many as many

urlpatterns = [
    path("nominations/", nominations.NominationList.as_view(), name="nomination_list"),
    path("nominations/export/", nominations.NominationExport.as_view(), name="nomination_export"),
    path("nominations/new/", nominations.NominationNew.as_view(), name="nomination_new"),
    path("nominations/paste/", many.NominationPaste.as_view(), name="nomination_paste"),
    path("nominations/<int:pk>/", nominations.NominationDetail.as_view(), name="nomination_detail"),
    path("nominations/<int:pk>/edit/", nominations.NominationEdit.as_view(), name="nomination_edit"),
    path("nominations/<int:pk>/hold/", nominations.NominationHold.as_view(), name="nomination_hold"),
    path("nominations/<int:pk>/resume/", nominations.NominationResume.as_view(), name="nomination_resume"),
    path("nominations/<int:pk>/paper/", nominations.NominationPaper.as_view(), name="nomination_paper"),
    path("nominations/<int:pk>/files/new/", nominations.AttachmentNew.as_view(), name="attachment_new"),
    path("nominations/<int:pk>/<slug:action>/", nominations.NominationStep.as_view(), name="nomination_step"),
    path("nomination-files/<int:pk>/", nominations.AttachmentFile.as_view(), name="attachment_file"),
    path("nomination-files/<int:pk>/remove/", nominations.AttachmentRemove.as_view(), name="attachment_remove"),
    path("blocs/<int:pk>/nominations/new/", many.FromStanding.as_view(), name="nominations_from_standing"),
    path("blocs/<int:pk>/nominations/decline/", many.Declined.as_view(), name="nominations_decline"),
]
