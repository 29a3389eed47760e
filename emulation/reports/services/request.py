"""Asking for papers: a job row that exists before the work starts."""

import datetime as dt

from django.db import IntegrityError
from django.db.models import Model

from blocs.models import BlocYear, EmulationYear
from emulation.core import jobs
from emulation.core.access import Actor, can
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.core.models import ACTIVE_STATES, DocumentKind, Job, label_of
from emulation.reports.queries import KINDS, SOURCES

BUILD_STEPS = 4  # facts, PDF, Word, stored


def document(*, kind: DocumentKind, bloc_year: BlocYear, actor: Actor, at: dt.datetime) -> Job:
    """Queue a paper of a bloc's year, or return the job that is already under way.

    Raises PermissionError for who may not ask, Refused when the bloc has nothing to print.
    """
    if not can(actor, "reports.request_document", bloc_year):
        raise PermissionError("reports.request_document")
    if refusal := SOURCES[kind].refusal(bloc_year):
        raise Refused(refusal)
    return jobs.request(kind=str(kind.value), subject=bloc_year, actor=actor, at=at, total=BUILD_STEPS)


def pack(*, row: Model, actor: Actor, at: dt.datetime) -> None:
    """Queue every paper of a dossier or a decision in one act; what is under way is joined, what cannot be is left out.

    Raises PermissionError for who may not ask, Refused when there is nothing to print.
    """
    if not can(actor, "reports.request_document", row):
        raise PermissionError("reports.request_document")
    label = label_of(row)
    refusals = {kind: SOURCES[kind].refusal(row) for kind in KINDS[label]}
    kinds = [kind for kind, refusal in refusals.items() if not refusal]
    if not kinds:
        raise Refused(next(iter(refusals.values())))
    active = Job.objects.filter(
        kind__in=kinds, subject_label=label, subject_id=row.pk, state__in=ACTIVE_STATES
    ).values_list("kind", flat=True)
    try:
        with act(actor=actor, at=at) as current:
            under_way = set(active.all())
            for kind in kinds:
                if kind not in under_way:
                    jobs.add(current, kind=str(kind.value), subject=row, total=BUILD_STEPS)
    except IntegrityError:
        # A second click, or a second officer, was quicker: their jobs are the ones asked for here.
        if not active.exists():
            raise  # something else than a job that is there already


def year_report(*, bloc_year: BlocYear, actor: Actor, at: dt.datetime) -> Job:
    """Queue the year-end report of a bloc, or return the job that is already under way."""
    return jobs.request(kind="year_report", subject=bloc_year, actor=actor, at=at, total=BUILD_STEPS)


def province_reports(*, year: EmulationYear, actor: Actor, at: dt.datetime) -> Job:
    """Queue the reports of every bloc of a year and the ZIP that gathers them; a report already under way is joined.

    Raises Refused when the year has no bloc.
    """
    label = label_of(year)
    active = Job.objects.filter(
        kind="province_reports", subject_label=label, subject_id=year.pk, state__in=ACTIVE_STATES
    )
    if found := active.first():
        return found
    bloc_years = list(BlocYear.objects.in_year(year).in_order())
    if not bloc_years:
        raise Refused(f"Năm {year.label} chưa có khối nào nên chưa lập được báo cáo.")
    try:
        with act(actor=actor, at=at) as current:
            parent = jobs.add(current, kind="province_reports", subject=year, total=len(bloc_years))
            under_way = dict(
                Job.objects.filter(
                    kind="year_report",
                    subject_label=label_of(BlocYear),
                    subject_id__in=[row.pk for row in bloc_years],
                    state__in=ACTIVE_STATES,
                ).values_list("subject_id", "pk")
            )
            Job.objects.filter(pk__in=under_way.values(), parent__isnull=True).update(parent=parent)
            for bloc_year in bloc_years:
                if bloc_year.pk not in under_way:
                    jobs.add(current, kind="year_report", subject=bloc_year, total=BUILD_STEPS, parent=parent)
            return parent
    except IntegrityError:
        if found := active.first():
            return found
        raise Refused(
            "Vừa có người yêu cầu lập báo cáo của một khối trong năm này. Bấm lại để lập toàn tỉnh."
        ) from None
