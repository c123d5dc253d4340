"""The tests' browser: who is logged in by force has given a password and a code, as editors must."""

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.accounts.sessions import prolong


class WhollyLoggedInClient(Client):
    def force_login(self, user, backend=None):
        super().force_login(user, backend)
        device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=True, defaults={"name": "app"})
        session = self.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        prolong(session)  # as a first page does: it must not count among the queries of the page that a test asks for
        session.save()
