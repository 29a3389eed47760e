"""Every route meets every role, by GET and by POST, against one table."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from awards.models import Decision, Grant, Nomination, Revocation, Submission
from blocs.models import AgencySuccession
from blocs.queries.people import stamp_of
from blocs.queries.succession import survey
from emulation.core.models import SignedPaper
from emulation.reports.models import DocumentTemplate
from tests import factories as make
from tests.matrix.expected import ADMIN_PATHS, ALLOWED, EXPECTED, OUT
from tests.world import ROLES, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

Arguments = Callable[[World], dict[str, Any]]


def of(subject: Callable[[World], Any], **more: Any) -> Arguments:
    """Return the URL's arguments for one row of the world."""
    return lambda world: {"pk": subject(world).pk, **more}


running = of(lambda world: world.bloc_years["running"])
report = of(lambda world: world.papers["report"])
batch = of(lambda world: world.batches["open"])
parked = of(lambda world: world.parked)

provisional = of(lambda world: world.standings["provisional"])
published = of(lambda world: world.standings["published"])
closed = of(lambda world: world.bloc_years["closed"])
membership = of(lambda world: world.bloc_years["running"].memberships.get(agency=world.agencies["member"]))
prepared = of(lambda world: world.successions["draft"])


def person(role: str) -> Arguments:
    """Return the URL's arguments for an account."""
    return of(lambda world: world.users[role])


def seat_of(role: str) -> Arguments:
    """Return the URL's arguments for an account and its seat."""
    return lambda world: {"pk": world.users[role].pk, "seat": world.seats[role].pk}


def office(role: str) -> Arguments:
    """Return the URL's arguments for the term of the leader or of the deputy."""
    return of(lambda world: world.bloc_years["running"].terms.get(role=role))


PERSON_PAGES = (
    "person_detail", "person_edit", "seat_add", "person_transfer", "person_reset", "person_lock", "person_unlock",
)  # fmt: skip


def bloc_paper(kind: str, state: str) -> Callable[[World], Any]:
    """Return the paper of that kind of Khối A, made when it is first asked for."""

    def find(world: World) -> Any:
        row = world.bloc_years["running"]
        found = row.papers.filter(kind=kind).first()
        if found is None and kind == "covenant":
            found = make.CovenantFactory(bloc_year=row, state=state).paper
            make.ClauseFactory(covenant=found.covenant, number=1)
        return found or make.BlocPaperFactory(bloc_year=row, kind=kind, state=state)

    return find


def signature(world: World) -> Any:
    """Return the deputy's signature on paper, made when it is first asked for."""
    paper = bloc_paper("covenant", "signing")(world)
    deputy = world.bloc_years["running"].memberships.get(agency=world.agencies["deputy"])
    return paper.signatures.first() or make.SignatureFactory(paper=paper, membership=deputy)


def signed_paper(world: World) -> Any:
    """Return a signed paper about Khối A with its scan, made when it is first asked for."""
    row = world.bloc_years["running"]
    about = {"subject_label": "blocs.blocyear", "subject_id": row.pk}
    found = SignedPaper.objects.filter(number="07/GU-KTĐ").first()
    return found or make.SignedPaperFactory(number="07/GU-KTĐ", scan=make.StoredFileFactory(), **about)


def own_membership(world: World) -> int:
    """Return the membership of the member in Khối A."""
    return int(world.bloc_years["running"].memberships.get(agency=world.agencies["member"]).pk)


def nomination(route: str) -> Callable[[World], Any]:
    """Return the member's nomination that waits for the bloc, or the board's own of a person of the member.

    Each with a file; made when it is first asked for.
    """

    def find(world: World) -> Any:
        award = make.AwardKindFactory(slug="bk_tinh")
        found = Nomination.objects.filter(route=route, award=award, attachments__isnull=False).first()
        if found:
            return found
        member = world.agencies["member"]
        said = {"route": route, "award": award, "year": world.years["2026"]}
        if route == "via_bloc":
            said |= {"bloc_year": world.bloc_years["running"], "agency": member, "state": "submitted"}
        else:
            said |= {"person": make.PersonFactory(agency=member)}
        made = make.NominationFactory(**said)
        make.AttachmentFactory(nomination=made)
        return made

    return find


def attachment(route: str) -> Callable[[World], Any]:
    """Return the file of such a nomination."""
    return lambda world: nomination(route)(world).attachments.get()


def decision(state: str) -> Callable[[World], Any]:
    """Return a decision in that state that gives one person an award, made when it is first asked for."""

    def find(world: World) -> Any:
        title = f"Quyết định {state}"
        made = Decision.objects.filter(title=title).first()
        if made is None:
            person = make.PersonFactory(agency=world.agencies["member"])
            said = {"route": "board", "person": person, "year": world.years["2026"], "state": "approved"}
            asked = make.NominationFactory(**said, award=make.AwardKindFactory(slug="bk_tinh"))
            made = make.DecisionFactory(title=title, state=state, year=world.years["2026"])
            make.DecisionLineFactory(decision=made, nomination=asked)
        return made

    return find


def line(world: World) -> Any:
    """Return the line of the draft decision."""
    return decision("draft")(world).lines.get()


def grant(*, is_revoked: bool) -> Callable[[World], Any]:
    """Return an award a decision gave, or one taken back, made when it is first asked for."""

    def find(world: World) -> Any:
        if is_revoked:
            return (Revocation.objects.first() or make.RevocationFactory()).grant
        row = decision("issued")(world).lines.get()
        return Grant.objects.filter(line=row).first() or make.GrantFactory(line=row)

    return find


def recorded(world: World) -> Any:
    """Return a nomination the member decides itself, made when it is first asked for."""
    person = make.PersonFactory(agency=world.agencies["member"])
    award = make.AwardKindFactory(slug="ldtt")
    said = {"route": "recorded", "year": world.years["2026"]}
    found = Nomination.objects.filter(**said, state="draft").first()
    return found or make.NominationFactory(**said, person=person, award=award)


def dossier(state: str, *, of_agency: bool = False) -> Callable[[World], Any]:
    """Return a dossier of Khối A in that state, or the member's own, made when it is first asked for."""

    def find(world: World) -> Any:
        title = f"Hồ sơ {state}{' của đơn vị' if of_agency else ''}"
        whose = "member" if of_agency else "leader"
        bloc_year = None if of_agency else world.bloc_years["running"]
        return Submission.objects.filter(title=title).first() or make.SubmissionFactory(
            title=title, state=state, bloc_year=bloc_year, year=world.years["2026"], agency=world.agencies[whose],
            paper=make.SignedPaperFactory(scan=make.StoredFileFactory()),
        )  # fmt: skip

    return find


def nominated(state: str) -> Callable[[World], Any]:
    """Return a person the member nominated, in its received dossier, made when first asked for."""

    def find(world: World) -> Any:
        row = dossier("received", of_agency=True)(world)
        said = {"submission": row, "state": state, "route": "direct", "year": row.year}
        made = Nomination.objects.filter(**said).first()
        person = made or make.PersonFactory(agency=row.agency)
        return made or make.NominationFactory(person=person, award=make.AwardKindFactory(slug="bk_tinh"), **said)

    return find


def template(_: World) -> Any:
    """Return a version of the office's template that was not tried yet, made when it is first asked for."""
    return DocumentTemplate.objects.first() or make.DocumentTemplateFactory()


def opinion(world: World) -> Any:
    """Return the member's comment on the rules, made when it is first asked for."""
    paper = bloc_paper("rules", "circulated")(world)
    member = paper.bloc_year.memberships.get(agency=world.agencies["member"])
    return paper.opinions.first() or make.OpinionFactory(paper=paper, membership=member)


draft_report = bloc_paper("year_report", "draft")
draft_plan, circulated_rules = bloc_paper("plan", "draft"), bloc_paper("rules", "circulated")
signing = bloc_paper("covenant", "signing")

ARGUMENTS: dict[str, Arguments] = {
    **{f"nomination_{page}": of(nomination("via_bloc")) for page in ("detail", "edit", "hold", "resume", "paper")},
    "attachment_new": of(nomination("via_bloc")),
    "nomination_pack": of(nomination("via_bloc")),
    "nomination_detail:the board's": of(nomination("board")),
    **dict.fromkeys(("attachment_file", "attachment_remove"), of(attachment("via_bloc"))),
    "attachment_file:the board's": of(attachment("board")),
    **{
        f"nomination_step:{action}": of(nomination("via_bloc"), action=action)
        for action in ("endorse", "return", "withdraw", "approve", "agree")
    },
    "nominations_from_standing": running,
    "nominations_decline": running,
    "nominations_from_standing:closed year": closed,
    "bloc_papers": running,
    "bloc_paper_new": of(lambda world: world.bloc_years["concluded"], kind="plan"),
    "bloc_paper_none": of(lambda world: world.bloc_years["concluded"], kind="plan"),
    "bloc_paper_detail": of(draft_plan),
    "bloc_paper_detail:circulated": of(circulated_rules),
    "bloc_paper_edit": of(draft_plan),
    "bloc_paper_file": of(draft_plan),
    "bloc_paper_revise": of(draft_plan),
    "bloc_paper_step:circulate": of(draft_plan, action="circulate"),
    "bloc_paper_step:skip": of(draft_plan, action="skip"),
    "bloc_paper_step:redraft": of(draft_plan, action="redraft"),
    "bloc_paper_step:supersede": of(draft_plan, action="supersede"),
    **dict.fromkeys(
        (
            "covenant_detail",
            "covenant_edit",
            "covenant_targets",
            "covenant_values",
            "covenant_sign",
            "covenant_record_all",
        ),
        of(signing),
    ),
    **dict.fromkeys(("narrative_detail", "narrative_edit", "narrative_autosave"), of(draft_report)),
    "opinion_new": of(circulated_rules),
    "opinion_new:draft": of(draft_plan),
    "opinion_edit": of(opinion),
    "opinion_settle": of(opinion),
    "covenant_member_values": lambda world: {"pk": signing(world).pk, "member": own_membership(world)},
    "covenant_record": lambda world: {"pk": signing(world).pk, "member": own_membership(world)},
    "signature_void": of(signature),
    "signed_paper_scan": of(signed_paper),
    "guide_chapter": lambda _: {"slug": "khoi"},
    **dict.fromkeys(("submission_new_bloc", "submission_register_bloc"), running),
    "submission_new_bloc:closed year": of(lambda world: world.bloc_years["closed"]),
    **dict.fromkeys(
        ("submission_new_agency", "submission_register_agency"),
        lambda world: {"pk": world.agencies["member"].pk, "year": world.years["2026"].pk},
    ),
    **dict.fromkeys(("submission_detail", "submission_edit:received", "submission_scan"), of(dossier("received"))),
    "submission_detail:of an agency": of(dossier("received", of_agency=True)),
    "submission_edit": of(dossier("draft")),
    "submission_step:send": of(dossier("draft"), action="send"),
    **{
        f"submission_step:{action}": of(dossier("received"), action=action)
        for action in (
            "receive",
            "return",
            "decide",
            "fly",
        )
    },
    "nomination_resend": of(nominated("returned")),
    **{
        f"appraisal_act:{action}": lambda _, action=action: {"action": action}
        for action in ("appraise", "approve", "fly")
    },
    "appraisal_act:approve what is ticked": lambda _: {"action": "approve"},
    **dict.fromkeys(
        (
            "decision_detail",
            "decision_lines_export",
            "decision_edit",
            "decision_add",
            "decision_number",
            "decision_issue",
            "decision_scan",
        ),
        of(decision("draft")),
    ),
    **{f"decision_{name}:issued": of(decision("issued")) for name in ("detail", "lines_export", "edit")},
    **dict.fromkeys(("decision_line", "decision_line_remove"), of(line)),
    "decision_issue:numbered": of(decision("numbered")),
    **{f"decision_step:{action}": of(decision("draft"), action=action) for action in ("cancel", "unnumber", "unknown")},
    **dict.fromkeys(("grant_detail", "grant_revoke"), of(grant(is_revoked=False))),
    "grant_revoke:revoked": of(grant(is_revoked=True)),
    "grant_own": of(recorded),
    "bloc_edit:closed year": of(lambda world: world.bloc_years["closed"]),
    "blocyear_step:reopen": of(lambda world: world.bloc_years["closed"], action="reopen"),
    **{
        f"blocyear_step:{action}": of(lambda world: world.bloc_years["running"], action=action)
        for action in ("conclude", "start", "close", "unknown")
    },
    "standing_new:first": of(lambda world: world.bloc_years["concluded"]),
    "standing_new:closed year": closed,
    **dict.fromkeys(("standing_detail", "standing_export", "standing_edit", "standing_correct"), provisional),
    **{f"standing_{page}:published": published for page in ("detail", "export", "edit", "correct")},
    **{
        f"standing_step:{action}": of(lambda world: world.standings["provisional"], action=action)
        for action in ("publish", "skip", "redraft", "supersede")
    },
    "milestone_finish": of(lambda world: world.bloc_years["running"], kind="self_score"),
    "milestone_extend": of(lambda world: world.bloc_years["running"], kind="self_score"),
    "milestone_extend:finished": of(lambda world: world.bloc_years["running"], kind="plan"),
    "bloc_members:closed year": closed,
    "member_edit": membership,
    "member_remove": membership,
    "monitor_edit": of(lambda world: world.bloc_years["running"].monitors.get()),
    **dict.fromkeys(
        (
            "standing_new",
            "bloc_calendar",
            "calendar_edit",
            "bloc_members",
            "bloc_groups",
            "bloc_monitor_new",
            "bloc_frame",
            "member_new",
        ),
        running,
    ),
    "agency_detail": of(lambda world: world.agencies["member"]),
    "people_import_detail": of(lambda world: world.people_file),
    "people_confirm": of(lambda world: world.agencies["member"]),
    "people_confirm:elsewhere": of(lambda world: world.agencies["stranger"]),
    **dict.fromkeys(PERSON_PAGES, person("member")),
    **{f"{name}:elsewhere": person("stranger") for name in PERSON_PAGES},
    "person_reset:head of the board": person("board_head"),
    **dict.fromkeys(("seat_end", "seat_cancel"), seat_of("member")),
    **dict.fromkeys(("seat_end:elsewhere", "seat_cancel:elsewhere"), seat_of("stranger")),
    **dict.fromkeys(("succession_detail", "succession_edit"), prepared),
    **dict.fromkeys(("succession_detail:done", "succession_edit:done"), of(lambda world: world.successions["done"])),
    "succession_step:cancel": of(lambda world: world.successions["draft"], action="cancel"),
    "succession_step:cancel what is done": of(lambda world: world.successions["done"], action="cancel"),
    "succession_step:complete": of(lambda world: world.successions["draft"], action="complete"),
    "term_elect:closed year": closed,
    **dict.fromkeys(("term_recognise", "term_end", "term_stand_in", "term_stop_standing_in"), office("deputy")),
    "term_stand_in:leader": office("leader"),
    **dict.fromkeys(
        ("next_leader_edit", "next_leader_take_back"), of(lambda world: world.bloc_years["running"].next_leaders.get())
    ),
    **dict.fromkeys(("handover_detail", "handover_edit"), of(lambda world: world.handover)),
    **{
        f"handover_step:{action}": of(lambda world: world.handover, action=action)
        for action in ("hand", "skip", "redraft")
    },
    **dict.fromkeys(("leadership", "term_elect", "next_leader_new", "handover_new", "bloc_files"), running),
    "blocyear_open:leadership to fill in": running,
    "blocyear_open": of(lambda world: world.bloc_years["concluded"]),
    "workbook_detail": batch,
    "workbook_detail:confirmed": of(lambda world: world.batches["confirmed"]),
    "workbook_file": batch,
    "workbook_discard": batch,
    "workbook_undo": batch,
    "parked_detail": parked,
    "parked_drop": parked,
    **dict.fromkeys(("submission_pack", "submission_pack_zip"), of(dossier("received"))),
    **dict.fromkeys(("decision_pack", "decision_pack_zip"), of(decision("draft"))),
    "decision_pack:issued": of(decision("issued")),
    **dict.fromkeys(("template_file", "template_try", "template_activate", "template_retire"), of(template)),
    **dict.fromkeys(("template_kind", "template_built_in"), lambda _: {"kind": "standing"}),
    "template_kind:unknown": lambda _: {"kind": "letter"},
    "document_request": of(lambda world: world.bloc_years["running"], kind="year_report"),
    "document_request:nothing to print": of(lambda world: world.bloc_years["concluded"], kind="rules"),
    "document_request:unknown kind": of(lambda world: world.bloc_years["running"], kind="letter"),
    "paper_detail:draft": of(lambda world: world.papers["draft"]),
    "paper_pdf:draft": of(lambda world: world.papers["draft"]),
    "job_detail:draft": of(lambda world: world.jobs["draft"]),
    "paper_detail": report,
    "paper_register": report,
    "paper_pdf": report,
    "paper_docx": report,
    "paper_signed": report,
    "job_detail": of(lambda world: world.jobs["ready"]),
    "job_detail:province": of(lambda world: world.jobs["province"]),
    "job_file": of(lambda world: world.jobs["ready"]),
    "job_file:province": of(lambda world: world.jobs["province"]),
    "job_cancel": of(lambda world: world.jobs["ready"]),
    "job_retry": of(lambda world: world.jobs["failed"]),
    "mfa_edit_webauthn": lambda _: {"pk": 1},
    "mfa_remove_webauthn": lambda _: {"pk": 1},
    **dict.fromkeys(("bloc_detail", "bloc_edit", "bloc_history", "workbook_export", "report_request"), running),
}
ON_PAPER = {"paper_number": "12/QĐ-UBND", "paper_dated_on": "20/05/2026", "paper_issuer": "UBND tỉnh"}


def proposals(world: World) -> dict[str, Any]:
    """Return the form that does a change of agencies as it is proposed."""
    row = AgencySuccession.objects.get(pk=world.successions["draft"].pk)
    objects = [touched for group in survey(row) for touched in group.objects if not touched.is_fixed]
    return {touched.key: touched.choices[0][0] for touched in objects} | ON_PAPER | {"confirmed": "on", "revision": 0}


KEY = "6f1c1f0e-7c52-4b6a-9f3e-1d2b3c4d5e6f"


def _named(world: World, key: str) -> dict[str, Any]:
    """Return a form that gives an office to a member."""
    return {"agency": world.agencies[key].pk, "role": "deputy", "creation_key": KEY}


POSTED: dict[str, Callable[[World], dict[str, Any]]] = {
    "nomination_resend": lambda _: {"revision": 0},
    "appraisal_act:approve what is ticked": lambda world: {
        "line": nominated("appraised")(world).pk,
        "seen": f"{nominated('appraised')(world).pk}-0",
    },
    **{
        f"person_reset{case}": lambda world, role=role: {"note": "Quên", "stamp": stamp_of(world.users[role])}
        for case, role in (("", "member"), (":elsewhere", "stranger"), (":head of the board", "board_head"))
    },
    **dict.fromkeys(
        ("person_lock", "person_lock:elsewhere", "person_unlock", "person_unlock:elsewhere"), lambda _: {"note": "Nghỉ"}
    ),
    "succession_new:typed": lambda world: {
        "kind": "dissolve",
        "happened_on": "01/06/2026",
        "old": [world.agencies["member"].pk],
        "creation_key": uuid.uuid4(),
    },
    "succession_edit": lambda world: {
        "kind": "dissolve",
        "happened_on": "01/06/2026",
        "old": [world.agencies["outgoing"].pk],
        "revision": 0,
    },
    "succession_new:searching": lambda _: {"find": "old_q", "old_q": "so"},
    "succession_detail": proposals,
    "year_choose": lambda world: {"year": world.years["2025"].pk},
    "bloc_edit": lambda _: {"revision": 0, "theme": "Đoàn kết"},
    "bloc_edit:closed year": lambda _: {"revision": 0, "theme": "Đoàn kết"},
    "term_elect": lambda world: _named(world, "member"),
    "term_end": lambda _: {"revision": 0, "ends_on": "01/11/2026", "reason": "Sáp nhập"},
    "term_stand_in": lambda _: {"revision": 0, "day": "01/11/2026"},
    "next_leader_new": lambda world: _named(world, "member"),
    "next_leader_edit": lambda _: {"revision": 0, "role": "leader", "stated": "bầu"},
    "next_leader_take_back": lambda _: {"note": "Họp lại."},
    "handover_new": lambda world: {
        "giver": world.agencies["leader"].pk,
        "receiver": world.agencies["member"].pk,
        "creation_key": KEY,
    },
    "handover_edit": lambda _: {"revision": 0, "rows": 1, "title_1": "Kế hoạch"},
    "handover_step:hand": lambda _: {"handed_on": "01/11/2026"},
    "narrative_autosave": lambda _: {"section": "limits", "text": "Gửi báo cáo chậm.", "revision": 0},
    "standing_edit": lambda _: {"revision": 0, "decided_on": "01/11/2026"},
    "standing_step:publish": lambda _: {"revision": 0},
    "milestone_finish": lambda _: {"revision": 0, "outcome": "undated"},
    "milestone_extend": lambda _: {"revision": 0, "due_on": "15/11/2026", "reason": "Chờ hướng dẫn."},
    "paper_register": lambda _: {"revision": 0, "number": "12/BC-KTĐ", "issued_on": "02/11/2026"},
    "province_request": lambda world: {"year": world.years["2025"].pk},
}


def routes(resolver: URLResolver | None = None) -> Iterator[str]:
    """Walk every route but the admin site's; one without a name fails."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from routes(pattern)
        else:
            assert pattern.name, f"the route {pattern.pattern} has no name"
            yield pattern.name


def url_of(key: str, world: World) -> str:
    """Return the address of a row of the table; a case without arguments of its own takes its route's."""
    name = key.partition(":")[0]
    arguments = ARGUMENTS.get(key) or ARGUMENTS.get(name)
    return reverse(name, kwargs=arguments(world) if arguments else {})


@contextmanager
def undone() -> Iterator[None]:
    """Take back what a request wrote. To the house it looks like the test's own transaction, so its acts may begin."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def answer(client: Client, method: str, url: str, data: dict[str, Any]) -> int:
    """Return the status, and leave the browser and the rows as they were."""
    cookies = client.cookies.output(header="", sep=";")
    with undone():
        response = client.get(url) if method == "GET" else client.post(url, data)
        if response.streaming:  # read to the end, or the file stays open
            b"".join(response.streaming_content)
    client.cookies = SimpleCookie(cookies)
    return response.status_code


def answers(world: World, role: str) -> dict[str, dict[str, int]]:
    """Return what a role gets from every row of the table."""
    client = world.client(role)
    return {
        key: {
            method: answer(client, method, url_of(key, world), POSTED[key](world) if key in POSTED else {})
            for method in ("GET", "POST")
        }
        for key in EXPECTED
    }


def of_role(role: str) -> dict[str, dict[str, int]]:
    return {key: {method: said[role] for method, said in row.items()} for key, row in EXPECTED.items()}


def test_every_route_is_in_the_table_and_nothing_else() -> None:
    assert set(routes()) == {key.partition(":")[0] for key in EXPECTED}


def test_table_knows_every_role_and_only_allowed_answers() -> None:
    for key, row in EXPECTED.items():
        for method, said in row.items():
            assert set(said) == set(ROLES), (key, method)
            assert set(said.values()) <= ALLOWED, (key, method)


#: Roles that meet every route on SQLite too: who sees most, and who sees least of a bloc from inside.
ON_BOTH = {"board_specialist", "leader", "member"}
EACH_ROLE = [pytest.param(role, marks=[] if role in ON_BOTH else [pytest.mark.once]) for role in ROLES]


@pytest.mark.parametrize("role", EACH_ROLE)
def test_role_gets_what_the_table_says(world: World, role: str) -> None:
    assert answers(world, role) == of_role(role)


@pytest.mark.once
def test_superuser_is_held_to_the_row_of_the_administrator(world: World) -> None:
    world.users["admin"].is_superuser = True
    world.users["admin"].save()
    assert answers(world, "admin") == of_role("admin")


def test_who_is_out_is_led_to_the_login_or_to_the_page_of_seats(world: World) -> None:
    for role, door in zip(OUT, ("/accounts/login/?next=/blocs/", "/accounts/seat/", "/accounts/seat/"), strict=True):
        assert world.client(role).get("/blocs/")["Location"] == door


@pytest.mark.parametrize("path", ADMIN_PATHS)
def test_admin_site_is_for_administrators(world: World, path: str) -> None:
    got = {role: world.client(role).get(path).status_code for role in ROLES}
    assert got == dict.fromkeys(ROLES, 404) | {"anonymous": 302, "admin": 200}


def test_admin_site_opens_to_no_superuser_who_is_not_in_its_group(world: World) -> None:
    world.users["admin"].is_superuser = True
    world.users["admin"].save()
    world.users["admin"].groups.clear()
    assert [world.client("admin").get(path).status_code for path in ADMIN_PATHS] == [404] * len(ADMIN_PATHS)


def test_unknown_address_is_not_found_for_everybody_who_is_in(world: World) -> None:
    for role in ROLES:
        assert world.client(role).get("/khong-co-trang-nay/").status_code == 404
