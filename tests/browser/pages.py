"""Every page of the URL inventory with an example of its address; a URL that is missing here fails a test."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.urls import reverse

from emulation.desk.domain.guide import CHAPTERS
from tests.browser.province import BOARD, HEAD, LEADER, MANAGER, MEMBER, Shown

EVERYBODY = (BOARD, LEADER, MEMBER)
WRITERS = (BOARD, LEADER)

#: Answers that are no page: a file, a redirect after a post, a line for another program.
NO_PAGES = frozenset({
    "agency_export", "bloc_export", "grid_export", "health", "job_cancel", "job_file", "job_retry",
    "mfa_download_recovery_codes",
    "mfa_login_webauthn", "paper_docx", "paper_pdf", "paper_signed", "province_request", "report_request",
    "submission_export", "submission_scan", "appraisal_export",
    "document_request", "narrative_autosave", "submission_pack_zip", "decision_pack_zip", "template_built_in",
    "template_file", "template_try", "template_activate", "template_retire",
    "decision_export", "decision_lines_export", "grant_export",
    "people_export", "people_sample", "people_unconfirmed_export", "standing_export",
    "bloc_paper_file", "signed_paper_scan", "attachment_file", "nomination_export", "nomination_paper",
    "workbook_empty", "workbook_export", "workbook_file", "year_choose",
})  # fmt: skip
#: Pages on the way in: shown only between password and code.
ON_THE_WAY = frozenset({"mfa_authenticate"})
#: A page only a signer has: looked at in the journey of the leader's year.
ELSEWHERE = frozenset({"covenant_sign"})
ADMIN_MODELS = ("accounts_user", "blocs_agency", "core_province")


@dataclass(frozen=True)
class PageOf:
    """One address to open, and the logins that may; an empty login opens it before anybody is in."""

    name: str
    path: str
    logins: tuple[str, ...] = EVERYBODY


def of_desk(shown: Shown) -> list[PageOf]:
    """Return home, blocs, agencies, search, guide and workbook."""

    def page(name: str, *args: object, query: str = "", logins: tuple[str, ...] = EVERYBODY) -> PageOf:
        return PageOf(name, reverse(name, args=args) + query, logins)

    only_board, bloc = (BOARD,), shown.bloc.pk
    return [
        page("home"),
        page("home", query="?state=late&stage=plan", logins=only_board),
        page("search", query="?q=khoi"),
        page("search", query="?q=so&kind=agencies", logins=only_board),
        page("search", query="?q=khong+co+gi", logins=only_board),
        page("guide"),
        *(page("guide_chapter", chapter.slug, logins=only_board) for chapter in CHAPTERS),
        page("bloc_list"),
        page("bloc_list", query="?year="),
        page("bloc_list", query="?q=zzz", logins=only_board),
        page("bloc_detail", bloc),
        page("bloc_detail", shown.closed.pk, logins=only_board),
        *(page("bloc_detail", seed.pk, logins=only_board) for seed in shown.seeds),
        page("bloc_edit", bloc, logins=WRITERS),
        page("bloc_history", bloc),
        page("blocyear_step", bloc, "score", logins=WRITERS),
        page("agency_list"),
        page("agency_detail", shown.agency.pk),
        page("workbook_list", logins=only_board),
        *(page("workbook_detail", shown.ids[key], logins=only_board) for key in ("discarded", "confirmed", "opened")),
        page("workbook_discard", shown.ids["opened"], logins=only_board),
        page("workbook_undo", shown.ids["confirmed"], logins=only_board),
        page("parked_list", logins=only_board),
        *(page("parked_detail", shown.ids[key], logins=only_board) for key in ("parked", "doubted")),
        page("parked_drop", shown.ids["parked"], logins=only_board),
    ]


def of_bloc_papers(shown: Shown) -> list[PageOf]:
    """Return the papers of a bloc and the covenant, in draft and while it is signed."""

    def page(name: str, *args: object, logins: tuple[str, ...] = (BOARD,)) -> PageOf:
        return PageOf(name, reverse(name, args=args), logins)

    bloc, ids = shown.bloc.pk, shown.ids
    signing, drafted, member = ids["covenant"], ids["covenant_draft"], ids["covenant_member"]
    return [
        page("bloc_papers", bloc, logins=EVERYBODY),
        page("bloc_paper_new", ids["other"], "rules"),
        page("bloc_paper_none", ids["other"], "rules"),
        page("bloc_paper_detail", ids["passed"], logins=EVERYBODY),
        page("bloc_paper_revise", ids["passed"], logins=WRITERS),
        page("bloc_paper_edit", ids["plan"]),
        page("bloc_paper_step", ids["plan"], "pass"),
        page("bloc_paper_step", ids["plan"], "skip"),
        page("bloc_paper_step", signing, "finish", logins=WRITERS),
        page("narrative_detail", ids["report"], logins=EVERYBODY),
        page("narrative_edit", ids["report"], logins=WRITERS),
        page("opinion_new", ids["report"], logins=EVERYBODY),
        page("opinion_edit", ids["opinion"], logins=(MEMBER,)),
        page("opinion_settle", ids["opinion"], logins=WRITERS),
        page("covenant_detail", signing, logins=EVERYBODY),
        page("covenant_detail", drafted),
        page("covenant_edit", drafted),
        page("covenant_targets", drafted),
        page("covenant_values", drafted),
        page("covenant_member_values", drafted, ids["draft_member"]),
        page("covenant_record", signing, member, logins=WRITERS),
        page("covenant_record_all", signing, logins=WRITERS),
        page("signature_void", ids["signature"]),
    ]


def of_standings(shown: Shown) -> list[PageOf]:
    """Return the standing in every state, the calendar and the members of a bloc."""

    def page(name: str, *args: object, query: str = "", logins: tuple[str, ...] = (BOARD,)) -> PageOf:
        return PageOf(name, reverse(name, args=args) + query, logins)

    bloc, ids = shown.bloc.pk, shown.ids
    return [
        page("standing_new", ids["unranked"]),
        page("standing_detail", ids["published"], logins=EVERYBODY),
        page("standing_detail", ids["provisional"], logins=WRITERS),
        page("standing_detail", ids["skipped"]),
        page("standing_edit", ids["provisional"], logins=WRITERS),
        page("standing_correct", ids["published"], logins=WRITERS),
        *(page("standing_step", ids["provisional"], action) for action in ("publish", "skip")),
        page("bloc_calendar", bloc, logins=WRITERS),
        page("calendar_edit", bloc),
        page("milestone_finish", bloc, "handover", logins=WRITERS),
        page("milestone_extend", ids["prepared"], "plan"),
        page("bloc_members", bloc),
        page("bloc_members", shown.closed.pk),
        page("bloc_groups", bloc),
        page("bloc_monitor_new", bloc),
        page("monitor_edit", ids["monitor"]),
        page("member_new", bloc, query="?q=hoi"),
        page("member_new", bloc, query=f"?agency={shown.agency.pk}"),
        page("member_edit", ids["removable"]),
        page("member_remove", ids["removable"]),
    ]


def of_leadership(shown: Shown) -> list[PageOf]:
    """Return terms of office, next leaders, the record of handing over, earlier files, opening the next year."""

    def page(name: str, *args: object, query: str = "", logins: tuple[str, ...] = (BOARD,)) -> PageOf:
        return PageOf(name, reverse(name, args=args) + query, logins)

    bloc, ids = shown.bloc.pk, shown.ids
    return [
        page("leadership", bloc, logins=EVERYBODY),
        page("leadership", shown.closed.pk),
        page("term_elect", bloc),
        page("term_recognise", ids["leader"]),
        page("term_end", ids["leader"]),
        page("term_stand_in", ids["deputy"]),
        page("term_stop_standing_in", ids["standing_in"]),
        page("next_leader_new", bloc, logins=WRITERS),
        page("next_leader_edit", ids["next_leader"], logins=WRITERS),
        page("next_leader_take_back", ids["next_leader"]),
        page("handover_new", bloc, logins=WRITERS),
        page("handover_detail", ids["handover"], logins=EVERYBODY),
        page("handover_edit", ids["handover"], logins=WRITERS),
        *(page("handover_step", ids["handover"], action) for action in ("hand", "skip")),
        page("bloc_files", bloc, logins=WRITERS),
        page("year_division", query=f"?year={shown.bloc.year_id}"),
        page("bloc_new"),
        page("bloc_frame", bloc),
        page("year_open", query=f"?year={shown.bloc.year_id}"),
        page("blocyear_open", bloc),
    ]


def of_successions(shown: Shown) -> list[PageOf]:
    """Return changes of agencies: none yet chosen, one in preparation, one that is done."""

    def page(name: str, *args: object, query: str = "") -> PageOf:
        return PageOf(name, reverse(name, args=args) + query, (BOARD,))

    return [
        page("succession_list"),
        page("succession_list", query="?kind=split"),
        page("succession_new", query=f"?agency={shown.agency.pk}"),
        page("succession_detail", shown.ids["merger"]),
        page("succession_detail", shown.ids["merged"]),
        page("succession_edit", shown.ids["merger"]),
        page("succession_step", shown.ids["merger"], "cancel"),
    ]


def of_decisions(shown: Shown) -> list[PageOf]:
    """Return decisions from draft to issued and those of others, awards given, one taken back."""

    def page(name: str, *args: object, query: str = "", logins: tuple[str, ...] = (BOARD,)) -> PageOf:
        return PageOf(name, reverse(name, args=args) + query, logins)

    ids = shown.ids
    draft = ids["decision_draft"]
    return [
        page("decision_list", logins=EVERYBODY),
        page("decision_list", query="?q=zzz"),
        page("decision_new"),
        page("decision_record", logins=(HEAD,)),
        page("decision_detail", draft),
        page("decision_detail", ids["decision_issued"], logins=EVERYBODY),
        *(page(name, draft) for name in ("decision_edit", "decision_add", "decision_number")),
        page("decision_issue", ids["decision_numbered"], logins=(HEAD,)),
        page("decision_scan", ids["decision_issued"]),
        page("decision_line", ids["decision_line"]),
        page("decision_line_remove", ids["decision_line_plain"]),
        page("decision_step", draft, "cancel", logins=(HEAD,)),
        page("grant_list", logins=EVERYBODY),
        page("grant_list", query=f"?agency={shown.agency.pk}"),
        page("grant_list", query="?q=zzz"),
        page("grant_new"),
        page("grant_new", query=f"?agency={shown.agency.pk}"),
        page("grant_own", ids["recorded"], logins=(BOARD,)),
        page("grant_detail", ids["grant"], logins=EVERYBODY),
        page("grant_detail", ids["revoked"]),
        page("grant_revoke", ids["grant"], logins=(HEAD,)),
    ]


def of_people(shown: Shown) -> list[PageOf]:
    """Return people: lists, one person with every act, the file of many, the yearly confirmation."""

    def page(name: str, *args: object, query: str = "", logins: tuple[str, ...] = (BOARD,)) -> PageOf:
        return PageOf(name, reverse(name, args=args) + query, logins)

    ids, agency = shown.ids, shown.agency.pk
    of_person = (
        "person_detail", "person_edit", "seat_add", "person_transfer", "person_reset", "person_lock", "person_unlock",
    )  # fmt: skip
    return [
        page("people_list", logins=(BOARD, MANAGER)),
        page("people_list", query="?q=zzz"),
        page("person_new", logins=(BOARD, MANAGER)),
        page("people_import"),
        page("people_import_detail", ids["people_file"]),
        page("people_sheets", query=f"?agency={agency}"),
        page("people_sheets", logins=(MANAGER,)),
        page("people_unconfirmed"),
        page("people_confirm", agency, logins=(BOARD, MANAGER)),
        *(page(name, ids["person"]) for name in of_person),
        page("person_detail", ids["manager"], logins=(MANAGER,)),
        page("seat_end", ids["person"], ids["person_seat"]),
        page("seat_cancel", ids["person"], ids["later_seat"]),
    ]


def of_reports(shown: Shown) -> list[PageOf]:
    """Return papers and jobs in every state."""
    every_job = ("running", "failed", "ready", "cancelled")
    return [
        PageOf("paper_list", reverse("paper_list")),
        PageOf("paper_award_list", reverse("paper_award_list")),
        PageOf("paper_detail", reverse("paper_detail", args=[shown.ids["draft"]])),
        PageOf("paper_detail", reverse("paper_detail", args=[shown.ids["signed"]]), (BOARD,)),
        PageOf("paper_register", reverse("paper_register", args=[shown.ids["draft"]]), WRITERS),
        *(PageOf("job_detail", reverse("job_detail", args=[shown.ids[key]])) for key in every_job),
        *(PageOf("job_detail", reverse("job_detail", args=[shown.ids[key]]), (BOARD,)) for key in ("province", "zip")),
        PageOf("decision_pack", reverse("decision_pack", args=[shown.ids["packed_decision"]]), (BOARD,)),
        PageOf("submission_pack", reverse("submission_pack", args=[shown.ids["packed_dossier"]]), WRITERS),
        PageOf("nomination_pack", reverse("nomination_pack", args=[shown.ids["nomination"]]), WRITERS),
        PageOf("template_list", reverse("template_list"), (BOARD,)),
        PageOf("template_kind", reverse("template_kind", args=["decision"]), (BOARD,)),
        PageOf("template_kind", reverse("template_kind", args=["standing"]), (BOARD,)),
    ]


def of_accounts() -> list[PageOf]:
    """Return login and its pages; those of second factors once without any and once with every kind."""
    key = Authenticator.objects.get(type="webauthn").pk
    with_factors = (HEAD,)
    keys = ("mfa_edit_webauthn", "mfa_remove_webauthn")
    first_time = ("mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn")
    own = ("seat_choose", "account_change_password", "account_logout", "account_reauthenticate", "mfa_index")
    enrolled = (
        "mfa_index", "mfa_list_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
        "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    )  # fmt: skip
    return [
        *(PageOf(name, reverse(name), ("",)) for name in ("account_login", "account_signup", "account_inactive")),
        *(PageOf(name, reverse(name)) for name in own),
        *(PageOf(name, reverse(name), (BOARD,)) for name in first_time),
        *(PageOf(name, reverse(name), with_factors) for name in enrolled),
        *(PageOf(name, reverse(name, args=[key]), with_factors) for name in keys),
    ]


def of_dossiers(shown: Shown) -> list[PageOf]:
    """Return dossiers on their way, and the board's queue with its acts."""

    def page(name: str, *args: object, query: str = "", logins: tuple[str, ...] = (BOARD,)) -> PageOf:
        return PageOf(name, reverse(name, args=args) + query, logins)

    bloc, ids = shown.bloc, shown.ids
    return [
        page("submission_list", query="?year=", logins=EVERYBODY),
        page("submission_list", query="?q=zzz"),
        page("submission_new", logins=EVERYBODY),
        page("submission_new_bloc", bloc.pk, logins=WRITERS),
        page("submission_new_agency", ids["sender"], bloc.year_id),
        page("submission_register_bloc", bloc.pk),
        page("submission_register_agency", ids["sender"], bloc.year_id),
        page("submission_detail", ids["dossier"]),
        page("submission_edit", ids["dossier_draft"]),
        page("submission_step", ids["dossier"], "return"),
        page("submission_step", ids["dossier_draft"], "send"),
        page("nomination_resend", ids["returned"]),
        page("appraisal_list", query="?state="),
        page("appraisal_list", query="?q=zzz"),
        page("appraisal_act", "appraise", query=f"?line={ids['sent']}"),
        page("appraisal_act", "approve", query=f"?line={ids['appraised']}", logins=(HEAD,)),
    ]


def of_nominations(shown: Shown) -> list[PageOf]:
    """Return nominations in the states their pages can show, and the forms that make one or many."""

    def page(name: str, *args: object, query: str = "", logins: tuple[str, ...] = (BOARD,)) -> PageOf:
        return PageOf(name, reverse(name, args=args) + query, logins)

    bloc, ids = shown.bloc.pk, shown.ids
    waiting = ids["nomination"]
    return [
        page("nomination_list", query="?year=", logins=EVERYBODY),
        page("nomination_list", query="?q=zzz"),
        page("nomination_detail", waiting, logins=WRITERS),
        page("nomination_detail", ids["held"]),
        *(page("nomination_new", query=f"?kind={kind}", logins=(BOARD, MEMBER)) for kind in ("own", "unit", "persons")),
        page("nomination_paste"),
        page("nominations_from_standing", bloc, logins=WRITERS),
        page("nominations_decline", bloc, logins=(LEADER,)),
        page("nomination_edit", waiting),
        page("nomination_hold", waiting),
        page("nomination_resume", ids["held"]),
        *(page("nomination_step", waiting, action, logins=WRITERS) for action in ("endorse", "return")),
        page("attachment_new", waiting),
        page("attachment_remove", ids["nomination_file"]),
    ]


def every_page(shown: Shown) -> list[PageOf]:
    """Return the whole inventory outside the admin site."""
    return (
        of_desk(shown)
        + of_bloc_papers(shown)
        + of_standings(shown)
        + of_successions(shown)
        + of_decisions(shown)
        + of_people(shown)
        + of_leadership(shown)
        + of_nominations(shown)
        + of_dossiers(shown)
        + of_reports(shown)
        + of_accounts()
    )
