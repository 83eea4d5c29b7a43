"""Telling an address outside: never an inner one, signed, tried again, once a day."""

import datetime as dt
import hashlib
import hmac
import json
import socket
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.utils import timezone

from coalition.notifications import outward, webhooks
from coalition.notifications.models import Webhook, WebhookCall
from coalition.obligations import ladder, planning
from tests.factories.notifications import WebhookCallFactory, WebhookFactory
from tests.factories.obligations import ObligationFactory


def resolving_to(*addresses):
    def resolve(host, port, **kind):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return resolve


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.5", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "not an address"],
)  # fmt: skip
def test_inner_addresses_are_refused(address):
    with pytest.raises(outward.Refused):
        outward.checked("https://bridge.example.org/hook", resolving_to(address))


def test_one_inner_address_among_public_ones_is_enough_to_refuse():
    with pytest.raises(outward.Refused):
        outward.checked("https://bridge.example.org/hook", resolving_to("93.184.216.34", "127.0.0.1"))


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "https://user:word@example.org/", "https://example.org:8443/", "https:///hook", "//x", "",
     "https://example.org:99999/", "gopher://example.org", "http://example.org:443/"],
)  # fmt: skip
def test_other_ways_in_are_refused(url):
    with pytest.raises(outward.Refused):
        outward.checked(url, resolving_to("93.184.216.34"))


def test_the_connection_goes_to_the_address_that_was_checked():
    target = outward.checked("https://bridge.example.org/hook?a=1", resolving_to("93.184.216.34"))

    assert target == outward.Target("bridge.example.org", "93.184.216.34", 443, True, "/hook?a=1")


@pytest.fixture
def receiver():
    """A receiver on this machine; it answers what `answers` says, in turn, and remembers what it got."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.got.append((dict(self.headers), body))
            self.send_response(server.answers.pop(0) if server.answers else 200)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.got, server.answers = [], []
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def here(receiver):
    return lambda url: outward.Target("bridge.example.org", "127.0.0.1", receiver.server_port, False, "/hook")


def test_a_call_is_signed_and_made_once(db, receiver):
    call = WebhookCallFactory(payload={"text": "Cần làm"})

    first = webhooks.deliver(check=here(receiver))
    second = webhooks.deliver(check=here(receiver))

    headers, body = receiver.got[0]
    seconds, signature = (part.split("=")[1] for part in headers["X-Portal-Signature"].split(","))
    assert signature == hmac.new(b"bi-mat", f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    assert (json.loads(body), headers["Host"]) == (
        {"text": "Cần làm"},
        f"bridge.example.org:{receiver.server_port}",
    )
    assert (first["sent"], second["sent"], len(receiver.got)) == (1, 0, 1)
    call.refresh_from_db()
    assert call.state == "sent"


@pytest.mark.parametrize("answer", [500, 302, 404])
def test_another_answer_is_tried_again_with_pauses_then_given_up(db, receiver, answer):
    WebhookCallFactory()
    receiver.answers = [answer] * webhooks.ATTEMPTS
    clock = [timezone.now()]

    for _time in range(webhooks.ATTEMPTS):
        webhooks.deliver(now=lambda: clock[-1], check=here(receiver))
        clock.append(max(clock[-1], WebhookCall.objects.get().not_before))

    call = WebhookCall.objects.get()
    assert (call.state, call.state_reason, len(receiver.got)) == (
        "failed",
        f"HTTP {answer}",
        webhooks.ATTEMPTS,
    )


def test_an_address_that_has_turned_inward_is_not_called(db, receiver):
    WebhookCallFactory(webhook__address="https://localhost/hook")

    assert webhooks.deliver()["failed"] == 1
    assert receiver.got == []


def test_an_organisation_is_told_once_a_day(member, focal):
    ladder.load()
    WebhookFactory(organisation=member)
    ObligationFactory(organisation=member, title="Gửi logo", due_on=dt.date(2025, 3, 14))

    for _time in range(2):
        planning.plan(today=dt.date(2025, 3, 7))

    payload = WebhookCall.objects.get().payload
    assert payload["text"] == "Cần làm: Thành viên\n• Gửi logo – 14/03/2025"
    assert [(duty["title"], duty["due_on"], duty["is_overdue"]) for duty in payload["duties"]] == [
        ("Gửi logo", "2025-03-14", False)
    ]


def test_a_focal_point_names_the_address_and_sees_the_secret_once(client, member, focal, stranger, colleague):
    client.force_login(focal)

    refused = client.post(
        "/messages/outside/", {"organisation": "MEMBER", "address": "https://127.0.0.1/hook"}
    )
    Webhook.objects.create(organisation=member, address="https://bridge.example.org/x", secret="bi-mat-cu")
    shown = client.get("/messages/outside/").content.decode()

    assert "không phải địa chỉ công khai" in refused.content.decode()
    assert ("bridge.example.org" in shown, "bi-mat-cu" in shown) == (True, False)
    client.force_login(stranger)
    assert "bridge.example.org" not in client.get("/messages/outside/").content.decode()
    assert client.post("/messages/outside/", {"end": "MEMBER"}).status_code == 404
    client.force_login(colleague)
    assert client.get("/messages/outside/").status_code == 403
    client.force_login(focal)
    client.post("/messages/outside/", {"end": "MEMBER"})
    assert Webhook.objects.count() == 0


def test_a_new_address_has_a_new_secret(member):
    first = webhooks.set_address(organisation=member, address="https://a.example.org/")
    second = webhooks.set_address(organisation=member, address="https://b.example.org/")

    assert first != second
    assert Webhook.objects.get().secret == second
