"""The leader's year: papers and covenant, standing, leadership, calendar, changes of agencies."""

from django.urls import path

from blocs.views import (
    calendar,
    covenants,
    handovers,
    leadership,
    members,
    opening,
    opinions,
    papers,
    people,
    signed,
    standings,
    successions,
)

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
    # Leadership
    path("blocs/<int:pk>/leadership/", leadership.Leadership.as_view(), name="leadership"),
    path("blocs/<int:pk>/leadership/elect/", leadership.TermElect.as_view(), name="term_elect"),
    path("blocs/<int:pk>/leadership/next/", leadership.NextLeaderNew.as_view(), name="next_leader_new"),
    path("terms/<int:pk>/recognise/", leadership.TermRecognise.as_view(), name="term_recognise"),
    path("terms/<int:pk>/end/", leadership.TermEnd.as_view(), name="term_end"),
    path("terms/<int:pk>/stand-in/", leadership.TermStandIn.as_view(), name="term_stand_in"),
    path("terms/<int:pk>/stop-standing-in/", leadership.TermStop.as_view(), name="term_stop_standing_in"),
    path("next-leaders/<int:pk>/edit/", leadership.NextLeaderEdit.as_view(), name="next_leader_edit"),
    path("next-leaders/<int:pk>/take-back/", leadership.NextLeaderTakeBack.as_view(), name="next_leader_take_back"),
    # Handing over
    path("blocs/<int:pk>/handover/new/", handovers.HandoverNew.as_view(), name="handover_new"),
    path("handovers/<int:pk>/", handovers.HandoverDetail.as_view(), name="handover_detail"),
    path("handovers/<int:pk>/edit/", handovers.HandoverEdit.as_view(), name="handover_edit"),
    path("handovers/<int:pk>/<slug:action>/", handovers.HandoverStep.as_view(), name="handover_step"),
    path("blocs/<int:pk>/files/", handovers.BlocFiles.as_view(), name="bloc_files"),
    # Opening the next year
    path("years/open/", opening.YearOpen.as_view(), name="year_open"),
    path("blocs/<int:pk>/open-next/", opening.BlocYearOpen.as_view(), name="blocyear_open"),
    # Papers of the bloc
    path("blocs/<int:pk>/papers/", papers.BlocPapers.as_view(), name="bloc_papers"),
    path("blocs/<int:pk>/papers/<slug:kind>/new/", papers.PaperNew.as_view(), name="bloc_paper_new"),
    path("blocs/<int:pk>/papers/<slug:kind>/none/", papers.PaperNone.as_view(), name="bloc_paper_none"),
    path("bloc-papers/<int:pk>/", papers.PaperDetail.as_view(), name="bloc_paper_detail"),
    path("bloc-papers/<int:pk>/edit/", papers.PaperEdit.as_view(), name="bloc_paper_edit"),
    path("bloc-papers/<int:pk>/file/", papers.PaperFile.as_view(), name="bloc_paper_file"),
    path("bloc-papers/<int:pk>/revise/", papers.PaperRevise.as_view(), name="bloc_paper_revise"),
    path("bloc-papers/<int:pk>/<slug:action>/", papers.PaperStep.as_view(), name="bloc_paper_step"),
    path("bloc-papers/<int:pk>/opinions/new/", opinions.OpinionNew.as_view(), name="opinion_new"),
    path("opinions/<int:pk>/edit/", opinions.OpinionEdit.as_view(), name="opinion_edit"),
    path("opinions/<int:pk>/settle/", opinions.OpinionSettle.as_view(), name="opinion_settle"),
    # Covenant; `pk` is that of its paper
    path("covenants/<int:pk>/", covenants.CovenantDetail.as_view(), name="covenant_detail"),
    path("covenants/<int:pk>/edit/", covenants.CovenantEdit.as_view(), name="covenant_edit"),
    path("covenants/<int:pk>/targets/", covenants.CovenantTargets.as_view(), name="covenant_targets"),
    path("covenants/<int:pk>/values/", covenants.CovenantValues.as_view(), name="covenant_values"),
    path("covenants/<int:pk>/values/<int:member>/", covenants.MemberValues.as_view(), name="covenant_member_values"),
    path("covenants/<int:pk>/sign/", covenants.CovenantSign.as_view(), name="covenant_sign"),
    path("covenants/<int:pk>/signatures/", covenants.SignatureRecordAll.as_view(), name="covenant_record_all"),
    path("covenants/<int:pk>/signatures/<int:member>/", covenants.SignatureRecord.as_view(), name="covenant_record"),
    path("signatures/<int:pk>/void/", covenants.SignatureVoid.as_view(), name="signature_void"),
    # Signed papers
    path("signed-papers/<int:pk>/scan/", signed.SignedPaperScan.as_view(), name="signed_paper_scan"),
    # People
    path("people/", people.PeopleList.as_view(), name="people_list"),
    path("people/export/", people.PeopleExport.as_view(), name="people_export"),
    path("people/new/", people.PersonNew.as_view(), name="person_new"),
    path("people/import/", people.PeopleImport.as_view(), name="people_import"),
    path("people/import/sample/", people.PeopleSample.as_view(), name="people_sample"),
    path("people/import/<int:pk>/", people.PeopleImportDetail.as_view(), name="people_import_detail"),
    path("people/sheets/", people.PeopleSheets.as_view(), name="people_sheets"),
    path("people/unconfirmed/", people.Unconfirmed.as_view(), name="people_unconfirmed"),
    path("people/unconfirmed/export/", people.UnconfirmedExport.as_view(), name="people_unconfirmed_export"),
    path("people/confirm/<int:pk>/", people.PeopleConfirm.as_view(), name="people_confirm"),
    path("people/<int:pk>/", people.PersonDetail.as_view(), name="person_detail"),
    path("people/<int:pk>/seats/new/", people.SeatAdd.as_view(), name="seat_add"),
    path("people/<int:pk>/seats/<int:seat>/end/", people.SeatEnd.as_view(), name="seat_end"),
    path("people/<int:pk>/transfer/", people.PersonTransfer.as_view(), name="person_transfer"),
    path("people/<int:pk>/reset/", people.PersonReset.as_view(), name="person_reset"),
    path("people/<int:pk>/lock/", people.PersonLock.as_view(), name="person_lock"),
    path("people/<int:pk>/unlock/", people.PersonUnlock.as_view(), name="person_unlock"),
]
