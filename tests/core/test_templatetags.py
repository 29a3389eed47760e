"""What templates ask of the house."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template

from emulation.core.templatetags import house
from emulation.core.workflow import Step, sources


class PaperForm(forms.Form):
    title = forms.CharField(label="Tên văn bản")
    signer = forms.ChoiceField(label="Người ký", choices=[("", "Chọn"), ("1", "Giám đốc")])
    scan = forms.FileField(label="Bản ký", required=False)
    login = forms.CharField(label="Username", widget=forms.TextInput(attrs={"placeholder": "Username"}), required=False)

    def clean(self):
        raise forms.ValidationError("Hai mục không khớp nhau.")


def render(source, **context):
    return Template("{% load house %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (dt.date(2026, 11, 5), "05/11/2026"),
        (dt.datetime(2026, 11, 4, 17, 30, tzinfo=dt.UTC), "05/11/2026"),
        (None, "–"),
        ("", "–"),
    ],
)
def test_vi_date_shows_the_day_in_the_province(value, shown):
    assert house.vi_date(value) == shown


def test_vi_datetime_shows_the_local_time_first():
    assert house.vi_datetime(dt.datetime(2026, 11, 22, 7, 2, tzinfo=dt.UTC)) == "14:02, 22/11/2026"
    assert house.vi_datetime(None) == "–"


def test_numbers_have_a_comma_and_missing_is_never_zero():
    assert render(
        "{{ a|number }} {{ b|number }} {{ c|number:2 }} {{ d|number }}", a=Decimal("93.5"), b=0, c=1234, d=None
    ) == ("93,5 0 1.234,00 –")
    assert render("{{ a|count2 }} {{ b|count2 }} {{ c|count2 }} {{ d|count2 }}", a=3, b=12, c=0, d=None) == "03 12 00 –"
    assert render("{{ a|or_missing }} {{ b|or_missing }} {{ c|or_missing }}", a=0, b="", c=[1]) == "0 – [1]"


@pytest.mark.parametrize(
    ("size", "shown"),
    [(None, "–"), (812, "812 byte"), (4096, "4 kB"), (1_468_006, "1,4 MB"), (20 * 1024 * 1024, "20,0 MB")],
)
def test_file_size_is_said_as_people_say_it(size, shown):
    assert house.file_size(size) == shown


def test_tel_keeps_the_digits_of_a_phone_number():
    assert house.tel("0234 3 000 111") == "02343000111"
    assert house.tel("+84 (234) 3000") == "+842343000"
    assert house.tel(None) == ""


def test_look_maps_states_of_rows_and_leaves_looks_alone():
    looks = {"ready": "ok", "running": "run", "failed": "bad", "leader": "gold", "ok": "ok", "unheard_of": "", None: ""}
    assert {state: house.look(state) for state in looks} == looks
    assert house.look_icon("failed") == "exclamation-octagon-fill"
    assert house.look_icon("unheard_of") == "circle"


def test_every_look_of_a_state_exists():
    assert set(house.LOOKS.values()) <= set(house.LOOK_ICONS)


def test_notice_icon_falls_back_to_information():
    assert [house.notice_icon(kind) for kind in ("bad", "", None, "other")] == [
        "exclamation-octagon-fill", "info-circle", "info-circle", "info-circle",
    ]  # fmt: skip


def test_icon_is_hidden_from_screen_readers_and_escapes_its_name():
    assert render('{% icon "house" %}') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#house"/></svg>'
    )
    assert render('{% icon "house" "big" %}').startswith('<svg class="icon big"')
    assert "<b>" not in render("{% icon name %}", name="<b>")


def test_wrong_count_counts_fields_and_sentences_about_the_whole():
    form = PaperForm({"title": "", "signer": ""})
    assert [field.name for field in house.wrong_fields(form)] == ["title", "signer"]
    assert house.wrong_count(form) == 3
    assert house.wrong_count(PaperForm()) == 0


def test_styled_gives_each_widget_its_look_and_marks_what_is_wrong():
    form = PaperForm({"title": "", "signer": "1"})
    assert 'class="form-control is-invalid"' in house.styled(form["title"])
    assert 'aria-invalid="true"' in house.styled(form["title"])
    assert 'class="form-select"' in house.styled(form["signer"])
    assert 'class="form-control"' in house.styled(form["scan"])


def test_styled_drops_a_placeholder_that_only_repeats_the_label():
    assert 'placeholder=""' in house.styled(PaperForm()["login"])


def test_step_buttons_link_to_the_page_that_asks_and_the_first_is_primary(settings):
    settings.ROOT_URLCONF = "tests.core.step_urls"
    steps = [
        Step("close", sources("open"), "closed", "Khóa sổ", "closed", "blocs.close", ""),
        Step("reopen", sources("open"), "open", "Mở lại", "reopened", "blocs.reopen", ""),
    ]
    html = render('{% step_buttons steps "thing_step" 7 "năm 2026" %}', steps=steps)
    assert (
        '<a class="btn btn-primary" href="/things/7/close/">Khóa sổ<span class="visually-hidden"> năm 2026</span></a>'
        in html
    )
    assert 'class="btn btn-plain" href="/things/7/reopen/"' in html
