"""The leader's year: papers and covenant, standing, leadership, calendar, changes of agencies."""

from django.urls import path

from blocs.views import calendar, members, signed, standings, successions

urlpatterns = [
    # Standing
    path("blocs/<int:pk>/standing/new/", standings.StandingNew.as_view(), name="standing_new"),
    path("standings/<int:pk>/", standings.StandingDetail.as_view(), name="standing_detail"),
    path("standings/<int:pk>/edit/", standings.StandingEdit.as_view(), name="standing_edit"),
    path("standings/<int:pk>/correct/", standings.StandingCorrect.as_view(), name="standing_correct"),
    path("standings/<int:pk>/export/", standings.StandingExport.as_view(), name="standing_export"),
    path("standings/<int:pk>/<slug:action>/", standings.StandingStep.as_view(), name="standing_step"),
    # Calendar
    path("blocs/<int:pk>/calendar/", calendar.BlocCalendar.as_view(), name="bloc_calendar"),
    path("blocs/<int:pk>/calendar/edit/", calendar.CalendarEdit.as_view(), name="calendar_edit"),
    path("blocs/<int:pk>/calendar/<slug:kind>/finish/", calendar.MilestoneFinish.as_view(), name="milestone_finish"),
    path("blocs/<int:pk>/calendar/<slug:kind>/extend/", calendar.MilestoneExtend.as_view(), name="milestone_extend"),
    # Members
    path("blocs/<int:pk>/members/", members.BlocMembers.as_view(), name="bloc_members"),
    path("blocs/<int:pk>/members/new/", members.MemberNew.as_view(), name="member_new"),
    path("memberships/<int:pk>/edit/", members.MemberEdit.as_view(), name="member_edit"),
    path("memberships/<int:pk>/remove/", members.MemberRemove.as_view(), name="member_remove"),
    # Changes of agencies
    path("successions/", successions.SuccessionList.as_view(), name="succession_list"),
    path("successions/new/", successions.SuccessionNew.as_view(), name="succession_new"),
    path("successions/<int:pk>/", successions.SuccessionDetail.as_view(), name="succession_detail"),
    path("successions/<int:pk>/<slug:action>/", successions.SuccessionStep.as_view(), name="succession_step"),
    # Signed papers
    path("signed-papers/<int:pk>/scan/", signed.SignedPaperScan.as_view(), name="signed_paper_scan"),
]
