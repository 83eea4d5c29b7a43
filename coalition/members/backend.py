"""How the person of a session is found again: together with the roles they hold."""

from allauth.account.auth_backends import AuthenticationBackend

from coalition.members.models.user import held_today


class PersonBackend(AuthenticationBackend):
    """Logs people in as allauth does, and knows who asks for a page, and in which roles, by one statement."""

    def get_user(self, user_id):
        held = held_today(user_id, with_person=True)
        if not held:
            return super().get_user(user_id)
        user = held[0].user
        user.current_memberships = held
        return user if self.user_can_authenticate(user) else None
