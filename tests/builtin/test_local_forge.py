"""Plain Git as a forge: what the contract does not say. Two clones share a bare repository."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from storesync.builtin.local_forge import open_local
from storesync.builtin.local_line import Event, Line, encode
from storesync.builtin.local_notes import LARGEST, Notes
from storesync.errors import UserError
from storesync.plugins.forge import (
    ForgeSetting,
    MergeRequest,
    ProposalQuery,
    ProposalState,
    ReviewState,
    Submission,
    Verdict,
)
from storesync.source.git import Repository
from storesync.source.mirror import REVIEWS

pytestmark = pytest.mark.slow
NOW = 1_796_000_000.0
PEOPLE = {"mia@example.com": "mia", "ben@example.com": "ben"}
WRITER = """\
import sys
from pathlib import Path
from storesync.builtin.local_notes import Notes
from storesync.source.git import Repository
folder, remote, commit, name, count = sys.argv[1:]
notes = Notes(Repository.find(Path(folder)), remote or None)
for number in range(int(count)):
    notes.append(commit, f"{name} {number}".encode())
"""


def git(folder: Path, *args: str) -> str:
    command = ["git", "-C", str(folder), *args]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def forge(folder: Path, remote: str | None = "origin"):
    return open_local(ForgeSetting(folder, "main", remote, {}, PEOPLE))


def identify(git_in, folder: Path, name: str) -> None:
    git_in(folder, "config", "user.name", name.capitalize())
    git_in(folder, "config", "user.email", f"{name}@example.com")


@pytest.fixture(scope="module")
def _made(tmp_path_factory):
    """A server and two clones of it, in which Mia proposed `winter`; and that proposal."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "begun").mkdir()
    git(folder / "begun", "init", "--quiet")
    (folder / "begun/README").write_text("1\n")
    git(folder / "begun", "add", "--all")
    git(folder / "begun", "commit", "--quiet", "--message", "Begin")
    git(folder, "clone", "--quiet", "--bare", "begun", "server")
    for name in ("mia", "ben"):
        git(folder, "clone", "--quiet", "server", name)
        git(folder / name, "remote", "set-url", "origin", "../server")  # wherever it is copied to
        identify(git, folder / name, name)
    mia = folder / "mia"
    git(mia, "switch", "--quiet", "-c", "winter")
    (mia / "winter.yaml").write_text("20\n")
    git(mia, "add", "--all")
    git(mia, "commit", "--quiet", "--message", "Winter")
    git(mia, "push", "--quiet", "origin", "winter")
    head = git(mia, "rev-parse", "HEAD").strip()
    return folder, forge(mia).submit(Submission("winter", head, "Winter", "", NOW))


@pytest.fixture
def clones(_made, tmp_path) -> tuple[Path, Path]:
    """Mia's clone and Ben's, of tmp_path/server."""
    shutil.copytree(_made[0], tmp_path, dirs_exist_ok=True)
    return tmp_path / "mia", tmp_path / "ben"


@pytest.fixture
def proposed(_made):
    """Mia's proposal `winter`, as her forge returned it."""
    return _made[1]


def approve(folder: Path, proposal, at: float = NOW + 1) -> None:
    forge(folder).review(Verdict(proposal, ReviewState.APPROVED, "", at, "f" * 64))


def forge_note(git_in, folder: Path, commit: str, *lines: bytes | str) -> None:
    """Write a note as anyone who can push may, and push it."""
    git_in(folder, "fetch", "--quiet", "origin", f"+{REVIEWS}:{REVIEWS}")
    raw = b"\n".join(line.encode() if isinstance(line, str) else line for line in lines)
    path = folder / ".git/note"
    path.write_bytes(raw)
    blob = git_in(folder, "hash-object", "-w", str(path)).strip()
    git_in(folder, "notes", f"--ref={REVIEWS}", "add", "-f", "-C", blob, commit)
    git_in(folder, "push", "--quiet", "origin", REVIEWS)


def test_the_plan_that_was_looked_at_is_kept(clones, proposed):
    approve(clones[1], proposed)
    [review] = forge(clones[0]).reviews(proposed)
    assert (review.plan, review.recorded, review.at) == ("f" * 64, True, NOW + 1)


def test_an_unknown_address_is_its_own_name(clones, proposed, git_in):
    git_in(clones[1], "config", "user.email", "Eve@Example.com")
    assert forge(clones[1]).login() == "eve@example.com"
    approve(clones[1], proposed)
    assert [item.login for item in forge(clones[0]).reviews(proposed)] == ["eve@example.com"]


@pytest.mark.parametrize("address", ["mia", "", None])
def test_who_has_no_address_is_nobody(clones, git_in, address):
    command = ["--unset", "user.email"] if address is None else ["user.email", address]
    git_in(clones[1], "config", *command)
    with pytest.raises(UserError):
        forge(clones[1]).login()


@pytest.mark.parametrize("places", [("mia", "ben"), ("mia", "mia")], ids=["clones", "one-clone"])
def test_writers_at_once_lose_nothing(clones, tmp_path, places, git_in):
    head = git_in(clones[0], "rev-parse", "origin/main").strip()
    arguments = [
        [sys.executable, "-c", WRITER, str(tmp_path / place), "origin", head, f"{n}", "4"]
        for n, place in enumerate(places)
    ]
    running = [subprocess.Popen(each, stderr=subprocess.PIPE) for each in arguments]
    assert [each.communicate()[1].decode() for each in running] == ["", ""]
    wanted = {f"{n} {number}".encode() for n in (0, 1) for number in range(4)}
    for folder in {tmp_path / place for place in places}:
        notes = Notes(Repository.find(folder), "origin")
        notes.refresh()
        assert set(notes.lines(notes.tips(notes.repository.refs(*notes.refs)))[head]) == wanted
    shown = git_in(tmp_path / "server", "notes", f"--ref={REVIEWS}", "show", head)
    assert {line.encode() for line in shown.split("\n") if line} == wanted


def test_what_git_itself_merged_is_read(clones, proposed, git_in):
    """Ben's clone merges notes as its owner may: with git notes merge."""
    mia, ben = clones
    approve(ben, proposed)
    git_in(mia, "notes", f"--ref={REVIEWS}", "append", "-m", "by hand", proposed.head)
    git_in(mia, "fetch", "--quiet", "origin", f"{REVIEWS}:refs/notes/theirs")
    strategy = ("-s", "cat_sort_uniq")
    git_in(mia, "notes", f"--ref={REVIEWS}", "merge", *strategy, "refs/notes/theirs")
    assert [item.login for item in forge(mia).reviews(proposed)] == ["ben"]


def test_a_line_here_that_was_not_pushed_goes_along_later(clones, proposed, tmp_path):
    hook = tmp_path / "server/hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(UserError, match="does not take the reviews"):
        approve(clones[1], proposed)
    assert forge(clones[0]).reviews(proposed) == []
    hook.unlink()
    approve(clones[1], proposed, NOW + 2)
    assert [item.at for item in forge(clones[0]).reviews(proposed)] == [NOW + 1, NOW + 2]


def test_hostile_notes_approve_nothing_and_stop_nothing(clones, proposed, git_in):
    mia, ben = clones
    good = Line(Event.APPROVED, "winter", "main", proposed.head, "ben@example.com", NOW + 1)
    moved = replace(good, commit="0" * 40)
    lines = [
        encode(moved),
        encode(good) + b" ",
        b"\x00\xff",
        b"[" * 90_000,
        b"{" + b"x" * 600_000,
        json.dumps({"v": 1, "event": "approved"}),
        encode(replace(good, proposal="../../main")),
        encode(replace(good, base="other")),
    ]
    before = git_in(ben, "ls-remote", "origin", REVIEWS)
    git_in(ben, "fetch", "--quiet", "origin", f"+{REVIEWS}:{REVIEWS}")
    old = git_in(ben, "notes", f"--ref={REVIEWS}", "show", proposed.head)
    forge_note(git_in, ben, proposed.head, old, *lines)
    assert git_in(ben, "ls-remote", "origin", REVIEWS) != before
    assert forge(mia).reviews(proposed) == []
    assert len(forge(mia).proposals(ProposalQuery())) == 1
    approve(ben, proposed)
    assert [item.login for item in forge(mia).reviews(proposed)] == ["ben"]


def test_a_huge_note_is_not_read(clones, proposed, git_in):
    mia, ben = clones
    approve(ben, proposed)
    old = git_in(ben, "notes", f"--ref={REVIEWS}", "show", proposed.head)
    forge_note(git_in, ben, proposed.head, old, b"x" * LARGEST + b"x\n")
    assert forge(mia).proposals(ProposalQuery()) == []
    with pytest.raises(UserError, match="too large"):
        Notes(Repository.find(mia), "origin").append(proposed.head, b"more")


def test_a_line_of_a_newer_format_is_shown_as_unknown(clones, proposed, git_in):
    line = Line(Event.APPROVED, "winter", "main", proposed.head, "ben@example.com", NOW + 1)
    newer = encode(line).replace(b'"v":1', b'"v":2')
    git_in(clones[1], "fetch", "--quiet", "origin", f"+{REVIEWS}:{REVIEWS}")
    old = git_in(clones[1], "notes", f"--ref={REVIEWS}", "show", proposed.head)
    forge_note(git_in, clones[1], proposed.head, old, newer)
    assert [item.state for item in forge(clones[0]).reviews(proposed)] == ["format 2"]


def test_an_approval_is_not_carried_to_a_commit_written_anew(clones, proposed, git_in):
    """As `git commit --amend` does it where notes.rewriteRef is set."""
    mia, ben = clones
    approve(ben, proposed)
    (mia / "winter.yaml").write_text("90\n")
    git_in(mia, "commit", "--quiet", "--all", "--amend", "--no-edit")
    new = git_in(mia, "rev-parse", "HEAD").strip()
    git_in(mia, "fetch", "--quiet", "origin", f"+{REVIEWS}:{REVIEWS}")
    git_in(mia, "notes", f"--ref={REVIEWS}", "copy", proposed.head, new)
    git_in(mia, "push", "--quiet", "--force", "origin", "winter", REVIEWS)
    now = forge(mia).submit(Submission("winter", new, "Winter", "", NOW + 5))
    assert [item.commit for item in forge(mia).reviews(now)] == [proposed.head]


def test_reviews_that_went_back_are_refused(clones, proposed, git_in, tmp_path):
    mia, ben = clones
    approve(ben, proposed)
    forge(mia).reviews(proposed)
    git_in(tmp_path / "server", "update-ref", REVIEWS, f"{REVIEWS}~1")
    with pytest.raises(UserError, match="rewritten"):
        forge(mia).reviews(proposed)


@pytest.fixture
def signing(clones, tmp_path, git_in):
    """Make a clone sign as somebody, and the other trust the keys that are named."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")

    def sign(folder: Path, name: str, *, trusted: str | None = None) -> None:
        key = tmp_path / f"key-{name}"
        made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(key)]
        subprocess.run(made, check=True)
        public = Path(f"{key}.pub").read_text()
        signers = tmp_path / "signers"
        with signers.open("a") as file:
            file.write(f"{trusted} {public}" if trusted else "")
        for each in clones:
            git_in(each, "config", "gpg.format", "ssh")
            git_in(each, "config", "gpg.ssh.allowedSignersFile", str(signers))
        git_in(folder, "config", "user.signingKey", str(key))
        git_in(folder, "config", "commit.gpgSign", "true")

    return sign


def test_a_signed_review_is_more_than_recorded(clones, proposed, signing, git_in):
    mia, ben = clones
    approve(ben, proposed)
    signing(ben, "ben", trusted="ben@example.com")
    approve(ben, proposed, NOW + 2)
    found = forge(mia).reviews(proposed)
    assert [(item.login, item.recorded) for item in found] == [("ben", True), ("ben", False)]
    # Merged with what others write, it stays so.
    git_in(mia, "config", "user.email", "zoe@example.com")
    approve(mia, proposed, NOW + 3)
    found = forge(ben).reviews(proposed)
    assert [item.recorded for item in found] == [True, False, True]


@pytest.mark.parametrize("trusted", [None, "eve@example.com"], ids=["no-key", "another-person"])
def test_a_signature_counts_only_for_its_owner(clones, proposed, signing, trusted):
    """Eve signs with her key, and writes that Ben approved."""
    mia, ben = clones
    signing(ben, "eve", trusted=trusted)
    approve(ben, proposed)
    assert [(x.login, x.recorded) for x in forge(mia).reviews(proposed)] == [("ben", True)]


@pytest.fixture
def gpg(monkeypatch: pytest.MonkeyPatch):
    """Run gpg with keys of its own, in a folder whose name is short enough for its sockets."""
    if shutil.which("gpg") is None:
        pytest.skip("gpg is not installed")
    with tempfile.TemporaryDirectory(prefix="gpg", ignore_cleanup_errors=True) as home:
        monkeypatch.setenv("GNUPGHOME", home)

        def run(*args: str) -> str:
            command = ["gpg", "--batch", "--quiet", "--yes", "--passphrase", "", *args]
            return subprocess.run(command, check=True, capture_output=True, text=True).stdout

        yield run
        subprocess.run(["gpgconf", "--kill", "all"], check=False, capture_output=True)


@pytest.mark.parametrize(("vouched", "recorded"), [("ben", False), ("eve", True)])
def test_an_openpgp_key_counts_for_the_names_somebody_vouches_for(
    clones, proposed, gpg, git_in, vouched, recorded
):
    """Whose key it is says who vouches for it; first of its names is the one its owner likes."""
    mia, ben = clones
    gpg("--quick-gen-key", "Mia <mia@example.com>", "ed25519", "default", "never")
    gpg("--quick-gen-key", f"X <{vouched}@example.com>", "ed25519", "sign", "never")
    rows = gpg("--list-keys", "--with-colons", f"=X <{vouched}@example.com>").splitlines()
    key = next(row.split(":")[9] for row in rows if row.startswith("fpr"))
    gpg("--import-ownertrust", str(_trust(mia, key)))
    gpg("--quick-lsign-key", key)
    if vouched != "ben":
        gpg("--quick-add-uid", key, "Ben <ben@example.com>")
        gpg("--quick-set-primary-uid", key, "Ben <ben@example.com>")
    git_in(ben, "config", "user.signingKey", key)
    git_in(ben, "config", "commit.gpgSign", "true")
    approve(ben, proposed)
    told = git_in(ben, "log", "-1", "--format=%G? %GS", REVIEWS).split()
    assert (told[0], told[-1]) == ("G", "<ben@example.com>"), "Git takes it for Ben's"
    assert [(x.login, x.recorded) for x in forge(mia).reviews(proposed)] == [("ben", recorded)]


def _trust(folder: Path, key: str) -> Path:
    """Write that a key is not the person's own, though it was made here."""
    path = folder / ".git/trust"
    path.write_text(f"{key}:2:\n")
    return path


@pytest.mark.parametrize("merged", [False, True], ids=["open", "merged"])
def test_whom_a_commit_names_does_not_approve_it(
    clones, proposed, git_in, commit, merged, monkeypatch
):
    """Mia proposes in her name what Ben and Zoe made; what was on main before is nobody's."""
    mia, ben = clones
    git_in(ben, "switch", "--quiet", "-c", "spring", "origin/main")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "Zoe@example.com")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "ben@example.com")
    commit(ben, {"spring.yaml": "20\n"})
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "mia@example.com")
    head = commit(ben, {"spring.yaml": "30\n"})
    git_in(ben, "push", "--quiet", "origin", "spring", "spring:again")
    forge(ben).submit(Submission("spring", head, "Spring", "", NOW))
    again = forge(mia).submit(Submission("again", head, "Spring", "", NOW + 1))
    with pytest.raises(UserError, match="your own proposal"):
        approve(ben, again)
    if merged:
        forge(mia).merge(MergeRequest(proposed, proposed.head, "Winter", NOW + 2))
        forge(mia).merge(MergeRequest(again, head, "Spring", NOW + 3))
        found = forge(ben).proposals(ProposalQuery(commit=tip(git_in, mia)))
        again = next(item for item in found if item.id == "again")
    assert again.hands == {"mia", "ben", "zoe@example.com"}


def tip(git_in, folder: Path) -> str:
    git_in(folder, "fetch", "--quiet", "origin", "main")
    return git_in(folder, "rev-parse", "FETCH_HEAD").strip()


def test_who_submitted_between_others_does_not_approve_it(clones, proposed, git_in, commit):
    mia, ben = clones
    for folder, at in ((ben, 1), (mia, 2)):
        git_in(folder, "fetch", "--quiet", "origin")
        git_in(folder, "switch", "--quiet", "-C", "winter", "origin/winter")
        head = commit(folder, {"winter.yaml": f"{at}\n"})
        git_in(folder, "push", "--quiet", "origin", "winter")
        now = forge(folder).submit(Submission("winter", head, "Winter", "", NOW + at))
    assert (now.author, now.pusher, "ben" in now.hands) == ("mia", "mia", True)


def test_merged_the_work_tree_follows(repo, commit, git_in):
    folder = repo({"README": "1\n"})
    identify(git_in, folder, "mia")
    git_in(folder, "switch", "--quiet", "-c", "winter")
    head = commit(folder, {"winter.yaml": "20\n"})
    proposal = forge(folder, None).submit(Submission("winter", head, "Winter", "", NOW))
    git_in(folder, "switch", "--quiet", "main")
    request = MergeRequest(proposal, head, "Merge winter", NOW + 1)
    (folder / "README").write_text("changed\n")
    with pytest.raises(UserError, match="not committed"):
        forge(folder, None).merge(request)
    assert not (folder / "winter.yaml").exists()
    git_in(folder, "checkout", "--quiet", "README")
    (folder / "winter.yaml").write_text("mine\n")
    with pytest.raises(UserError, match=r"winter\.yaml"):
        forge(folder, None).merge(request)
    (folder / "winter.yaml").unlink()
    (folder / "other.txt").write_text("untracked\n")
    made = forge(folder, None).merge(request)
    assert git_in(folder, "rev-parse", "main").strip() == made
    assert (folder / "winter.yaml").read_text() == "20\n"
    assert git_in(folder, "status", "--porcelain") == "?? other.txt\n"
    assert git_in(folder, "log", "-1", "--format=%P %an %s", "main").split(" ", 1)[1] == (
        f"{head} Mia Merge winter\n"
    )


def test_checked_out_elsewhere_it_is_not_merged(repo, commit, git_in, tmp_path):
    folder = repo({"README": "1\n"})
    identify(git_in, folder, "mia")
    git_in(folder, "switch", "--quiet", "-c", "winter")
    head = commit(folder, {"winter.yaml": "20\n"})
    proposal = forge(folder, None).submit(Submission("winter", head, "Winter", "", NOW))
    git_in(folder, "worktree", "add", "--quiet", str(tmp_path / "elsewhere"), "main")
    with pytest.raises(UserError, match="another folder"):
        forge(folder, None).merge(MergeRequest(proposal, head, "Merge", NOW + 1))


def test_a_conflict_names_its_paths(clones, proposed, commit, git_in):
    mia, ben = clones
    commit(ben, {"winter.yaml": "other\n"})
    git_in(ben, "push", "--quiet", "origin", "main")
    with pytest.raises(UserError, match=r"winter\.yaml"):
        forge(mia).merge(MergeRequest(proposed, proposed.head, "Merge", NOW + 1))


def test_merged_by_hand_it_is_merged(clones, proposed, git_in):
    _, ben = clones
    git_in(ben, "fetch", "--quiet")
    git_in(ben, "merge", "--quiet", "--no-ff", "-m", "By hand", "origin/winter")
    git_in(ben, "push", "--quiet", "origin", "main")
    made = git_in(ben, "rev-parse", "HEAD").strip()
    [seen] = forge(ben).proposals(ProposalQuery(commit=made))
    assert (seen.id, seen.state) == ("winter", ProposalState.MERGED)


def test_its_branch_gone_it_is_closed(clones, proposed, git_in):
    mia, ben = clones
    git_in(mia, "push", "--quiet", "origin", ":winter")
    assert forge(ben).proposals(ProposalQuery()) == []
    assert forge(ben).proposals(ProposalQuery(id="winter"))[0].state is ProposalState.CLOSED


def test_a_branch_merged_before_is_proposed_anew(clones, proposed, commit, git_in):
    mia, ben = clones
    forge(ben).review(Verdict(proposed, ReviewState.CHANGES_REQUESTED, "No", NOW + 1))
    forge(ben).merge(MergeRequest(proposed, proposed.head, "Merge", NOW + 2))
    head = commit(mia, {"winter.yaml": "30\n"})
    git_in(mia, "push", "--quiet", "origin", "winter")
    git_in(mia, "config", "user.email", "zoe@example.com")
    now = forge(mia).submit(Submission("winter", head, "More", "", NOW + 3))
    assert (now.author, now.state, now.head) == ("zoe@example.com", ProposalState.OPEN, head)
    assert forge(ben).reviews(now) == []


def test_a_persons_own_refs_stay(clones, proposed, git_in):
    _, ben = clones
    before = git_in(ben, "for-each-ref", "refs/heads", "refs/remotes")
    forge(ben).proposals(ProposalQuery())
    approve(ben, proposed)
    assert git_in(ben, "for-each-ref", "refs/heads", "refs/remotes") == before


def test_whoever_speaks_after_somebody_is_dated_after_him_whatever_the_clocks_say(clones, proposed):
    mia, ben = clones
    approve(ben, proposed, NOW + 3_600)  # his clock is an hour ahead
    [proposed] = forge(mia).proposals(ProposalQuery(branch="winter"))
    forge(mia).merge(MergeRequest(proposed, proposed.head, "Merge", NOW + 2))
    [merged] = forge(ben).proposals(ProposalQuery(branch="winter"))
    assert merged.landed is not None
    assert merged.landed > NOW + 3_600


def test_a_line_of_another_year_dates_nothing_else(clones, proposed):
    approve(clones[1], proposed, NOW + 366 * 86_400)
    forge(clones[0]).merge(MergeRequest(proposed, proposed.head, "Merge", NOW + 2))
    [merged] = forge(clones[0]).proposals(ProposalQuery(branch="winter"))
    assert merged.landed == NOW + 2


def test_a_list_brings_the_reviews_of_all_that_is_in_it(clones, proposed, tmp_path):
    """Or `status` would ask the remote once more for each proposal that is open."""
    mia, ben = clones
    approve(ben, proposed)
    desk = forge(mia)
    [listed] = desk.proposals(ProposalQuery())
    (tmp_path / "server").rename(tmp_path / "gone")
    assert [review.login for review in desk.reviews(listed)] == ["ben"]
    with pytest.raises(UserError):
        desk.reviews(listed)  # asked again, it looks again
