"""A real server of e-mail (aiosmtpd) that does at each stage of a conversation what a test asks for."""

from __future__ import annotations

import asyncio
import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from threading import Thread
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

STAGES = ("connect", "ehlo", "mail", "rcpt", "data", "content")
"""Every stage of a conversation without encryption and login, in their order."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message for which the server said that it has it."""

    to: str
    identity: str
    content: str


@dataclass
class MailServer:
    """How it behaves, and what it was given."""

    port: int = 0
    next: list[dict[str, str]] = field(default_factory=list)
    """What to do at which stage, one entry a connection: a reply, or a word that `acts` knows."""
    always: dict[str, str] = field(default_factory=dict)
    """The same for every connection, where the entry of above says nothing; `rcpt ADDRESS` is of one recipient."""
    connections: int = 0
    accepted: list[Accepted] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)
    """Every content, accepted or not."""
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    conversations: list[Any] = field(default_factory=list, repr=False)


class _Contents:
    """What is done with the content of a message."""

    def __init__(self, conversation: _Conversation) -> None:
        self.conversation = conversation

    async def handle_DATA(  # noqa: N802 - aiosmtpd names it
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        server = self.conversation.server
        server.received.append(content)
        if await self.conversation.acts("content"):
            return ""
        message = message_from_bytes(content)
        (to,) = envelope.rcpt_tos
        server.accepted.append(Accepted(to, str(message["Message-ID"]), content.decode()))
        return "250 OK"


class _Conversation(SMTP):
    """One connection."""

    transport: Any

    def __init__(self, server: MailServer, **options: Any) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # a login without encryption is what a test may want
            super().__init__(_Contents(self), loop=asyncio.get_running_loop(), **options)
        server.connections += 1
        server.conversations.append(self)
        self.server = server
        self.plan = {**server.always, **(server.next.pop(0) if server.next else {})}

    async def acts(self, stage: str) -> bool:
        """Whether something else than usual is done at this stage."""
        action = self.plan.get(stage)
        match action:
            case None:
                return False
            case "cut":
                self.transport.abort()
            case "hang":
                await asyncio.Event().wait()
            case "garbage":
                await self.push("what a day\r\nfor \xff a reply".encode("latin-1"))
            case "half":
                self.transport.write(b"250")
                self.transport.close()
            case "endless":
                self.transport.write(b"250-and\r\n" * 2000)
            case "drip":
                while not self.transport.is_closing():
                    self.transport.write(b"2")
                    await asyncio.sleep(0.01)
            case _:
                await self.push(action)
        return True

    async def _handle_client(self) -> None:
        if await self.acts("connect"):
            self.transport.close()
        else:
            await super()._handle_client()


def _interrupted(command: str, stage: str) -> Any:
    """A command of the server, before which the test may want something else."""
    usual = getattr(SMTP, f"smtp_{command}")

    async def answer(self: _Conversation, arg: str) -> None:
        address = arg.partition("<")[2].partition(">")[0] if arg else ""
        if not await self.acts(stage) and not await self.acts(f"{stage} {address}"):
            await usual(self, arg)

    return answer


for _command in ("EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"):
    setattr(_Conversation, f"smtp_{_command}", _interrupted(_command, _command.lower().replace("helo", "ehlo")))


@contextmanager
def mail_server(
    host: str = "127.0.0.1",
    context: ssl.SSLContext | None = None,
    *,
    listens_encrypted: ssl.SSLContext | None = None,
    with_login: bool = False,
    **options: Any,
) -> Iterator[MailServer]:
    """A running server.

    `context`: for encryption by STARTTLS; `listens_encrypted`: from the first byte; `with_login`: it wants the password
    `right`, or `ríght`.
    """
    server = MailServer()
    loop = asyncio.new_event_loop()

    def log_in(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword
    ) -> AuthResult:
        server.logins.append((data.login, data.password))
        return AuthResult(success=data.password in (b"right", "r\xedght".encode()), handled=False)

    chosen: dict[str, Any] = {"tls_context": context, **options}
    if with_login:
        chosen |= {"authenticator": log_in, "auth_required": True, "auth_require_tls": False}
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    # in its own thread from the start: this one may already have a loop, a browser's
    begun = loop.create_server(lambda: _Conversation(server, **chosen), host, 0, ssl=listens_encrypted)
    listening = asyncio.run_coroutine_threadsafe(begun, loop).result()
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(_end(listening, server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(listening: asyncio.Server, server: MailServer) -> None:
    """Close it, and end every conversation that still hangs."""
    listening.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for conversation in server.conversations:
        if conversation.transport is not None:
            conversation.transport.abort()
    await asyncio.sleep(0)  # so that what was ended is closed
