"""Logs a person in as if they had just shown who they are."""

import time

from django.test import Client


def logged_in(user, client=None):
    """Return a client whose session may also do what asks for a fresh log-in."""
    client = client or Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
