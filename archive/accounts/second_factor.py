"""The second factor: who has to give one, how one is set up, and whether a code is right."""

from base64 import b32encode
from binascii import unhexlify
from time import time

import segno
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django_otp import verify_token
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from archive.accounts.roles import may_do_more_than_propose

DIGITS = 6
BACKUP_CODES = 10
RESET = "Second factor reset"  # as the history of the user tells it


class WrongCode(Exception):
    """The code is not right, or none is looked at just now; says which."""


def device_of(user: AbstractUser) -> TOTPDevice | None:
    """The app that gives this user's codes, where they have set one up."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def is_required(user: AbstractUser) -> bool:
    """Whether this user has to set one up: whoever may change anything, unless the settings ask for none."""
    return settings.SECOND_FACTOR and may_do_more_than_propose(user)


def is_missing(user: AbstractUser) -> bool:
    """Whether this user, who has given a password, has yet to give a code or to set up what makes them."""
    if not user.is_authenticated or user.is_verified():
        return False
    return device_of(user) is not None or is_required(user)


def new_key() -> str:
    return random_hex(20)


def typed_key(key: str) -> str:
    """The key as apps take it by hand, in groups of four."""
    letters = b32encode(unhexlify(key)).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def qr_code(user: AbstractUser, key: str) -> SafeString:
    """The key for an app's camera, as SVG. Dark on light whatever the page's colours are: cameras want it so."""
    address = TOTPDevice(user=user, key=key).config_url
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass="qr-code")
    return mark_safe(drawn)  # noqa: S308 - drawn by segno: of what it encodes it holds no letter


@transaction.atomic
def set_up(user: AbstractUser, key: str, code: str) -> tuple[TOTPDevice, list[str]]:
    """The app with this key is from now on the only one that gives this user's codes, and there are new backup codes.

    Raises WrongCode where the code is not one of the key: then the app does not have it.
    """
    totp = TOTP(unhexlify(key))
    totp.time = time()
    digits = "".join(code.split())
    if not (
        digits.isascii() and digits.isdecimal() and len(digits) == DIGITS and totp.verify(int(digits), tolerance=1)
    ):
        raise WrongCode("This is not the code that the app shows for this key: wait for its next one.")
    _wait_for_others(user)
    TOTPDevice.objects.filter(user=user).delete()
    # The code was used: it opens nothing a second time.
    device = TOTPDevice.objects.create(user=user, name="app", key=key, last_t=totp.t(), drift=totp.drift)
    return device, make_backup_codes(user)


@transaction.atomic
def make_backup_codes(user: AbstractUser) -> list[str]:
    """New codes that each serve once, for when the app is not at hand; the earlier ones serve no more."""
    _wait_for_others(user)
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="backup codes")
    codes = [StaticToken.random_token() for _ in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    return codes


def _wait_for_others(user: AbstractUser) -> None:
    """Two requests at once would leave two devices, of which only the codes of the earlier one serve."""
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)


def backup_codes_left(user: AbstractUser) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def checked(user: AbstractUser, code: str) -> Device:
    """What the code is of: the app, or the backup codes, of which it is then used up. Raises WrongCode.

    After a wrong one, none is looked at for 1, 2, 4, 8 … seconds, however many processes ask.
    """
    code = "".join(code.split()).lower()
    kind = TOTPDevice if len(code) == DIGITS else StaticDevice
    device = kind.objects.filter(user=user, confirmed=True).first()
    if device is None:
        raise WrongCode("This code is not right.")
    allowed, why = device.verify_is_allowed()
    if not allowed:
        until = localtime(why["locked_until"])
        raise WrongCode(f"Too many wrong codes: none is looked at before {until:%H:%M:%S} ({settings.TIME_ZONE}).")
    verified = verify_token(user, device.persistent_id, code)
    if verified is None:
        raise WrongCode("This code is not right, or was used before: wait for the next one.")
    return verified


@transaction.atomic
def reset(user: AbstractUser) -> bool:
    """Forgets what gives this user's codes, so that they set it up anew at their next login; whether there was any."""
    apps, _ = TOTPDevice.objects.filter(user=user).delete()
    codes, _ = StaticDevice.objects.filter(user=user).delete()
    return bool(apps or codes)
