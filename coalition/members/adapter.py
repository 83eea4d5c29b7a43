"""How allauth fits the coalition: nobody signs up without an invitation."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):  # noqa: ARG002
        """Accounts come from invitations alone (coalition/members/views.py)."""
        return False
