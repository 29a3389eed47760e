"""Home, blocs, agencies, search, guide, workbook."""

from django.urls import path

from emulation.desk.views import agencies, blocs, guide, home, search, workbook

urlpatterns = [
    # The shell
    path("", home.home, name="home"),
    path("grid/export/", home.grid_export, name="grid_export"),
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
    # The bloc workbook
    path("blocs/<int:pk>/workbook/", workbook.WorkbookExport.as_view(), name="workbook_export"),
    path("workbooks/", workbook.WorkbookList.as_view(), name="workbook_list"),
    path("workbooks/empty/", workbook.WorkbookEmpty.as_view(), name="workbook_empty"),
    path("workbooks/<int:pk>/", workbook.WorkbookDetail.as_view(), name="workbook_detail"),
    path("workbooks/<int:pk>/file/", workbook.WorkbookFile.as_view(), name="workbook_file"),
    path("workbooks/<int:pk>/discard/", workbook.WorkbookDiscard.as_view(), name="workbook_discard"),
    path("workbooks/<int:pk>/undo/", workbook.WorkbookUndo.as_view(), name="workbook_undo"),
    path("parked-rows/", workbook.ParkedList.as_view(), name="parked_list"),
    path("parked-rows/<int:pk>/", workbook.ParkedDetail.as_view(), name="parked_detail"),
    path("parked-rows/<int:pk>/drop/", workbook.ParkedDrop.as_view(), name="parked_drop"),
    # Last: a step is any other word after a bloc's number
    path("blocs/<int:pk>/<slug:action>/", blocs.BlocYearStep.as_view(), name="blocyear_step"),
]
