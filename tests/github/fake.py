"""A small GitHub on loopback, for what `emulate` lacks or gets wrong.

Pushes in the activity, no approving of one's own, stale heads, rule sets, errors of CODEOWNERS,
limits of rate; and, by `answer_next`, whatever a test wants to be answered. State is plain
attributes; what a test does not set is filled in from GitHub's description (`described.like`).
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import described

OWNER, NAME = "acme", "campaigns"
REPOSITORY = f"{OWNER}/{NAME}"
START = 1_795_000_000


@dataclass
class Canned:
    """An answer instead of the real one, where the path matches: bytes, or a way to write them."""

    path: str
    status: int
    headers: dict[str, str]
    body: bytes | Callable[[Any], None]


@dataclass
class Asked:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any
    raw: str = ""  # the path with what is quoted in it: names of branches hold slashes


class No(Exception):  # noqa: N818 - an answer
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def commit_id(*words: object) -> str:
    return hashlib.sha1(repr(words).encode()).hexdigest()


def moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")


def user(login: str | None) -> Any:
    kind = "Bot" if (login or "").endswith("[bot]") else "User"
    return None if login is None else described.like("simple-user", login=login, type=kind)


def repository(full_name: str) -> Any:
    owner, _, name = full_name.partition("/")
    return described.like("repository", full_name=full_name, name=name, owner=user(owner))


@dataclass
class GitHub:
    """The state: everything a test may look at or change."""

    tokens: dict[str, str] = field(default_factory=dict)
    rights: dict[str, str] = field(default_factory=dict)
    teams: dict[str, set[str]] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)  # invited into teams, and not in them yet
    hidden: set[str] = field(default_factory=set)  # paths that the token may not see
    heads: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[tuple[str, str], str] = field(default_factory=dict)  # (fork, branch) -> head
    files: dict[str, dict[str, str]] = field(default_factory=lambda: {"main": {}})  # of a branch
    bases: dict[str, dict[str, str]] = field(default_factory=dict)  # main when it was made
    commits: dict[str, list[Any]] = field(default_factory=dict)
    activity: list[Any] = field(default_factory=list)
    pulls: dict[int, dict[str, Any]] = field(default_factory=dict)
    lines: dict[int, list[Any]] = field(default_factory=dict)
    reviews: dict[int, list[Any]] = field(default_factory=dict)
    comments: dict[int, list[Any]] = field(default_factory=dict)
    rules: list[Any] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)  # path -> answer, for doctor's questions
    asked: list[Asked] = field(default_factory=list)
    canned: deque[Canned] = field(default_factory=deque)
    at: float = START
    serial: int = 0
    url: str = ""
    waiting: dict[int, Any] = field(default_factory=dict)  # to be merged when rules are met
    brought: dict[int, set[str]] = field(default_factory=dict)  # commits that a merge made

    def look(self) -> None:
        """See what was pushed; called before every request. Here pushes are told by tests."""

    def tick(self) -> float:
        self.at += 60
        self.serial += 1
        return self.at

    def answer_next(self, path: str, status: int, body: Any = b"", **headers: str) -> None:
        """Answer the next request whose path matches in another way."""
        raw = body if isinstance(body, bytes) or callable(body) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.canned.append(Canned(path, status, named, raw))

    def push(
        self,
        branch: str,
        login: str,
        *,
        named: str | None = None,
        signed: bool = False,
        message: str = "Change",
    ) -> str:
        """Push one more commit; `named` is who its author and committer say to be."""
        at = self.tick()
        before = self.heads.get(branch)
        sha = self.heads[branch] = commit_id(branch, self.serial)
        one = described.like("commit", sha=sha)
        one |= {"author": user(named or login), "committer": user(named or login)}
        one["commit"]["message"] = message
        one["commit"]["verification"] = described.like("verification", verified=signed)
        self.commits.setdefault(branch, []).append(one)
        kind = "push" if before else "branch_creation"
        self.note(branch, kind, before or "0" * 40, sha, login, at)
        for pull in self.pulls.values():
            if pull["head"]["ref"] == branch and pull["state"] == "open":
                pull["head"]["sha"] = sha
                pull["updated_at"] = moment(at)
        return sha

    def write(self, branch: str, login: str, files: dict[str, str]) -> str:
        """Push a commit that changes some files."""
        if branch not in self.files:
            self.bases[branch] = dict(self.files["main"])
            self.files[branch] = dict(self.files["main"])
        self.files[branch] |= files
        return self.push(branch, login)

    def changed(self, number: int) -> list[str]:
        """Return the paths of the files that a pull request changes."""
        branch = self.pulls[number]["head"]["ref"]
        base = self.bases.get(branch, {})
        return [path for path, text in self.files.get(branch, {}).items() if base.get(path) != text]

    def bring(self, branch: str) -> None:
        """Bring what a branch changed to main, unless main has changed it, too."""
        base, main = self.bases.get(branch, {}), self.files["main"]
        mine = {k: v for k, v in self.files.get(branch, {}).items() if base.get(k) != v}
        if any(main.get(name) not in {base.get(name), text} for name, text in mine.items()):
            raise No(405, "Pull Request is not mergeable")
        main |= mine

    def note(self, branch: str, kind: str, before: str, after: str, login: str, at: float) -> None:
        entry = {"ref": f"refs/heads/{branch}", "activity_type": kind, "actor": user(login)}
        entry |= {"before": before, "after": after, "timestamp": moment(at)}
        self.activity.insert(0, described.like("activity", **entry))

    def open(self, branch: str, login: str, *, home: str | None = REPOSITORY, **own: Any) -> int:
        """Open a pull request and return its number."""
        at = moment(self.tick())
        number = len(self.pulls) + 1
        sha = own.pop("sha", None) or self.heads[branch]
        side = {"label": branch, "ref": branch, "sha": sha, "user": user(login)}
        base = {**side, "ref": "main", "repo": repository(REPOSITORY), "sha": commit_id("main")}
        self.pulls[number] = described.like(
            "pull-request",
            number=number,
            node_id=f"PR_{number}",
            title=own.pop("title", branch),
            body=own.pop("body", None),
            state="open",
            draft=False,
            user=user(login),
            head={**side, "repo": None if home is None else repository(home)},
            base=base,
            created_at=at,
            updated_at=at,
            html_url=f"{self.url}/{REPOSITORY}/pull/{number}",
            merge_commit_sha=commit_id("trial", number),
            **own,
        )
        return number

    def say(self, number: int, login: str | None, state: str, **own: Any) -> Any:
        """Add a review as it stands in the list."""
        at = moment(self.tick())
        head = self.pulls[number]["head"]["sha"]
        given = {"user": user(login), "state": state, "commit_id": head, "submitted_at": at}
        said = described.like("pull-request-review", id=self.serial, body="", **given)
        self.reviews.setdefault(number, []).append(said | own)
        return self.reviews[number][-1]

    def merge(self, number: int, login: str, how: str = "merge") -> str:
        pull, at = self.pulls[number], moment(self.tick())
        sha = commit_id(how, number)
        done = {"merged": True, "merged_at": at, "closed_at": at, "state": "closed"}
        pull.update(done, merge_commit_sha=sha, merged_by=user(login))
        return sha


ROUTES: list[tuple[str, re.Pattern[str], Callable[..., Any]]] = []


def route(method: str, path: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    pattern = re.compile(
        re.sub(r":(\w+)", r"(?P<\1>[^/]+)", path.replace("REPO", f"/repos/{REPOSITORY}"))
    )

    def keep(function: Callable[..., Any]) -> Callable[..., Any]:
        ROUTES.append((method, pattern, function))
        return function

    return keep


def simple(pull: Any) -> Any:
    left_out = ("merged", "merged_by", "commits", "additions", "deletions", "changed_files")
    kept = {name: value for name, value in pull.items() if name not in left_out}
    return {**described.like("pull-request-simple"), **kept}


def of(hub: GitHub, number: str) -> Any:
    if int(number) not in hub.pulls:
        raise No(404, "Not Found")
    return hub.pulls[int(number)]


@route("GET", "/user")
def get_user(hub: GitHub, me: str, asked: Asked) -> Any:
    if me.endswith("[bot]"):
        raise No(403, "Resource not accessible by integration")
    return described.like("private-user", login=me, type="User", user_view_type="private")


@route("POST", "/graphql")
def post_graphql(hub: GitHub, me: str, asked: Asked) -> Any:
    if "enablePullRequestAutoMerge" not in asked.body["query"]:
        return {"data": {"viewer": {"login": me}}}
    given = asked.body["variables"]
    number = int(given["pull"].removeprefix("PR_"))
    refused = hub.settings.get("no merge later")
    if refused or hub.pulls[number]["head"]["sha"] != given["head"]:
        return {"data": None, "errors": [{"message": refused or "Head sha didn't match"}]}
    hub.waiting[number] = given
    one = {"pullRequest": {"number": number}}
    return {"data": {"enablePullRequestAutoMerge": one}}


@route("GET", "REPO/pulls")
def get_pulls(hub: GitHub, me: str, asked: Asked) -> Any:
    state, head = asked.query.get("state", "open"), asked.query.get("head", "")
    return [
        simple(pull)
        for pull in reversed(hub.pulls.values())
        if state in {"all", pull["state"]}
        and pull["base"]["ref"] == asked.query.get("base", pull["base"]["ref"])
        and (not head or head.partition(":")[2] == pull["head"]["ref"])
    ]


def is_of(head: Any, branch: str, home: str) -> bool:
    found = (head["repo"] or {}).get("full_name")
    return bool(found == home and head["ref"] == branch)


@route("POST", "REPO/pulls")
def post_pulls(hub: GitHub, me: str, asked: Asked) -> Any:
    body, home = asked.body, asked.body.get("head_repo", REPOSITORY)
    branch = body["head"].removeprefix(f"{home.partition('/')[0]}:")
    is_fork = home != REPOSITORY
    sha = hub.elsewhere.get((home, branch)) if is_fork else hub.heads.get(branch)
    if sha is None or is_fork != (":" in body["head"]):
        raise No(422, "Validation Failed: head invalid")
    open_here = [pull for pull in hub.pulls.values() if pull["state"] == "open"]
    if any(is_of(pull["head"], branch, home) for pull in open_here):
        raise No(422, "A pull request already exists")
    own = {"title": body["title"], "body": body["body"], "home": home, "sha": sha}
    return hub.pulls[hub.open(branch, me, **own)]


@route("GET", "REPO/pulls/:number")
def get_pull(hub: GitHub, me: str, asked: Asked, number: str) -> Any:
    return of(hub, number)


@route("PATCH", "REPO/pulls/:number")
def patch_pull(hub: GitHub, me: str, asked: Asked, number: str) -> Any:
    pull = of(hub, number)
    pull.update(asked.body, updated_at=moment(hub.tick()))
    return pull


@route("GET", "REPO/pulls/:number/commits")
def get_commits(hub: GitHub, me: str, asked: Asked, number: str) -> Any:
    return hub.commits.get(of(hub, number)["head"]["ref"], [])


@route("GET", "REPO/pulls/:number/files")
def get_files(hub: GitHub, me: str, asked: Asked, number: str) -> Any:
    return [described.like("diff-entry", filename=path) for path in hub.changed(int(number))]


@route("GET", "REPO/pulls/:number/reviews")
def get_reviews(hub: GitHub, me: str, asked: Asked, number: str) -> Any:
    of(hub, number)
    return hub.reviews.get(int(number), [])


@route("GET", "REPO/pulls/:number/reviews/:review/comments")
def get_lines(hub: GitHub, me: str, asked: Asked, number: str, review: str) -> Any:
    of(hub, number)
    return hub.lines.get(int(review), [])


@route("POST", "REPO/pulls/:number/reviews")
def post_review(hub: GitHub, me: str, asked: Asked, number: str) -> Any:
    states = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED"}
    if of(hub, number)["user"]["login"] == me:
        raise No(422, "Can not approve your own pull request")
    body = asked.body
    said = {"body": body["body"], "commit_id": body["commit_id"]}
    return hub.say(int(number), me, states[body["event"]], **said)


@route("PUT", "REPO/pulls/:number/merge")
def put_merge(hub: GitHub, me: str, asked: Asked, number: str) -> Any:
    pull = of(hub, number)
    if pull["head"]["sha"] != asked.body["sha"]:
        raise No(409, "Head branch was modified. Review and try the merge again.")
    if pull["state"] != "open":
        raise No(405, "Pull Request is not mergeable")
    hub.bring(pull["head"]["ref"])
    sha = hub.merge(int(number), me, asked.body.get("merge_method", "merge"))
    return {"sha": sha, "merged": True, "message": "Pull Request successfully merged"}


@route("POST", "REPO/pulls/:number/requested_reviewers")
def post_reviewers(hub: GitHub, me: str, asked: Asked, number: str) -> Any:
    pull = of(hub, number)
    people = asked.body.get("reviewers", [])
    teams = asked.body.get("team_reviewers", [])
    if not {*people} <= hub.rights.keys() or not {*teams} <= hub.teams.keys():
        raise No(422, "Reviews may only be requested from collaborators")
    pull.setdefault("requested_reviewers", []).extend(user(name) for name in people)
    found = [described.like("team", slug=name, name=name) for name in teams]
    pull.setdefault("requested_teams", []).extend(found)
    return simple(pull)


@route("POST", "REPO/issues/:number/labels")
def post_labels(hub: GitHub, me: str, asked: Asked, number: str) -> Any:
    labels = [described.like("label", name=name, description="") for name in asked.body["labels"]]
    of(hub, number)["labels"] += labels
    return labels


@route("GET", "REPO/issues/:number")
def get_issue(hub: GitHub, me: str, asked: Asked, number: str) -> Any:
    pull = of(hub, number)
    closer = pull["merged_by"] or hub.settings.get(f"closer of {number}")
    return described.like("issue", number=int(number), closed_by=closer)


@route("GET", "REPO/issues/:number/comments")
def get_comments(hub: GitHub, me: str, asked: Asked, number: str) -> Any:
    return hub.comments.get(int(number), [])


@route("POST", "REPO/issues/:number/comments")
def post_comment(hub: GitHub, me: str, asked: Asked, number: str) -> Any:
    hub.tick()
    url = f"{hub.url}/{REPOSITORY}/pull/{number}#issuecomment-{hub.serial}"
    own = {"id": hub.serial, "body": asked.body["body"], "user": user(me), "html_url": url}
    hub.comments.setdefault(int(number), []).append(described.like("issue-comment", **own))
    return hub.comments[int(number)][-1]


@route("PATCH", "REPO/issues/comments/:id")
def patch_comment(hub: GitHub, me: str, asked: Asked, id: str) -> Any:  # noqa: A002 - of the path
    every = [item for items in hub.comments.values() for item in items]
    [found] = [item for item in every if item["id"] == int(id)]
    found["body"] = asked.body["body"]
    return found


@route("GET", "REPO/commits/:sha/pulls")
def get_pulls_of_commit(hub: GitHub, me: str, asked: Asked, sha: str) -> Any:
    return [
        simple(pull)
        for number, pull in hub.pulls.items()
        if sha in {pull["merge_commit_sha"], pull["head"]["sha"], *hub.brought.get(number, ())}
    ]


@route("GET", "/repos/:owner/:name/activity")
def get_activity(hub: GitHub, me: str, asked: Asked, owner: str, name: str) -> Any:
    if f"{owner}/{name}" != REPOSITORY:
        raise No(404, "Not Found")
    return [item for item in hub.activity if item["ref"] == asked.query["ref"]][:100]


@route("GET", "REPO/collaborators/:login/permission")
def get_permission(hub: GitHub, me: str, asked: Asked, login: str) -> Any:
    known = next((name for name in hub.rights if name.lower() == login), None)
    if known is None:
        raise No(404, f"{login} is not a user")
    right = {"maintain": "write", "triage": "read"}.get(hub.rights[known], hub.rights[known])
    one = described.like("nullable-collaborator", login=known, type="User")
    return {"permission": right, "role_name": hub.rights[known], "user": one}


@route("GET", f"/orgs/{OWNER}/teams/:slug")
def get_team(hub: GitHub, me: str, asked: Asked, slug: str) -> Any:
    if slug not in hub.teams:
        raise No(404, "Not Found")
    return described.like("team-full", slug=slug, name=slug)


@route("GET", f"/orgs/{OWNER}/teams/:slug/memberships/:login")
def get_membership(hub: GitHub, me: str, asked: Asked, slug: str, login: str) -> Any:
    if login not in hub.teams.get(slug, set()):
        raise No(404, "Not Found")
    state = "pending" if login in hub.pending else "active"
    return described.like("team-membership", state=state, role="member")


@route("GET", "REPO/branches/:branch")
@route("GET", "/repos/(?!acme/)(?P<home>[^/]+/[^/]+)/branches/:branch")
def get_branch(hub: GitHub, me: str, asked: Asked, branch: str, home: str = "") -> Any:
    sha = hub.elsewhere.get((home, branch)) if home else hub.heads.get(branch)
    if sha is None:
        raise No(404, "Branch not found")
    commit = described.like("commit", sha=sha)
    return described.like("branch-with-protection", name=branch, commit=commit)


@route("GET", "REPO/rules/branches/:branch")
@route("GET", "REPO/rules/branches/:branch/:rest")
def get_rules(hub: GitHub, me: str, asked: Asked, branch: str, rest: str = "") -> Any:
    return hub.rules


@route("GET", "REPO/(?P<rest>branches/.*|codeowners/.*|actions/.*|environments.*|rulesets/.*)")
def get_setting(hub: GitHub, me: str, asked: Asked, rest: str) -> Any:
    if rest not in hub.settings:
        raise No(404, "Branch not protected" if rest.endswith("/protection") else "Not Found")
    return hub.settings[rest]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # a whole answer in one packet: else each waits 40 ms for its second half
    disable_nagle_algorithm = True
    hub: GitHub

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        raw_path = url.path.removeprefix("/api/v3").replace("/api/graphql", "/graphql")
        path = unquote(raw_path)
        names = {name.lower(): value for name, value in self.headers.items()}
        body = json.loads(raw) if raw else None
        asked = Asked(self.command, path, query, names, body, raw_path)
        self.hub.asked.append(asked)
        self.hub.look()
        for canned in self.hub.canned:
            if re.search(canned.path, path):
                self.hub.canned.remove(canned)
                self.give(canned.status, canned.headers, canned.body)
                return
        me = self.hub.tokens.get(names.get("authorization", "").removeprefix("Bearer "))
        if me is None:
            self.give(401, {}, b'{"message": "Bad credentials"}')
            return
        self.answer(me, asked)

    do_POST = do_PATCH = do_PUT = do_GET  # noqa: N815 - http.server's names

    def answer(self, me: str, asked: Asked) -> None:
        try:
            value = self.found(me, asked)
        except No as no:
            self.give(no.status, {}, json.dumps({"message": str(no)}).encode())
            return
        creates = asked.method == "POST" and re.search(
            "/(pulls|comments|requested_rev[a-z]+)$", asked.path
        )
        body = json.dumps(value).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()}"'
        if asked.headers.get("if-none-match") == etag:
            self.give(304, {"ETag": etag}, b"")
        else:
            self.give(
                201 if creates else 200, {"ETag": etag} if asked.method == "GET" else {}, body
            )

    def found(self, me: str, asked: Asked) -> Any:
        if any(re.search(path, asked.path) for path in self.hub.hidden):
            raise No(403, "Resource not accessible by integration")
        for method, pattern, function in ROUTES:
            match = pattern.fullmatch(asked.raw)
            if match and method == asked.method:
                named = {name: unquote(value) for name, value in match.groupdict().items()}
                return function(self.hub, me, asked, **named)
        raise No(404, "Not Found")

    def give(
        self, status: int, headers: dict[str, str], body: bytes | Callable[[Any], None]
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        if callable(body):
            self.close_connection = True
            self.end_headers()
            body(self.wfile)
            return
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serve(hub: GitHub | None = None) -> Iterator[GitHub]:
    """Run a GitHub on a free port of loopback."""
    hub = hub or GitHub()
    handler = type("Bound", (Handler,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
