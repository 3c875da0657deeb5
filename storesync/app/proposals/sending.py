"""Sends letters: by mail (SMTP), or to any service that apprise knows."""

from __future__ import annotations

import hashlib
import logging
import smtplib
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.report.digest import Letter, Outcome, body, subject

if TYPE_CHECKING:
    from apprise import Apprise

USER, PASSWORD = "STORESYNC_SMTP_USER", "STORESYNC_SMTP_PASSWORD"
URLS = "STORESYNC_DIGEST_URL"
_SECONDS = 20.0
_SUBMISSION = 587


@dataclass(frozen=True, slots=True)
class Post:
    """A mail server, and who writes."""

    sender: str
    host: str
    port: int
    starttls: bool
    user: str = ""
    password: str = field(default="", repr=False)


def post_of(settings: Mapping[str, Any], environment: Mapping[str, str]) -> Post | None:
    """Return the mail server that settings name, None where they name none. Raises UserError.

    A password is only ever taken from the environment, and only sent encrypted.
    """
    said = settings.get("digest")
    if not isinstance(said, Mapping):
        return None
    host, _, port = str(said["smtp"]).rpartition(":")
    post = Post(
        sender=str(said["from"]),
        host=host or str(said["smtp"]),
        port=int(port) if host else _SUBMISSION,
        starttls=said.get("starttls") != "false",
        user=environment.get(USER, ""),
        password=environment.get(PASSWORD, ""),
    )
    if post.password and not post.starttls:
        message = "a password would go to the mail server unencrypted"
        raise UserError(message, hint=f"leave out starttls: false, or unset {PASSWORD}")
    return post


def mail(post: Post, letters: Sequence[Letter], at: datetime) -> Iterator[Outcome]:
    """Send each letter by itself; what fails for one person stops nobody else's."""
    for letter in letters:
        if not letter.to:
            text = "no address is known: name it under people in storesync.yaml"
            yield Outcome(letter, "failed", text)
            continue
        try:
            message = written(post.sender, letter, at)
            _deliver(post, message, letter.to)
        except (smtplib.SMTPException, OSError, ValueError, MessageError) as error:
            yield Outcome(letter, "failed", _trouble(error, post))
        else:
            yield Outcome(letter, "sent", "by mail")


def written(sender: str, letter: Letter, at: datetime) -> EmailMessage:
    """Return a letter as a mail: plain text. The same letter has the same Message-ID.

    Raises ValueError or MessageError where an address is none.
    """
    message = EmailMessage(policy=SMTP)
    text = body(letter, at)
    message["From"] = Address(addr_spec=sender)
    message["To"] = [Address(addr_spec=address) for address in letter.to]
    message["Subject"] = subject(letter, at)
    message["Date"] = format_datetime(at)
    mark = hashlib.sha256("\0".join([*letter.to, at.isoformat(), text]).encode()).hexdigest()
    message["Message-ID"] = f"<{mark[:32]}@{Address(addr_spec=sender).domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _deliver(post: Post, message: EmailMessage, to: Sequence[str]) -> None:
    with closing(smtplib.SMTP(post.host, post.port, timeout=_SECONDS)) as server:
        if post.starttls:
            server.starttls(context=ssl.create_default_context())
        if post.password:
            server.login(post.user, post.password)
        server.send_message(message, from_addr=post.sender, to_addrs=list(to))
        with suppress(smtplib.SMTPException, OSError):  # it has the mail, whatever it says now
            server.quit()


def _trouble(error: Exception, post: Post) -> str:
    """Return what went wrong in words; what a server answers is a stranger's text."""
    where = f"{post.host}:{post.port}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = "; ".join(answer.decode(errors="replace") for _, answer in error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        said = str(error.smtp_code)
        if not isinstance(error, smtplib.SMTPAuthenticationError):
            said += f" {_text(error.smtp_error)}"
    else:
        said = str(error) or type(error).__name__
    return printable(f"{where}: {said}", limit=300)


def _text(value: bytes | str) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else value


def service_of(environment: Mapping[str, str]) -> Apprise | None:
    """Return the services that the environment names, None for none. Raises UserError."""
    urls = environment.get(URLS, "").split()
    if not urls:
        return None
    try:
        from apprise import Apprise
    except ImportError:
        message = f"{URLS} needs apprise, which is not installed"
        raise UserError(message, hint='pip install "storesync[notify]"') from None
    _hush()
    service = Apprise()
    for number, url in enumerate(urls, 1):
        if not service.add(url):  # the address may hold a token, so it is never shown
            hint = "see the addresses that apprise knows; they are separated by blanks"
            raise UserError(f"address {number} of {URLS} is none that apprise knows", hint=hint)
    return service


def tell(service: Apprise, letters: Sequence[Letter], at: datetime) -> Iterator[Outcome]:
    """Tell the services of each letter by itself."""
    for letter in letters:
        title = f"{subject(letter, at)} ({printable(letter.who, limit=60)})"
        if service.notify(body=body(letter, at), title=title, body_format="text"):
            yield Outcome(letter, "sent", "by apprise")
        else:
            yield Outcome(letter, "failed", "a service that apprise was to tell did not take it")


def _hush() -> None:
    """Keep apprise from saying anything: it would name addresses, and they may hold tokens."""
    logger = logging.getLogger("apprise")
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
