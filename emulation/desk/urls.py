"""Home, blocs, agencies, search, guide, workbook."""

from django.urls import path

from emulation.desk.views import agencies, blocs, guide, home, search

urlpatterns = [
    # The shell
    path("", home.home, name="home"),
    path("year/", home.year_choose, name="year_choose"),
    path("search/", search.search, name="search"),
    path("guide/", guide.guide, name="guide"),
    path("guide/<slug:slug>/", guide.guide_chapter, name="guide_chapter"),
    path("healthz", home.health, name="health"),
    # Blocs
    path("blocs/", blocs.BlocList.as_view(), name="bloc_list"),
    path("blocs/export/", blocs.BlocExport.as_view(), name="bloc_export"),
    path("blocs/<int:pk>/", blocs.BlocDetail.as_view(), name="bloc_detail"),
    path("blocs/<int:pk>/edit/", blocs.BlocEdit.as_view(), name="bloc_edit"),
    path("blocs/<int:pk>/history/", blocs.BlocHistory.as_view(), name="bloc_history"),
    # Agencies
    path("agencies/", agencies.AgencyList.as_view(), name="agency_list"),
    path("agencies/export/", agencies.AgencyExport.as_view(), name="agency_export"),
    path("agencies/<int:pk>/", agencies.AgencyDetail.as_view(), name="agency_detail"),
    # Last: a step is any other word after a bloc's number
    path("blocs/<int:pk>/<slug:action>/", blocs.BlocYearStep.as_view(), name="blocyear_step"),
]
