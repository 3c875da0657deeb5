"""Who Git says the person is, and with which hooks and signatures that person commits."""

from __future__ import annotations

from storesync.errors import UserError
from storesync.source import plumbing
from storesync.source.git import Repository

# Not what Git makes up from the names of the account and the machine.
CONFIGURED = ("-c", "user.useConfigOnly=true")


def identity(repository: Repository) -> tuple[str, str]:
    """Return name and address as configured in Git. Raises UserError where there are none."""
    done = repository.git(*CONFIGURED, "var", "GIT_AUTHOR_IDENT", accept=(0, 128))
    name, mark, rest = done.stdout.decode("utf-8", "replace").rpartition(" <")
    if done.returncode or not mark:
        hint = "git config user.name 'Your Name' && git config user.email you@example.com"
        raise UserError("Git does not know who you are", hint=hint)
    return name, rest.partition(">")[0]


def signs(repository: Repository) -> bool:
    """Say whether the person signs commits; plumbing commands do not look at this themselves."""
    done = repository.git("config", "--type=bool", "--get", "commit.gpgSign", accept=(0, 1))
    return done.stdout.strip() == b"true"


def with_hooks(repository: Repository) -> tuple[str, ...]:
    """Return the options that let the person's own hooks run, which all else here switches off."""
    done = repository.git("config", "--type=path", "--get-all", "core.hooksPath", accept=(0, 1))
    configured = plumbing.text(done.stdout).splitlines()[:-1]  # the last one is ours
    folder = configured[-1] if configured else str(repository.common_dir / "hooks")
    return ("-c", f"core.hooksPath={folder}")
