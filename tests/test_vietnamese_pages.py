"""What a person reads in Vietnamese: no English word on any page, in any mistake, in any mail."""

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation

from coalition.members.models import Organisation, User
from coalition.notifications.models import Message

pytestmark = pytest.mark.django_db
PASSWORD = "mot-hai-ba-bon-nam-sau"

# English words that no Vietnamese text holds, not as a syllable of its own either.
ENGLISH = re.compile(
    r"\b(?:the|and|your|you|please|password|sign|with|this|that|from|are|was|were|not|of|for|page|save|search|"
    r"edit|delete|activity|activities|organisations?|report|reports|file|files|form|forms|new|users?|name|home|"
    r"open|close|log|login|logout|account|settings|language|select|choose|add|remove|change|changed|back|next|"
    r"previous|cancel|submit|submitted|accepted|send|sent|error|required|fields?|meetings?|trainings?|projects?|"
    r"campaigns?|quarter|deadline|overdue|today|tomorrow|week|month|year|days|hours|ago|results?|found|none|"
    r"show|more|here|there|has|have|been|will|must|cannot|invalid|enter|click|code|key|browser|session)\b",
    re.IGNORECASE,
)
NOT_TEXT = re.compile(r"\S+@\S+|https?://\S+|\S*/\S*\.\S+|\b[\w-]+\.(?:xlsx|csv|docx|pdf|po|py)\b")
SPOKEN = ("title", "placeholder", "aria-label", "alt", "aria-description", "label")
SILENT = ("script", "style", "template", "code", "pre", "textarea")
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


LISTS = [
    "/activities/",
    "/projects/",
    "/trainings/",
    "/campaigns/",
    "/forms/",
    "/meetings/",
    "/owed/by/",
    "/organisations/",
]
ACCOUNT_PAGES = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/sessions/",
    "/accounts/reauthenticate/",
    "/accounts/logout/",
]


class VisibleText(HTMLParser):
    """Gather what a page shows or reads aloud, but for what is marked as another language."""

    def __init__(self):
        super().__init__()
        self.open, self.heard = [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        foreign = tag != "html" and not (attrs.get("lang") or "vi").startswith("vi")
        hidden = tag in SILENT or attrs.get("translate") == "no" or foreign
        if not hidden and not self.is_silent:
            self.heard += [attrs[name] for name in SPOKEN if attrs.get(name)]
            if tag == "input" and attrs.get("type") in ("submit", "button", "reset"):
                self.heard.append(attrs.get("value") or "")
        if tag not in EMPTY:
            self.open.append((tag, hidden))

    def handle_endtag(self, tag):
        while any(name == tag for name, _hidden in self.open):
            if self.open.pop()[0] == tag:
                return

    def handle_data(self, data):
        if not self.is_silent and data.strip():
            self.heard.append(data)

    @property
    def is_silent(self):
        return any(hidden for _tag, hidden in self.open)


def visible(html):
    reader = VisibleText()
    reader.feed(html)
    return [re.sub(r"\s+", " ", text).strip() for text in reader.heard]


def english_in(texts, names=()):
    """Return the texts that hold an English word, once proper names and addresses are taken out."""
    found = []
    for text in texts:
        rest = NOT_TEXT.sub(" ", text)
        for name in names:
            rest = rest.replace(name, " ")
        if ENGLISH.search(rest):
            found.append(text)
    return found


@pytest.fixture
def visitor(client):
    """A browser that remembers which pages held English."""
    return Visitor(client)


class Visitor:
    def __init__(self, client, names=()):
        self.client = client
        self.names = sorted(names, key=len, reverse=True)
        self.mistakes, self.routes = {}, {}

    def read(self, path, **posted):
        response = self.client.post(path, posted) if posted else self.client.get(path)
        found = english_in(visible(response.content.decode()), self.names) if is_page(response) else []
        if found:
            self.mistakes.setdefault(path, found)
        return response

    def walk(self, start, most=400):
        """Follow the links from page to page, each kind of page twice at most."""
        waiting, seen = [start], set()
        while waiting and len(seen) < most:
            path = waiting.pop(0)
            kind = self.kind_of(path)
            if path in seen or kind is None or self.routes.get(kind, 0) >= 2:
                continue
            seen.add(path)
            self.routes[kind] = self.routes.get(kind, 0) + 1
            response = self.read(path)
            if response.status_code in (301, 302):
                waiting.append(response.url.split("#")[0])
            elif is_page(response):
                links = re.findall(r'\b(?:href|hx-get)="(/[^"#]*)', response.content.decode())
                waiting += [link.replace("&amp;", "&") for link in links]
        return seen

    @staticmethod
    def kind_of(path):
        """Name the route of an address; None for what is no page of ours."""
        bare = path.split("?")[0]
        if bare.startswith(("/static/", "/back-office/")) or bare == "/accounts/logout/":
            return None
        try:
            found = resolve(bare)
        except Resolver404:
            return None
        return (found.view_name, "?" in path)


def is_page(response):
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")


def verified(user):
    """Let somebody of the cast log in as people do: by e-mail and password."""
    user.set_password(PASSWORD)
    user.save()
    address = {"verified": True, "primary": True}
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults=address)
    return user


def log_in(client, user):
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


def test_the_reader_finds_english_where_people_would():
    html = (
        '<p lang="en">the page</p><a title="Save">Lưu</a><script>the</script>'
        '<input type="submit" value="Log in"><input placeholder="your name">'
        "<p>mail@the.org <b>Trẻ em</b> please</p>"
    )

    assert english_in(visible(html)) == ["Save", "Log in", "your name", "please"]


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/login/code/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-set-password/",
        "/accounts/signup/",
        "/accounts/inactive/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/unknown/",
        "/not-a-page/",
    ],
)
def test_pages_before_log_in_are_vietnamese(visitor, path):
    visitor.read(path)

    assert visitor.mistakes == {}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_mistakes_at_log_in_are_said_in_the_persons_language(client, coordinator, language):
    verified(coordinator)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    def answer(path, **posted):
        return visible(client.post(path, posted).content.decode())

    wrong = answer("/accounts/login/", login=coordinator.email, password="x")
    empty = answer("/accounts/login/")
    odd = answer("/accounts/password/reset/", email="khong-phai-thu")

    assert ("Địa chỉ email hoặc mật khẩu chưa đúng." in wrong) is (language == "vi")
    assert ("Mục này là bắt buộc." in empty) is (language == "vi")
    assert ("Nhập một địa chỉ email hợp lệ." in odd) is (language == "vi")
    assert ("This field is required." in empty) is (language == "en")
    if language == "vi":
        assert english_in(wrong + empty + odd) == []


def test_account_pages_and_their_mistakes_are_vietnamese(visitor, client, coordinator):
    log_in(client, verified(coordinator))
    visitor.read("/accounts/reauthenticate/", password="x")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    for path in ACCOUNT_PAGES:
        assert visitor.read(path).status_code == 200, path
    visitor.read("/accounts/2fa/totp/activate/", code="000000")
    visitor.read("/accounts/password/change/", oldpassword="x", password1="123", password2="12345678")
    visitor.read("/accounts/email/", action_add="", email="khong-phai-thu")

    assert visitor.mistakes == {}


def test_pages_that_say_no_are_vietnamese(visitor, client, coordinator):
    client.force_login(coordinator)

    assert visitor.read("/not-a-page/").status_code == 404
    with translation.override("vi"):
        for name in ("400", "403", "403_csrf", "404", "413", "429", "500"):
            assert english_in(visible(render_to_string(f"{name}.html"))) == [], name
    assert visitor.mistakes == {}


def mails():
    """Yield every mail that allauth can send: its subject and its text."""
    import allauth

    for folder in ("account", "mfa"):
        yield from sorted((Path(allauth.__file__).parent / f"templates/{folder}/email").glob("*.txt"))


@pytest.mark.parametrize("path", list(mails()), ids=lambda path: path.stem)
def test_mails_about_the_account_are_vietnamese(path, coordinator):
    coordinator.full_name = "Nguyễn Thị Lan"
    site = type("Site", (), {"name": "CRWG", "domain": "crwg.example"})
    context = {
        "user": coordinator,
        "current_site": site,
        "email": coordinator.email,
        "activate_url": "https://crwg.example/x",
        "password_reset_url": "https://crwg.example/x",
        "signup_url": "https://crwg.example/x",
        "code": "ABC-123",
        "ip": "192.0.2.1",
        "user_agent": "",
        "timestamp": "22/11/2026",
        "from_email": "a@example.org",
        "to_email": "b@example.org",
        "deleted_email": "c@example.org",
    }
    with translation.override("vi"):
        text = render_to_string(path.relative_to(path.parents[2]).as_posix(), context)

    assert text.strip() != "" or path.stem.startswith("base")
    assert english_in([text]) == []


def test_mails_that_log_in_sends_are_vietnamese(client, coordinator):
    verified(coordinator)

    client.post("/accounts/password/reset/", {"email": coordinator.email})
    client.post("/accounts/login/code/", {"email": coordinator.email})
    client.post("/accounts/password/reset/", {"email": "nobody@example.net"})

    assert len(mail.outbox) >= 2
    assert [found for sent in mail.outbox for found in english_in([sent.subject, sent.body])] == []


def proper_names():
    """Names that stay English on a Vietnamese page: of organisations and of people."""
    names = {"Child Rights Working Group", "Save the Children", "English"}
    for organisation in Organisation.everything.all():
        names |= {organisation.name_en, organisation.name_vi, organisation.short_name}
        names |= {alias.name for alias in organisation.aliases.all()}
    return {name for name in names if name and len(name) > 2}


def person_of(role):
    return User.objects.filter(memberships__role=role).order_by("pk").first()


@pytest.fixture
def demonstration(db):
    call_command("demo", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the planner knows nothing of rows that came in one transaction


def test_the_whole_demonstration_reads_vietnamese(client, demonstration):
    for role in ("coordinator", "focal", "donor"):
        client.force_login(person_of(role))
        visitor = Visitor(client, proper_names())

        visited = visitor.walk("/")

        assert len(visited) > 15
        assert (role, visitor.mistakes) == (role, {})


def test_the_portals_letters_and_lists_reach_people_in_vietnamese(client, demonstration):
    names = sorted(proper_names(), key=len, reverse=True)
    letters = [
        text
        for letter in Message.objects.filter(language="vi")
        for text in (letter.subject, letter.text_body)
    ]

    assert len(letters) > 0
    assert english_in(letters, names) == []

    client.force_login(person_of("coordinator"))
    for path in LISTS:
        response = client.get(path, {"format": "xlsx"})
        book = openpyxl.load_workbook(io.BytesIO(b"".join(response)))
        cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
        said = [*book.sheetnames, *(cell for cell in cells if isinstance(cell, str))]
        assert (path, english_in(said, names)) == (path, [])
