"""Who gets which answer from which route: the one table, read by test_matrix.

A row names a route, and after a colon a case where one is not enough. Each method has the answer of every role:

* 302 for who is out (to the login page) and for who has no open seat (to the page that says so);
* 404 where a role may not know that something exists, 405 where nothing is posted or only posting makes sense;
* 409 at the wrong time, 422 when what was typed is incomplete. Nothing else is ever answered.

The subject is Khối A of 2026 (`tests.world`), its report, its jobs. The leader and the deputy run it; the member, the
signers and the account manager belong to an agency in it; the outgoing leader led it the year before; the council
member follows it; the stranger belongs to Khối B.
"""

from tests.world import ROLES

Answers = dict[str, int]

ALLOWED = frozenset({200, 302, 404, 405, 409, 422})
OUT = ("anonymous", "no_seat", "ended_seat")
BOARD = ("board_head", "board_specialist")
HEAD = ("board_head",)
RUNS = ("leader", "deputy")
BELONGS = (*RUNS, "member", "signer", "signer_kt", "account_manager", "outgoing")
FOLLOWS = ("council",)
ADMIN = ("admin",)


def each(answer: int, **others: int) -> Answers:
    """Everybody with an open seat gets the answer; who is out is led to a door; the administrator sees nothing."""
    return dict.fromkeys(ROLES, answer) | dict.fromkeys(OUT, 302) | {"admin": 404} | others


def only(roles: tuple[str, ...], answer: int = 200) -> Answers:
    """Return the answer for these roles; all others who are in learn nothing."""
    return each(404) | dict.fromkeys(roles, answer)


def no(**others: int) -> Answers:
    """Say that the method does not exist here, to everybody who is in."""
    return each(405, admin=405, **others)


def all_the_same(answer: int) -> Answers:
    """Return one answer for everybody, logged in or not."""
    return dict.fromkeys(ROLES, answer)


def account(answer: int, *, anonymous: int = 302) -> Answers:
    """Pages of one's own account: open to everybody who is in, with a seat or without."""
    return dict.fromkeys(ROLES, answer) | {"anonymous": anonymous}


READS_PAPERS = (*BOARD, *BELONGS, *FOLLOWS)
MAKES_PAPERS = (*BOARD, *RUNS)
PEOPLE = (*BOARD, "account_manager")
SIGNS = ("signer", "signer_kt")
COMMENTS = (*MAKES_PAPERS, "member", *SIGNS, "outgoing")
SENDS_OWN = (*BOARD, "member", *SIGNS)
SENDERS = (*MAKES_PAPERS, "member", *SIGNS, "outgoing", "stranger", *FOLLOWS)
OWN_OR_RUNS = (*MAKES_PAPERS, "member", *SIGNS, "account_manager")

PROPOSES = (*BOARD, *RUNS, "member", *SIGNS, "outgoing", "stranger")
NOMINATES = (*PROPOSES, *FOLLOWS)
WRITES_OWN = (*BOARD, "member", *SIGNS)

EXPECTED: dict[str, dict[str, Answers]] = {
    # The shell
    "home": {"GET": each(200, admin=200), "POST": no()},
    "grid_export": {"GET": only((*BOARD, *FOLLOWS)), "POST": no()},
    "year_choose": {"GET": no(), "POST": each(302)},
    "search": {"GET": each(200), "POST": no()},
    "guide": {"GET": each(200, admin=200), "POST": no()},
    "guide_chapter": {"GET": each(200, admin=200), "POST": no()},
    "health": {"GET": all_the_same(200), "POST": all_the_same(405)},
    # Blocs
    "bloc_list": {"GET": each(200), "POST": no()},
    "bloc_export": {"GET": each(200), "POST": no()},
    "bloc_detail": {"GET": each(200), "POST": no()},
    "bloc_edit": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    "bloc_edit:nothing typed": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 409)},
    "bloc_edit:closed year": {
        "GET": only((*BOARD, "outgoing"), 409),
        "POST": only((*BOARD, "outgoing"), 409),
    },
    "bloc_history": {"GET": only(READS_PAPERS), "POST": no()},
    "blocyear_step:conclude": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    "blocyear_step:start": {"GET": only(MAKES_PAPERS, 409), "POST": only(MAKES_PAPERS, 409)},
    "blocyear_step:close": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    "blocyear_step:reopen": {"GET": only(HEAD), "POST": only(HEAD, 422)},
    "blocyear_step:unknown": {"GET": only(()), "POST": only(())},
    # Standing
    "standing_new": {"GET": only(MAKES_PAPERS, 302), "POST": only(MAKES_PAPERS, 302)},
    "standing_new:first": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "standing_new:closed year": {"GET": only((*BOARD, "outgoing"), 409), "POST": only((*BOARD, "outgoing"), 409)},
    "standing_detail": {"GET": only((*MAKES_PAPERS, *FOLLOWS)), "POST": no()},
    "standing_detail:published": {"GET": each(200), "POST": no()},
    "standing_export": {"GET": only((*MAKES_PAPERS, *FOLLOWS)), "POST": no()},
    "standing_export:published": {"GET": each(200), "POST": no()},
    "standing_edit": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    "standing_edit:nothing typed": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 409)},
    "standing_edit:published": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    "standing_correct": {"GET": only(MAKES_PAPERS, 409), "POST": only(MAKES_PAPERS, 409)},
    "standing_correct:published": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "standing_step:publish": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    "standing_step:skip": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "standing_step:redraft": {"GET": only(MAKES_PAPERS, 409), "POST": only(MAKES_PAPERS, 409)},
    "standing_step:supersede": {"GET": only(()), "POST": only(())},
    # Calendar
    "bloc_calendar": {"GET": only(MAKES_PAPERS), "POST": no()},
    "calendar_edit": {"GET": only(BOARD), "POST": only(BOARD, 409)},
    "milestone_finish": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    "milestone_finish:nothing typed": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "milestone_extend": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "milestone_extend:finished": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    # Members
    "bloc_members": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "bloc_members:closed year": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "bloc_groups": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "bloc_monitor_new": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "monitor_edit": {"GET": only(BOARD), "POST": only(BOARD, 409)},
    "member_new": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "member_edit": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "member_remove": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    # Agencies
    "agency_list": {"GET": each(200), "POST": no()},
    "agency_export": {"GET": each(200), "POST": no()},
    "agency_detail": {"GET": each(200), "POST": no()},
    # Changes of agencies
    "succession_list": {"GET": only(BOARD), "POST": no()},
    "succession_new": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "succession_new:typed": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "succession_new:searching": {"GET": only(BOARD), "POST": only(BOARD)},
    "succession_detail": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "succession_detail:nothing chosen": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "succession_detail:done": {"GET": only(BOARD), "POST": only(BOARD, 409)},
    "succession_edit": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "succession_edit:done": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    "succession_step:cancel": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "succession_step:cancel what is done": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    "succession_step:complete": {"GET": only(()), "POST": only(())},
    # Leadership
    "leadership": {"GET": each(200), "POST": no()},
    "term_elect": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "term_elect:nothing typed": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "term_elect:closed year": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    "term_recognise": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "term_end": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "term_stand_in": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "term_stand_in:leader": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    "term_stop_standing_in": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    "next_leader_new": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    "next_leader_edit": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    "next_leader_take_back": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    # Handing over
    "handover_new": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    "handover_detail": {"GET": only(READS_PAPERS), "POST": no()},
    "handover_edit": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    "handover_edit:nothing typed": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 409)},
    "handover_step:hand": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    "handover_step:skip": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "handover_step:redraft": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    "bloc_files": {"GET": only(READS_PAPERS), "POST": no()},
    # Opening the next year
    "year_division": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "bloc_new": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "bloc_frame": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "year_open": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "blocyear_open:leadership to fill in": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "blocyear_open": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    # People: the member's agency has an account manager; whoever is of another agency is unknown to him
    "people_list": {"GET": only(PEOPLE), "POST": no()},
    "people_export": {"GET": only(PEOPLE), "POST": no()},
    "person_new": {"GET": only(PEOPLE), "POST": only(PEOPLE, 422)},
    "people_import": {"GET": only(PEOPLE), "POST": only(PEOPLE, 422)},
    "people_sample": {"GET": only(PEOPLE), "POST": no()},
    "people_import_detail": {"GET": only(("board_specialist",)), "POST": only(("board_specialist",), 409)},
    "people_sheets": {"GET": only(PEOPLE), "POST": only(PEOPLE, 422)},
    "people_unconfirmed": {"GET": only(BOARD), "POST": no()},
    "people_unconfirmed_export": {"GET": only(BOARD), "POST": no()},
    "people_confirm": {"GET": only(PEOPLE), "POST": only(PEOPLE, 422)},
    "people_confirm:elsewhere": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "person_detail": {"GET": only(PEOPLE), "POST": no()},
    "person_detail:elsewhere": {"GET": only(BOARD), "POST": no()},
    "seat_add": {"GET": only(PEOPLE), "POST": only(PEOPLE, 422)},
    "seat_add:elsewhere": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "seat_end": {"GET": only(PEOPLE), "POST": only(PEOPLE, 422)},
    "seat_end:elsewhere": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "seat_cancel": {"GET": only(PEOPLE, 409), "POST": only(PEOPLE, 409)},
    "seat_cancel:elsewhere": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    "person_edit": {"GET": only(PEOPLE), "POST": only(PEOPLE, 422)},
    "person_edit:elsewhere": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "person_transfer": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "person_reset": {"GET": only(PEOPLE), "POST": only(PEOPLE)},
    "person_reset:elsewhere": {"GET": only(BOARD), "POST": only(BOARD)},
    "person_reset:head of the board": {"GET": only(()), "POST": only(())},
    "person_lock": {"GET": only(PEOPLE), "POST": only(PEOPLE, 302)},
    "person_lock:elsewhere": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "person_unlock": {"GET": only(PEOPLE), "POST": only(PEOPLE, 409)},
    "person_unlock:elsewhere": {"GET": only(BOARD), "POST": only(BOARD, 409)},
    # The bloc workbook
    "workbook_export": {"GET": each(200), "POST": no()},
    "workbook_empty": {"GET": each(200), "POST": no()},
    "workbook_list": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "workbook_detail": {"GET": only(BOARD), "POST": only(BOARD, 409)},
    "workbook_detail:confirmed": {"GET": only(BOARD), "POST": only(BOARD, 409)},
    "workbook_file": {"GET": only(BOARD), "POST": no()},
    "workbook_discard": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "workbook_undo": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    "parked_list": {"GET": only(BOARD), "POST": no()},
    "parked_detail": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "parked_drop": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    # Papers of the bloc and the covenant
    "bloc_papers": {"GET": only(READS_PAPERS), "POST": no()},
    "bloc_paper_new": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "bloc_paper_none": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "bloc_paper_detail": {"GET": only(MAKES_PAPERS), "POST": no()},
    "bloc_paper_detail:circulated": {"GET": only(READS_PAPERS), "POST": no()},
    "bloc_paper_edit": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "bloc_paper_file": {"GET": only(()), "POST": no()},
    "bloc_paper_revise": {"GET": only(MAKES_PAPERS, 409), "POST": only(MAKES_PAPERS, 422)},
    "bloc_paper_step:circulate": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    "bloc_paper_step:skip": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "bloc_paper_step:redraft": {"GET": only(MAKES_PAPERS, 409), "POST": only(MAKES_PAPERS, 409)},
    "bloc_paper_step:supersede": {"GET": only(()), "POST": only(())},
    "narrative_detail": {"GET": only(MAKES_PAPERS), "POST": no()},
    "narrative_edit": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    "narrative_autosave": {"GET": no(), "POST": only(MAKES_PAPERS)},
    "opinion_new": {"GET": only(COMMENTS), "POST": only(COMMENTS, 422)},
    "opinion_new:draft": {"GET": only(MAKES_PAPERS, 409), "POST": only(MAKES_PAPERS, 409)},
    "opinion_edit": {"GET": only(("member", *SIGNS)), "POST": only(("member", *SIGNS), 422)},
    "opinion_settle": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "covenant_detail": {"GET": only(READS_PAPERS), "POST": no()},
    "covenant_edit": {"GET": only(MAKES_PAPERS, 409), "POST": only(MAKES_PAPERS, 409)},
    "covenant_targets": {"GET": only(MAKES_PAPERS, 409), "POST": only(MAKES_PAPERS, 409)},
    "covenant_values": {"GET": only(MAKES_PAPERS, 409), "POST": only(MAKES_PAPERS, 409)},
    "covenant_member_values": {"GET": only(OWN_OR_RUNS, 409), "POST": only(OWN_OR_RUNS, 409)},
    "covenant_sign": {"GET": only(SIGNS), "POST": only(SIGNS, 302)},
    "covenant_record": {"GET": only(OWN_OR_RUNS), "POST": only(OWN_OR_RUNS, 422)},
    "covenant_record_all": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "signature_void": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "signed_paper_scan": {"GET": only(READS_PAPERS), "POST": no()},
    # Nominations. The one the matrix asks about was sent to the bloc by the member; another is the board's own.
    "nomination_list": {"GET": only(NOMINATES), "POST": no()},
    "nomination_export": {"GET": only(NOMINATES), "POST": no()},
    "nomination_new": {"GET": only(PROPOSES), "POST": only(PROPOSES, 422)},
    "nomination_paste": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "nomination_detail": {"GET": only((*MAKES_PAPERS, *FOLLOWS, "member", *SIGNS)), "POST": no()},
    "nomination_detail:the board's": {"GET": only(BOARD), "POST": no()},
    "nomination_edit": {"GET": only(WRITES_OWN), "POST": only(WRITES_OWN, 409)},
    "nomination_hold": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "nomination_resume": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    "nomination_paper": {"GET": only(()), "POST": no()},
    "attachment_new": {"GET": only(WRITES_OWN), "POST": only(WRITES_OWN, 422)},
    "attachment_file": {"GET": only((*MAKES_PAPERS, *FOLLOWS, "member", *SIGNS)), "POST": no()},
    "attachment_file:the board's": {"GET": only(BOARD), "POST": no()},
    "attachment_remove": {"GET": only(WRITES_OWN), "POST": only(WRITES_OWN, 302)},
    "nomination_step:endorse": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    "nomination_step:return": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "nomination_step:withdraw": {"GET": only(WRITES_OWN), "POST": only(WRITES_OWN, 422)},
    "nomination_step:approve": {"GET": only(HEAD, 409), "POST": only(HEAD, 409)},
    "nomination_step:agree": {"GET": only(()), "POST": only(())},
    "nominations_from_standing": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "nominations_decline": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "nominations_from_standing:closed year": {
        "GET": only((*BOARD, "outgoing"), 409),
        "POST": only((*BOARD, "outgoing"), 409),
    },
    # Decisions and awards given
    "decision_list": {"GET": each(200), "POST": no()},
    "decision_export": {"GET": each(200), "POST": no()},
    "decision_new": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "decision_record": {"GET": only(HEAD), "POST": only(HEAD, 422)},
    "decision_detail": {"GET": only(BOARD), "POST": no()},
    "decision_detail:issued": {"GET": each(200), "POST": no()},
    "decision_lines_export": {"GET": only(BOARD), "POST": no()},
    "decision_lines_export:issued": {"GET": each(200), "POST": no()},
    "decision_edit": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "decision_edit:issued": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    "decision_add": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "decision_line": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "decision_line_remove": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "decision_number": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "decision_issue": {"GET": only(HEAD, 409), "POST": only(HEAD, 409)},
    "decision_issue:numbered": {"GET": only(HEAD), "POST": only(HEAD, 302)},
    "decision_scan": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    "decision_step:cancel": {"GET": only(HEAD), "POST": only(HEAD, 422)},
    "decision_step:unnumber": {"GET": only(HEAD, 409), "POST": only(HEAD, 409)},
    "decision_step:unknown": {"GET": only(()), "POST": only(())},
    "grant_list": {"GET": each(200), "POST": no()},
    "grant_export": {"GET": each(200), "POST": no()},
    "grant_new": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "grant_own": {"GET": only((*BOARD, "member", *SIGNS)), "POST": only((*BOARD, "member", *SIGNS), 422)},
    "grant_detail": {"GET": each(200), "POST": no()},
    "grant_revoke": {"GET": only(HEAD), "POST": only(HEAD, 422)},
    "grant_revoke:revoked": {"GET": only(HEAD, 409), "POST": only(HEAD, 409)},
    # Dossiers and appraisal: Khối A's dossier, the member's own
    "submission_list": {"GET": only(SENDERS), "POST": no()},
    "submission_export": {"GET": only(SENDERS), "POST": no()},
    "submission_new": {"GET": only(PROPOSES), "POST": no()},
    "submission_new_bloc": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "submission_new_bloc:closed year": {
        "GET": only((*BOARD, "outgoing"), 409),
        "POST": only((*BOARD, "outgoing"), 409),
    },
    "submission_new_agency": {"GET": only(SENDS_OWN), "POST": only(SENDS_OWN, 422)},
    "submission_register_bloc": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "submission_register_agency": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "submission_detail": {"GET": only((*MAKES_PAPERS, *FOLLOWS)), "POST": no()},
    "submission_detail:of an agency": {"GET": only(SENDS_OWN), "POST": no()},
    "submission_edit": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "submission_edit:received": {"GET": only(MAKES_PAPERS, 409), "POST": only(MAKES_PAPERS, 409)},
    "submission_scan": {"GET": only((*MAKES_PAPERS, *FOLLOWS)), "POST": no()},
    "submission_step:send": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "submission_step:receive": {"GET": only(BOARD, 409), "POST": only(BOARD, 409)},
    "submission_step:return": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "submission_step:decide": {"GET": only(HEAD), "POST": only(HEAD, 302)},
    "submission_step:fly": {"GET": only(()), "POST": only(())},
    "nomination_resend": {"GET": only(SENDS_OWN), "POST": only(SENDS_OWN, 302)},
    "appraisal_list": {"GET": only(BOARD), "POST": no()},
    "appraisal_export": {"GET": only(BOARD), "POST": no()},
    "appraisal_act:appraise": {"GET": only(BOARD, 302), "POST": only(BOARD, 302)},
    "appraisal_act:approve": {"GET": only(HEAD, 302), "POST": only(HEAD, 302)},
    "appraisal_act:approve what is ticked": {"GET": only(HEAD, 302), "POST": only(HEAD, 302)},
    "appraisal_act:fly": {"GET": only(()), "POST": only(())},
    # Papers and jobs
    "paper_list": {"GET": each(200), "POST": no()},
    "paper_award_list": {"GET": each(200), "POST": no()},
    "province_request": {"GET": no(), "POST": only(BOARD, 302)},
    "province_request:no year": {"GET": no(), "POST": only(BOARD, 409)},
    "paper_detail": {"GET": only(READS_PAPERS), "POST": no()},
    "paper_register": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 302)},
    "paper_register:nothing typed": {"GET": only(MAKES_PAPERS), "POST": only(MAKES_PAPERS, 422)},
    "paper_pdf": {"GET": only(READS_PAPERS), "POST": no()},
    "paper_docx": {"GET": only(READS_PAPERS), "POST": no()},
    "paper_signed": {"GET": only(READS_PAPERS), "POST": no()},
    "paper_detail:draft": {"GET": only(MAKES_PAPERS), "POST": no()},
    "paper_pdf:draft": {"GET": only(MAKES_PAPERS), "POST": no()},
    "report_request": {"GET": no(), "POST": only(MAKES_PAPERS, 302)},
    "document_request": {"GET": no(), "POST": only(MAKES_PAPERS, 302)},
    "document_request:nothing to print": {"GET": no(), "POST": only(BOARD, 409)},
    "document_request:unknown kind": {"GET": no(), "POST": only(())},
    "job_detail": {"GET": only(READS_PAPERS), "POST": no()},
    "job_detail:draft": {"GET": only(MAKES_PAPERS), "POST": no()},
    "job_detail:province": {"GET": only(BOARD), "POST": no()},
    "job_file": {"GET": only(()), "POST": no()},
    "job_file:province": {"GET": only(BOARD), "POST": no()},
    "job_cancel": {"GET": no(), "POST": only(MAKES_PAPERS, 409)},
    "job_retry": {"GET": no(), "POST": only(MAKES_PAPERS, 302)},
    # Papers made together, and the office's own templates: a dossier of Khối A, a decision; both without papers yet
    "submission_pack": {"GET": only((*MAKES_PAPERS, *FOLLOWS)), "POST": only(MAKES_PAPERS, 409)},
    "nomination_pack": {
        "GET": only((*MAKES_PAPERS, *FOLLOWS, "member", *SIGNS)),
        "POST": only((*MAKES_PAPERS, "member", *SIGNS), 302),
    },
    "submission_pack_zip": {"GET": only(()), "POST": no()},
    "decision_pack": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "decision_pack:issued": {"GET": only(BOARD), "POST": only(BOARD, 302)},
    "decision_pack_zip": {"GET": only(()), "POST": no()},
    "template_list": {"GET": only(BOARD), "POST": no()},
    "template_kind": {"GET": only(BOARD), "POST": only(BOARD, 422)},
    "template_kind:unknown": {"GET": only(()), "POST": only(())},
    "template_built_in": {"GET": only(BOARD), "POST": no()},
    "template_file": {"GET": only(BOARD), "POST": no()},
    "template_try": {"GET": no(), "POST": only(BOARD, 302)},
    "template_activate": {"GET": no(), "POST": only(BOARD, 409)},
    "template_retire": {"GET": no(), "POST": only(BOARD, 409)},
    # Login and one's own account
    "account_login": {"GET": account(302, anonymous=200), "POST": account(302, anonymous=200)},
    "account_logout": {"GET": account(200), "POST": account(302)},
    "account_inactive": {"GET": all_the_same(200), "POST": all_the_same(405)},
    "account_signup": {"GET": account(302, anonymous=200), "POST": account(302, anonymous=200)},
    "account_reauthenticate": {"GET": account(200), "POST": account(200)},
    "account_change_password": {"GET": account(200), "POST": account(200)},
    "seat_choose": {"GET": account(200), "POST": account(404)},
    "mfa_index": {"GET": account(200), "POST": account(405)},
    "mfa_authenticate": {"GET": account(302), "POST": account(302)},
    "mfa_reauthenticate": {"GET": account(302), "POST": account(302)},
    "mfa_activate_totp": {"GET": account(302), "POST": account(302)},
    "mfa_deactivate_totp": {"GET": account(404), "POST": account(404)},
    "mfa_view_recovery_codes": {"GET": account(404), "POST": account(405)},
    "mfa_generate_recovery_codes": {"GET": account(302), "POST": account(302)},
    "mfa_download_recovery_codes": {"GET": account(404), "POST": account(404)},
    "mfa_list_webauthn": {"GET": account(200), "POST": account(405)},
    "mfa_add_webauthn": {"GET": account(302), "POST": account(302)},
    "mfa_login_webauthn": {"GET": account(302), "POST": account(302)},
    "mfa_reauthenticate_webauthn": {"GET": account(302), "POST": account(302)},
    "mfa_edit_webauthn": {"GET": account(302), "POST": account(302)},
    "mfa_remove_webauthn": {"GET": account(302), "POST": account(302)},
}

# The admin site is one rule, proved on its front page and on three models.
ADMIN_PATHS = (
    "/admin/",
    "/admin/core/province/",
    "/admin/blocs/agency/",
    "/admin/accounts/user/",
)
