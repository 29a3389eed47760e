"""The covenant: its page, its text, its targets, the planned values, the signatures."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from blocs.enums import SignsAs
from blocs.forms.covenant import (
    CovenantForm,
    RecordAllForm,
    RecordForm,
    TargetsForm,
    ValuesForm,
    VoidForm,
)
from blocs.forms.papers import upload_of
from blocs.models import BlocPaper, Membership, Seat, Signature, Target
from blocs.queries.covenant import (
    CovenantPage,
    covenant_for,
    covenant_page,
    members_of,
    signers_of,
    values_of,
)
from blocs.services import covenants, papers, signatures
from blocs.views.bloc_years import refuse_closed
from blocs.views.papers import steps_of
from emulation.core import clock
from emulation.core.access import can
from emulation.core.errors import Refused
from emulation.core.registry import document_line
from emulation.core.views import DetailPage, FormPage


class OneCovenant(DetailPage):
    """A page about one version of a covenant, `pk` of the URL: that of its paper."""

    permission = "blocs.view_blocpaper"

    def load(self) -> BlocPaper:
        """Return the version; raises Http404 for what the actor may not know of."""
        row = covenant_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        self.require(row)
        return row


class CovenantDetail(OneCovenant):
    """What the bloc promises, who plans what, who has signed."""

    template_name = "blocs/covenant_detail.html"

    def context(self, row: BlocPaper) -> dict[str, Any]:
        """Return the page and what the actor may do."""
        page = covenant_page(row, actor=self.actor)
        return {
            "title": row.title,
            "bloc_year": row.bloc_year,
            "page": page,
            "line": document_line(row.kind, row.bloc_year, self.actor),
            "steps": steps_of(row, self.actor),
            **self._may(row, page),
        }

    def _may(self, row: BlocPaper, page: CovenantPage) -> dict[str, bool]:
        is_open = not row.bloc_year.is_closed
        edits = is_open and page.is_editable
        signs = is_open and page.takes_signatures
        own = page.own
        runs = can(self.actor, "blocs.edit_blocpaper", row)
        return {
            "may_edit": edits and runs,
            "may_plan_own": bool(edits and own and not runs and can(self.actor, "blocs.edit_target_values", own.row)),
            "may_sign": bool(
                signs and own and own.signature is None and can(self.actor, "blocs.sign_covenant", own.row)
            ),
            "may_record_own": bool(
                signs and own and own.signature is None and can(self.actor, "blocs.record_signature", own.row)
            ),
            "may_record_all": signs and can(self.actor, "blocs.record_every_signature", row),
            "may_revise": is_open and row.is_in_force and can(self.actor, "blocs.draft_blocpaper", row),
        }


class OpenCovenant(OneCovenant, FormPage):
    """A form over the content of a covenant that is still being made."""

    permission = "blocs.edit_blocpaper"

    def load(self) -> BlocPaper:
        """Return the version; raises Refused when its content takes no more changes."""
        row = super().load()
        refuse_closed(row.bloc_year)
        papers.refuse_frozen(row)
        return row

    def back(self, row: BlocPaper) -> str:
        """Return the page of the covenant."""
        return reverse("covenant_detail", args=[row.pk])


class CovenantEdit(OpenCovenant):
    """Title, theme, basis, clauses, organisation, witness, an uploaded draft."""

    template_name = "blocs/covenant_edit.html"

    def form(self, row: BlocPaper, data: Any = None, files: Any = None) -> CovenantForm:
        """Return the form with what is stored."""
        return CovenantForm(data, files, initial=self._stored(row), present=upload_of(row))

    def _stored(self, row: BlocPaper) -> dict[str, str]:
        said = row.covenant
        return {
            "title": row.title,
            "theme": said.theme,
            "basis": said.basis,
            "clauses": "\n".join(said.clauses.order_by("number").values_list("text", flat=True)),
            "organisation": said.organisation,
            "witness": said.witness,
        }

    def stored(self, row: BlocPaper, name: str) -> Any:
        """Return what the covenant now holds under a field's name."""
        return self._stored(row).get(name, upload_of(row))

    def context(self, row: BlocPaper) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Sửa nội dung giao ước", "bloc_year": row.bloc_year, "back": self.back(row)}

    def save(self, row: BlocPaper, form: CovenantForm, revision: int) -> str:
        """Write it and go back to the covenant."""
        covenants.edit(
            paper=row,
            said=form.said,
            file=form.cleaned_data["file"],
            drops_file=form.cleaned_data.get("drops_file", False),
            revision=revision,
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã lưu nội dung giao ước.")
        return self.back(row)


class CovenantTargets(OpenCovenant):
    """Every target in one table."""

    template_name = "blocs/covenant_targets.html"

    def load(self) -> BlocPaper:
        """Return the version with its targets."""
        row = super().load()
        self.targets = list(Target.objects.filter(covenant__paper=row).order_by("number"))
        return row

    def form(self, row: BlocPaper, data: Any = None, files: Any = None) -> TargetsForm:
        """Return the form with what is stored and empty rows below."""
        return TargetsForm(data, files, targets=self.targets)

    def stored(self, row: BlocPaper, name: str) -> Any:
        """Return what stands now in one box."""
        fresh = TargetsForm(targets=self.targets)
        return fresh[name].value() if name in fresh.fields else None

    def context(self, row: BlocPaper) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Sửa chỉ tiêu giao ước", "bloc_year": row.bloc_year, "back": self.back(row)}

    def save(self, row: BlocPaper, form: TargetsForm, revision: int) -> str:
        """Write them; "Lưu và thêm dòng" comes back to the table."""
        saved = covenants.set_targets(paper=row, targets=form.said, revision=revision, actor=self.actor, at=clock.now())
        messages.success(self.request, f"Đã lưu {len(saved)} chỉ tiêu.")
        return self.request.path if "more" in self.request.POST else self.back(row)


class CovenantValues(OpenCovenant):
    """What every member plans, in one grid."""

    template_name = "blocs/covenant_values.html"

    def members(self, row: BlocPaper) -> list[Membership]:
        """Return the members the grid is about."""
        return members_of(row)

    def load(self) -> BlocPaper:
        """Return the version with its targets and values; its revision is theirs."""
        row = super().load()
        self.targets = list(Target.objects.filter(covenant__paper=row).order_by("number"))
        self.shown = self.members(row)
        self.known = values_of(row, self.shown)
        row.revision = covenants.values_revision(row, self.known)
        return row

    def form(self, row: BlocPaper, data: Any = None, files: Any = None) -> ValuesForm:
        """Return the grid with what is stored."""
        return ValuesForm(data, files, members=self.shown, targets=self.targets, known=self.known)

    def stored(self, row: BlocPaper, name: str) -> Any:
        """Return what stands now in one box."""
        fresh = ValuesForm(members=self.shown, targets=self.targets, known=self.known)
        return fresh[name].value() if name in fresh.fields else None

    def context(self, row: BlocPaper) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Mức chỉ tiêu của các đơn vị", "bloc_year": row.bloc_year, "back": self.back(row)}

    def save(self, row: BlocPaper, form: ValuesForm, revision: int) -> str:
        """Write it and go back to the covenant."""
        changed = covenants.set_values(
            paper=row, members=self.shown, plans=form.plans, revision=revision, actor=self.actor, at=clock.now()
        )
        messages.success(self.request, f"Đã lưu, {changed} ô thay đổi." if changed else "Không có gì thay đổi.")
        return self.back(row)


class OfMember(OneCovenant):
    """A page about one member under the covenant, `member` of the URL: the id of its membership."""

    member_permission: str

    def load(self) -> BlocPaper:
        """Return the version; raises Http404 for a member the actor may not act for."""
        members = Membership.objects.filter(bloc_year__papers=self.kwargs["pk"])
        found = members.select_related("name", "agency", "bloc_year").filter(pk=self.kwargs["member"]).first()
        if found is None or not can(self.actor, self.member_permission, found):
            raise Http404
        self.member = found
        return super().load()


class MemberValues(OfMember, CovenantValues):
    """What one member plans: its officer's own column."""

    permission = "blocs.view_blocpaper"
    member_permission = "blocs.edit_target_values"
    template_name = "blocs/covenant_member_values.html"

    def members(self, row: BlocPaper) -> list[Membership]:
        """Return the one member."""
        members = Membership.objects.filter(bloc_year=row.bloc_year_id, pk=self.kwargs["member"])
        return list(members.select_related("name"))

    def context(self, row: BlocPaper) -> dict[str, Any]:
        """Return whose column it is."""
        return {**super().context(row), "title": "Mức chỉ tiêu của đơn vị", "member": self.member}


class CovenantSign(OneCovenant):
    """Asks a signer, then signs for the agency; name, title and capacity come from the seat."""

    template_name = "confirm_page.html"

    def load(self) -> BlocPaper:
        """Return the version; raises Http404 for who signs for no present member."""
        row = super().load()
        own = Membership.objects.filter(bloc_year=row.bloc_year_id, agency=self.actor.scope.agency_id)
        found = own.select_related("name").first()
        if found is None or not can(self.actor, "blocs.sign_covenant", found):
            raise Http404
        self.member = found
        refuse_closed(row.bloc_year)
        return row

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Ask."""
        row = self.load()
        signatures.refuse_unsignable(row, self.member, clock.today())
        seat = Seat.objects.get(pk=self.actor.seat_id or 0)
        as_whom = SignsAs(seat.signs_as).label
        return self.show(
            {
                "row": row,
                "title": "Ký giao ước thi đua?",
                "texts": [
                    f"{row}, {row.bloc_year}.",
                    f"Ký thay mặt {self.member.name.full}: {self.actor.name}, {seat.title} ({as_whom}).",
                    "Chữ ký ghi ngày hôm nay. Trưởng khối hoặc cơ quan thường trực hủy được, kèm lý do.",
                ],
                "action": request.path,
                "label": "Ký giao ước",
                "back": reverse("covenant_detail", args=[row.pk]),
            }
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Sign, or find the signature that is there."""
        row = self.load()
        signatures.sign(paper=row, membership=self.member, actor=self.actor, at=clock.now())
        messages.success(request, f"Đã ký giao ước thay mặt {self.member.name.full}.")
        return HttpResponseRedirect(reverse("covenant_detail", args=[row.pk]))


class SignatureRecord(OfMember, FormPage):
    """One signature that stands on paper."""

    member_permission = "blocs.record_signature"
    template_name = "blocs/covenant_record.html"

    def load(self) -> BlocPaper:
        """Return the version; raises Refused when it takes no signatures."""
        row = super().load()
        refuse_closed(row.bloc_year)
        signatures.refuse_closed_to_signatures(row)
        return row

    def form(self, row: BlocPaper, data: Any = None, files: Any = None) -> RecordForm:
        """Return the form, the agency's signer proposed."""
        seat = signers_of([self.member], clock.today()).get(self.member.agency_id)
        return RecordForm(data, files, seat=seat, issuer=row.bloc_year.name)

    def context(self, row: BlocPaper) -> dict[str, Any]:
        """Return the title."""
        return {
            "title": "Ghi chữ ký trên giấy",
            "bloc_year": row.bloc_year,
            "member": self.member,
            "back": reverse("covenant_detail", args=[row.pk]),
        }

    def save(self, row: BlocPaper, form: RecordForm, _revision: int) -> str:
        """Write it and go back to the covenant."""
        signatures.record(
            paper=row,
            membership=self.member,
            said=form.said,
            on_paper=form.on_paper(),
            creation_key=form.cleaned_data["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, f"Đã ghi chữ ký của {self.member.name.full}.")
        return reverse("covenant_detail", args=[row.pk])


class SignatureRecordAll(OneCovenant, FormPage):
    """All who signed at the meeting, in one act on one scan."""

    permission = "blocs.record_every_signature"
    template_name = "blocs/covenant_record_all.html"

    def load(self) -> BlocPaper:
        """Return the version with the members that have not signed; raises Refused when it takes no signatures."""
        row = super().load()
        refuse_closed(row.bloc_year)
        signatures.refuse_closed_to_signatures(row)
        return row

    def form(self, row: BlocPaper, data: Any = None, files: Any = None) -> RecordAllForm:
        """Return the form; a posted one is about every member, so that what another person signed is said."""
        members = members_of(row)
        signed = set(Signature.objects.filter(paper=row, voided_at=None).values_list("membership", flat=True))
        if data is None:
            members = [member for member in members if member.pk not in signed]
        else:
            members = [member for member in members if member.pk not in signed or f"tick_{member.pk}" in data]
        return RecordAllForm(
            data, files, members=members, seats=signers_of(members, clock.today()), issuer=row.bloc_year.name
        )

    def context(self, row: BlocPaper) -> dict[str, Any]:
        """Return the title."""
        return {
            "title": "Ghi nhận đã ký tại hội nghị",
            "bloc_year": row.bloc_year,
            "back": reverse("covenant_detail", args=[row.pk]),
        }

    def save(self, row: BlocPaper, form: RecordAllForm, _revision: int) -> str:
        """Write them and go back to the covenant."""
        made = signatures.record_all(
            paper=row,
            signatures=form.said,
            on_paper=form.on_paper(),
            creation_key=form.cleaned_data["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, f"Đã ghi {len(made)} chữ ký.")
        return reverse("covenant_detail", args=[row.pk])


class SignatureVoid(FormPage):
    """Asks why, then voids one signature."""

    permission = "blocs.record_every_signature"
    template_name = "blocs/covenant_void.html"

    def load(self) -> Signature:
        """Return the signature; raises Http404 for what the actor may not, Refused when it is void already."""
        rows = Signature.objects.filter(paper__in=BlocPaper.objects.visible_to(self.actor))
        rows = rows.select_related("paper__bloc_year__year", "paper__bloc_year__bloc", "membership__name")
        row = rows.filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        self.require(row.paper)
        refuse_closed(row.paper.bloc_year)
        if row.voided_at:
            raise Refused(signatures.VOIDED)
        return row

    def form(self, row: Signature, data: Any = None, files: Any = None) -> VoidForm:
        """Return the form."""
        return VoidForm(data, files)

    def context(self, row: Signature) -> dict[str, Any]:
        """Return the title."""
        return {
            "title": "Hủy chữ ký?",
            "bloc_year": row.paper.bloc_year,
            "back": reverse("covenant_detail", args=[row.paper_id]),
        }

    def save(self, row: Signature, form: VoidForm, _revision: int) -> str:
        """Void it and go back to the covenant."""
        signatures.void(signature=row, reason=form.cleaned_data["reason"], actor=self.actor, at=clock.now())
        messages.success(self.request, f"Đã hủy chữ ký của {row.membership.name.full}.")
        return reverse("covenant_detail", args=[row.paper_id])
