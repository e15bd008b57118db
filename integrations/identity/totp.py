"""Codes of an authenticator app (TOTP, RFC 6238): six digits that change every thirty seconds."""

import hmac
from datetime import datetime

import pyotp
import segno

SECONDS = 30
DIGITS = 6
DRIFT = 1  # steps by which the clock of the person's telephone may be off, either way


def new_secret() -> str:
    """A secret of 160 bits, in base 32 as it is typed into an app that cannot scan."""
    return pyotp.random_base32()


def address(secret: str, account_name: str, issuer: str) -> str:
    """The otpauth: address by which an app takes a secret up, and what the app calls it."""
    return pyotp.TOTP(secret).provisioning_uri(name=account_name, issuer_name=issuer)


def qr_data_uri(text: str) -> str:
    """A QR code of `text` as a data: address of an SVG picture, on white so that it is read on dark pages too."""
    return segno.make(text, micro=False).svg_data_uri(scale=4, dark="#000", light="#fff")


def matching_step(secret: str, code: str, now: datetime, after_step: int | None) -> int | None:
    """The step of thirty seconds whose code it is, to be kept as the next `after_step`; None when it is wrong.

    A step that is not after `after_step` is refused: a code works once, and an older one not at all.
    """
    told = "".join(code.split())
    if len(told) != DIGITS or not (told.isascii() and told.isdigit()):
        return None
    steps = pyotp.TOTP(secret)
    current = int(now.timestamp()) // SECONDS
    # Every step is compared, so that the time taken says nothing about which one fitted.
    fits = [
        step
        for step in range(max(current - DRIFT, 0), current + DRIFT + 1)
        if hmac.compare_digest(steps.generate_otp(step), told)
    ]
    usable = [step for step in fits if after_step is None or step > after_step]
    return max(usable, default=None)


def code_at(secret: str, now: datetime) -> str:
    """The code of this moment, for whoever has the secret as the app has it."""
    return pyotp.TOTP(secret).generate_otp(int(now.timestamp()) // SECONDS)
