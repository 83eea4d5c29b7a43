"""The one door to the outside: posts a signed body to a public address, and to nothing else.

The name is resolved once, every address it has must be a public one, and the connection goes to the address
that was checked; ports 443 and 80, no redirects, five seconds, 64 kB of answer.
"""

import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop

SECONDS, ANSWER = 5, 64 * 1024
_PORTS = {"https": 443, "http": 80}


class Refused(Exception):
    """The address leads somewhere the portal must not go; the words are a message to translate."""


@dataclass(frozen=True)
class Target:
    """Where to connect: a checked IP address, and the name to ask it for."""

    host: str
    ip: str
    port: int
    is_tls: bool
    path: str


def checked(url, resolve=socket.getaddrinfo):
    """Return the Target of a web address; raise Refused unless it is public."""
    parts = urlsplit(url)
    try:
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        raise Refused(gettext_noop("This is not a web address.")) from None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.password:
        raise Refused(gettext_noop("This is not a web address."))
    if port != _PORTS[parts.scheme]:
        raise Refused(gettext_noop("Only the usual ports of the web are allowed."))
    try:
        found = {entry[4][0] for entry in resolve(parts.hostname, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise Refused(gettext_noop("The name of this address is not known.")) from None
    if not found or not all(is_public(ip) for ip in found):
        raise Refused(gettext_noop("This address is not a public one."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.hostname, min(found), port, parts.scheme == "https", path)


def is_public(ip):
    """Say whether an IP address belongs to the public internet, IPv4 inside IPv6 included."""
    try:
        address = ipaddress.ip_address(ip.split("%")[0])
    except ValueError:
        return False
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if inner is not None:
        address = inner
    if address.version == 6 and address in ipaddress.ip_network("64:ff9b::/96"):
        address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.is_global and not address.is_multicast


def sign(secret, moment, body):
    """Return the value of X-Portal-Signature: HMAC-SHA256 over "<seconds>.<body>"."""
    seconds = int(moment.timestamp())
    digest = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={digest}"


def post(target, body, headers):
    """Post `body` and return the status of the answer; redirects are answers like any other. May raise OSError."""
    connection = http.client.HTTPConnection(target.host, target.port, timeout=SECONDS)
    plain = socket.create_connection((target.ip, target.port), timeout=SECONDS)
    try:
        if target.is_tls:
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
        connection.sock = plain
        connection.request("POST", target.path, body, {"User-Agent": "child-rights-portal", **headers})
        answer = connection.getresponse()
        answer.read(ANSWER)
        return answer.status
    except http.client.HTTPException as trouble:
        raise OSError(str(trouble)) from trouble
    finally:
        plain.close()
