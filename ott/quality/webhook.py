"""Sends an alert to the address that the environment names."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from email.message import Message
from http.client import HTTPException
from typing import IO, Any
from urllib.parse import urlsplit

VARIABLE = "OTT_ALERT_WEBHOOK"
SECONDS = 10


class NotDeliveredError(Exception):
    """The alert did not arrive; the text never holds the address, which is a secret."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nowhere: an alert goes to the address that was given, or not at all."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> None:
        return None


def send(address: str, message: dict[str, Any]) -> None:
    """Post a message as JSON.

    Raises:
        NotDeliveredError: the address is none, does not answer, or answers with
            anything but success.
    """
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web:
        raise NotDeliveredError(f"{VARIABLE} is no address that begins with https://.")
    request = urllib.request.Request(
        address,
        data=json.dumps(message, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
        method="POST",
    )
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            if not 200 <= answer.status < 300:
                raise NotDeliveredError(f"The webhook answered {answer.status}.")
    except urllib.error.HTTPError as error:
        kind = "a redirect, which is refused" if 300 <= error.code < 400 else "no"
        raise NotDeliveredError(f"The webhook answered {error.code}: {kind}.") from None
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None)
        said = type(reason if isinstance(reason, Exception) else error).__name__
        raise NotDeliveredError(f"The webhook can't be reached ({said}).") from None
