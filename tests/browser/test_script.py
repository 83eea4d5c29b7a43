"""The small script in a real browser, against pages made up here: what it does, and when it keeps still."""

import base64
import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

SCRIPT = (Path(settings.BASE_DIR) / "static" / "js" / "portal.js").read_text(encoding="utf-8")
HOME = "http://portal.test/"
PAGE = """<!doctype html><html lang="vi"><title>x</title><body data-person="7" data-saving="Đang lưu"
data-saved="Đã lưu lúc {time}" data-unsaved="Chưa lưu"
data-unsaved-kept="Chưa lưu, còn trên máy" data-conflict="Có người sửa">
%s<script src="/portal.js"></script></body></html>"""
FORM = """<form method="post" data-autosave="/save/"><input type="hidden" name="version" value="1">
<input name="title" value="cũ"><p data-saved-state></p></form>"""


@pytest.fixture
def tab(browser):
    """A tab whose every address is answered here: `tab.show(body)`, `tab.answers` for the saves."""
    context = browser.new_context()
    page = context.new_page()
    page.saves, page.answers, page.body = [], [], ""

    def answer(route):
        request = route.request
        if request.url.endswith("/portal.js"):
            route.fulfill(body=SCRIPT, content_type="text/javascript")
        elif request.method == "POST":
            page.saves.append(request.post_data)
            given = page.answers.pop(0) if page.answers else {"status": 204}
            route.abort() if given == "no connection" else route.fulfill(**given)
        else:
            route.fulfill(body=PAGE % page.body, content_type="text/html; charset=utf-8")

    def show(body):
        page.body = body
        page.goto(HOME)

    page.show = show
    page.route("**/*", answer)
    yield page
    context.close()


def state(tab, wanted):
    tab.wait_for_selector(f"[data-saved-state][data-state={wanted}]", timeout=5000)
    return tab.text_content("[data-saved-state]")


def test_a_form_saves_itself_once_after_typing_stops(tab):
    tab.show(FORM)
    tab.locator("[name=title]").press_sequentially(" và mới", delay=20)

    assert state(tab, "saved").startswith("Đã lưu lúc ")
    assert len(tab.saves) == 1
    assert "autosave=1" in tab.saves[0]


def test_the_new_version_is_taken_over_and_is_no_reason_to_save_again(tab):
    tab.answers = [{"status": 200, "json": {"version": 2}}]
    tab.show(FORM)
    tab.fill("[name=title]", "mới")
    state(tab, "saved")
    tab.wait_for_timeout(1500)

    assert tab.input_value("[name=version]") == "2"
    assert len(tab.saves) == 1


def test_without_connection_words_stay_on_the_device_and_come_back(tab):
    tab.answers = ["no connection"] * 9
    tab.show(FORM)
    tab.fill("[name=title]", "không được mất")
    assert state(tab, "unsaved") == "Chưa lưu, còn trên máy"
    tab.answers = []
    tab.goto(HOME)

    assert tab.input_value("[name=title]") == "không được mất"
    state(tab, "saved")
    assert tab.evaluate("Object.keys(localStorage)") == []


def with_a_button(form):
    return form.replace("</form>", "<button>Lưu</button></form>")


def test_the_button_pressed_without_connection_leaves_the_words_on_the_page(tab):
    tab.answers = ["no connection"] * 9
    tab.show(with_a_button(FORM))
    tab.fill("[name=title]", "không được mất")
    tab.click("button")

    assert state(tab, "unsaved") == "Chưa lưu, còn trên máy"
    assert (tab.url, tab.input_value("[name=title]")) == (HOME, "không được mất")


def test_the_button_sends_what_was_just_typed_and_then_itself(tab):
    tab.answers = [{"status": 200, "json": {"version": 2}}, {"status": 200, "body": "xong"}]
    tab.show(with_a_button(FORM).replace("<button>", "<button name=then value=submit>"))
    tab.fill("[name=title]", "mới")
    tab.click("button")
    tab.get_by_text("xong").wait_for()

    assert ["autosave=1" in sent for sent in tab.saves] == [True, False]
    assert "version=2" in tab.saves[1]
    assert "then=submit" in tab.saves[1]


def test_words_come_back_after_the_button_led_to_the_log_in(tab):
    tab.answers = [{"status": 302, "headers": {"location": "/login/"}}] * 2
    tab.show(with_a_button(FORM))
    tab.fill("[name=title]", "không được mất")
    tab.click("button")
    tab.wait_for_function("location.pathname === '/login/' || location.pathname === '/'")
    tab.goto(HOME)

    assert tab.input_value("[name=title]") == "không được mất"


def test_forms_about_children_leave_nothing_on_the_device(tab):
    tab.answers = ["no connection"] * 9
    tab.show(FORM.replace("data-autosave", "data-no-offline data-autosave"))
    tab.fill("[name=title]", "kín")
    tab.wait_for_selector("[data-state=unsaved]")

    assert tab.evaluate("Object.keys(localStorage)") == []


def test_a_conflict_is_said_and_not_retried(tab):
    tab.answers = [{"status": 409}]
    tab.show(FORM)
    tab.fill("[name=title]", "mới")

    assert state(tab, "unsaved") == "Có người sửa"
    tab.wait_for_timeout(2500)
    assert len(tab.saves) == 1


def test_sums_follow_typing_and_blank_is_not_zero(tab):
    tab.show(
        '<input data-adds="all women" id="a"><input data-adds="all" id="b"><output data-sum="all"></output>'
    )
    assert tab.text_content("output") == "–"
    tab.fill("#a", "1.200")
    tab.fill("#b", "34")

    assert tab.text_content("output") == "1.234"
    tab.fill("#a", "")
    tab.fill("#b", "0")
    assert tab.text_content("output") == "0"


def test_keys_work_outside_fields_only_and_not_while_a_letter_is_composed(tab):
    tab.show('<a class="rail-log" href="/activities/new/">n</a><input data-search id="q">')
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "q"
    tab.keyboard.type("n?/")
    assert tab.input_value("#q") == "n?/"
    tab.evaluate("document.activeElement.blur()")
    tab.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown',"
                 "{key: 'n', isComposing: true, bubbles: true}))")  # fmt: skip
    assert tab.url == HOME
    tab.keyboard.press("n")
    tab.wait_for_url("**/activities/new/")


def test_a_photo_is_made_smaller_before_it_travels(tab):
    picture = io.BytesIO()
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(picture, "JPEG", quality=95)
    tab.show('<form><input type="file" data-photo><p data-photo-size></p></form>')
    tab.set_input_files(
        "input", {"name": "lớp học.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    tab.wait_for_function("document.querySelector('[data-photo-size]').textContent")

    sent = tab.evaluate("""async () => { const bytes = new Uint8Array(await document.querySelector('input')
        .files[0].arrayBuffer()); return btoa(Array.from(bytes, b => String.fromCharCode(b)).join('')); }""")
    small = base64.b64decode(sent)
    assert max(Image.open(io.BytesIO(small)).size) == 1600
    assert len(small) < len(picture.getvalue()) / 2


def test_a_changed_form_asks_before_it_is_left(tab):
    tab.show('<form data-guard><input name="a"></form>')
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    tab.locator("input").press_sequentially("x")
    tab.goto(f"{HOME}elsewhere/")

    assert asked == ["beforeunload"]


def test_a_long_choice_is_narrowed_down_without_accents_and_still_sends_the_field(tab):
    options = "".join(f'<option value="{n}">{name}</option>' for n, name in enumerate(
        ["Hà Nội", "Đắk Lắk", "Lào Cai", "Huế", "Cần Thơ", "An Giang", "Cà Mau", "Sơn La", "Lai Châu"]
    ))  # fmt: skip
    tab.show(f'<form><label for="p">Tỉnh</label><select id="p" name="p" multiple>{options}</select></form>')
    tab.fill(".picker [type=search]", "dak")
    assert tab.locator(".picker .check:visible").all_text_contents() == ["Đắk Lắk"]
    tab.check(".picker .check:visible input")

    assert tab.evaluate("[...new FormData(document.querySelector('form'))]") == [["p", "1"]]


def test_single_keys_can_be_switched_off(tab):
    tab.show('<a class="rail-log" href="/activities/new/">n</a><input type="checkbox" data-shortcuts>')
    assert tab.is_checked("[data-shortcuts]")
    tab.uncheck("[data-shortcuts]")
    tab.show('<a class="rail-log" href="/activities/new/">n</a>')
    tab.keyboard.press("n")
    tab.wait_for_timeout(300)

    assert tab.url == HOME
