"""The admin site in Chromium under the strict policy: what the console complains of fails the test."""

import pytest
from django.core.cache import cache

from blocs.models import Seat
from emulation.accounts import services
from emulation.core.models import Event
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def administrator(transactional_db):
    cache.clear()
    user = make.UserFactory(is_staff=True)
    user.groups.add(services.administrators())
    return user


@pytest.fixture
def page(open_page, administrator):
    opened = open_page("/admin/")
    opened.fill("[name=login]", administrator.username)
    opened.fill("[name=password]", make.PASSWORD)
    opened.get_by_role("button", name="Đăng nhập", exact=True).click()
    opened.wait_for_url("**/admin/")
    return opened


def test_every_section_opens_without_a_complaint(page):
    make.ProvinceFactory()
    make.DocumentFactory()
    make.JobFactory()
    make.SeatFactory()
    sections = page.locator("#content-main .model-group a, #content-main th a")
    addresses = {sections.nth(number).get_attribute("href") for number in range(sections.count())}
    assert len(addresses) >= 14
    for address in sorted(addresses):
        page.goto(address)
        assert page.locator("h1").count() > 0
        row = page.locator("#result_list tbody th a").first
        if row.count():
            row.click()
            page.wait_for_load_state()


def test_seat_is_given_with_search_and_calendar(page):
    officer, agency = make.UserFactory(full_name="Trần Văn Đức"), make.AgencyFactory(name="Sở Tài chính")
    page.goto("/admin/blocs/seat/add/")
    for field, typed, shown in (("user", "Trần Văn", "Trần Văn Đức"), ("agency", "tai chinh", "Sở Tài chính")):
        page.locator(f".field-{field} .select2-selection").click()
        page.locator(".select2-search__field").last.fill(typed)
        page.locator(".select2-results__option", has_text=shown).click()
    page.select_option("[name=capacity]", "officer")
    page.fill("[name=title]", "Chuyên viên")
    page.locator(".field-starts_on .datetimeshortcuts a").first.click()
    page.fill("[name=reason]", "Phân công")
    page.locator("[name=_save]").click()
    page.wait_for_url("**/admin/blocs/seat/")
    seat = Seat.objects.get()
    assert (seat.user, seat.agency) == (officer, agency)
    assert Event.objects.get().note == "Phân công"


def test_first_password_is_shown_and_the_page_fits_the_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/admin/accounts/user/add/")
    page.fill("[name=username]", "so.lan")
    page.fill("[name=full_name]", "Nguyễn Thị Lan")
    page.fill("[name=reason]", "Đề nghị của Sở")
    page.get_by_role("button", name="Tạo tài khoản").click()
    assert page.inner_text("#given-username") == "so.lan"
    assert len(page.inner_text("#given-password")) == 14
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
