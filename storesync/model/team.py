"""Who is in a brand's team and what for; CODEOWNERS is written from it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from storesync.model.base import Day, Flag, FolderPath, Model, Slug

_LOGIN = r"[A-Za-z0-9][A-Za-z0-9-]{0,38}(_[A-Za-z0-9]{1,40})?"
_TEAM = r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9][A-Za-z0-9_-]{0,99}"
_LABEL = r"[A-Za-z0-9-]{1,63}"
_ADDRESS = rf"[A-Za-z0-9._%+-]{{1,64}}@({_LABEL}\.)+[A-Za-z]{{1,63}}"
MEMBER_PATTERN = rf"^({_LOGIN}|{_TEAM}|{_ADDRESS})$"
LOGIN_PATTERN = rf"^{_LOGIN}$"

# As GitHub's CODEOWNERS takes owners, without the @ that YAML does not allow at a beginning.
Member = Annotated[str, StringConstraints(max_length=254, pattern=MEMBER_PATTERN)]
Login = Annotated[str, StringConstraints(max_length=80, pattern=LOGIN_PATTERN)]


class LocationManagers(Model):
    """People who look after some of the brand's locations."""

    who: Annotated[list[Member], Field(min_length=1)] = Field(
        description="Logins, teams (organisation/team) or mail addresses."
    )
    folders: list[FolderPath] = Field(
        default=[], description="Below locations/: all locations there and further down."
    )
    locations: list[Slug] = Field(default=[], description="Single locations by their ids.")


class Away(Model):
    """A time in which somebody else decides for a member of the team."""

    who: Member = Field(description="Who is away.")
    start: Day = Field(alias="from", description="First day.")
    to: Day = Field(description="Last day.")
    deputy: Member = Field(
        description="Who decides instead: in CODEOWNERS all year, in mails on these days."
    )


class Team(Model):
    """Who may do what in a brand. A login is written without @: mia, acme/brand, mia@acme.com."""

    admins: list[Member] = Field(
        default=[],
        description="May do everything in the brand; in shared files too, "
        "where storesync.yaml names no admins.",
    )
    brand_managers: list[Member] = Field(
        default=[], description="Approve the brand's campaigns, templates and files."
    )
    location_managers: list[LocationManagers] = Field(
        default=[], description="Propose; what they approve, if anything, stands below."
    )
    location_managers_approve: Flag = Field(
        default=False,
        description="Whether they approve the data of their own locations, `_defaults.yaml` apart.",
    )
    viewers: list[Member] = Field(default=[], description="Read.")
    away: list[Away] = Field(default=[], description="Who decides for whom, and when.")
