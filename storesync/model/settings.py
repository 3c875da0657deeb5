"""`storesync.yaml`: settings of the repository."""

from typing import Annotated

from pydantic import Field

from storesync.model.base import (
    Amount,
    Count,
    Currency,
    Email,
    Flag,
    Line,
    Model,
    Slug,
    Text,
    VariableName,
    Version,
)
from storesync.model.late import Late
from storesync.model.parts import (
    Blackout,
    CopywriterFile,
    NearDuplicates,
    QuietHours,
    Requirement,
    Waiver,
    WideDisclosure,
)
from storesync.model.team import Away, Login, Member

# The newest version of the file formats that this toolkit writes and reads.
FORMAT = 1

SMTP_PATTERN = r"^[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?$"
SERVER_PATTERN = r"^https?://[A-Za-z0-9.\[\]:-]{1,253}/?$"


class ChannelSetting(Model):
    """Which plug-in delivers a channel, and what it is told."""

    plugin: Slug = Field(default="outbox", description="Who delivers; it must be among `plugins`.")
    destination: Line | None = Field(default=None, description="Account, list or page.")
    options: dict[Slug, Line] = Field(
        default={}, description="For the plug-in: {folder: .storesync/outbox} or {branch: outbox}"
    )


class LedgerSetting(Model):
    """Where the ledger is pushed; without it the ledger is a local branch."""

    remote: Slug = Field(description="Name of the Git remote that the ledger is pushed to.")


class ForgeFile(Model):
    """Where changes are proposed, reviewed and merged."""

    plugin: Slug = Field(
        default="local", description="local is plain Git; any other must be among `plugins`."
    )
    branch: Line = Field(default="main", description="The branch that is published.")
    remote: Slug | None = Field(
        default=None, description="Name of the Git remote that branches and reviews go through."
    )
    prove: Flag = Field(
        default=False,
        description="Whether the outbox needs an approval too; with a code host, and for other "
        "channels, everything does.",
    )
    options: dict[Slug, Line] = Field(
        default={}, description="For the plug-in: {repository: acme/campaigns}"
    )


class DigestSetting(Model):
    """How the daily mail to approvers is sent; who logs in to the server tells the environment."""

    sender: Email = Field(alias="from", description="Who writes.")
    smtp: Annotated[str, Field(pattern=SMTP_PATTERN)] = Field(
        description="The mail server, host:port; without a port 587."
    )
    starttls: Flag = Field(
        default=True, description="false: not encrypted; then no password is sent either."
    )


class SearchSetting(Model):
    """How past campaigns are searched by meaning; by words they always are."""

    embedder: Slug = Field(
        default="minilm",
        description="The plug-in that knows meanings: minilm runs here, openai asks a server; "
        "none searches by words alone.",
    )
    options: dict[VariableName, Line] = Field(
        default={},
        description="For the plug-in: {model: bge-m3, base_url: http://127.0.0.1:11434/v1}",
    )
    chroma: Annotated[str, Field(pattern=SERVER_PATTERN)] | None = Field(
        default=None,
        description="A Chroma server for the vectors, http://127.0.0.1:8000; else they lie here.",
    )


class SettingsFile(Model):
    """Settings; a new repository gets them from `storesync init`."""

    format: Version = Field(description="Version of the file formats.")
    repository: Annotated[str, Field(pattern=r"^[a-z0-9]{16,64}$")] = Field(
        description="A random id; never change it, delivery keys hang on it."
    )
    channels: dict[Slug, ChannelSetting] = Field(
        default={},
        description="Who delivers each channel; one that is not named goes to the outbox.",
    )
    plugins: list[Slug] = Field(default=["outbox"], description="Plug-ins that may run.")
    forge: Late[ForgeFile] = Field(
        default_factory=ForgeFile.model_construct,
        description="Where changes are proposed, reviewed and merged.",
    )
    ledger: Late[LedgerSetting] | None = Field(
        default=None,
        description="Where the ledger is shared; without it, it stays on this machine.",
    )
    digest: Late[DigestSetting] | None = Field(
        default=None, description="How `storesync digest --send` mails what waits for whom."
    )
    copywriter: CopywriterFile | None = Field(
        default=None, description="Who drafts copy, and what that may cost: `storesync generate`."
    )
    search: Late[SearchSetting] = Field(
        default_factory=SearchSetting.model_construct,
        description="How past campaigns are searched by meaning.",
    )
    admins: list[Member] = Field(
        default=[], description="May do everything, in all brands and in files that brands share."
    )
    away: list[Late[Away]] = Field(
        default=[], description="Who decides for these admins, and when."
    )
    people: dict[Login, Annotated[list[Email], Field(min_length=1)]] = Field(
        default={}, description="Whose mail addresses in Git are whose: {mia: [mia@example.com]}"
    )
    requirements: list[Requirement] = Field(
        default=[], description="Who else approves what is risky, in all brands."
    )
    disclosures: list[WideDisclosure] = Field(
        default=[], description="Legal texts that must be seen in all brands, and where."
    )
    sms_price: dict[Currency, Amount] = Field(
        default={}, description="What one SMS segment costs, to estimate costs: {USD: 0.0079}"
    )
    blackouts: list[Blackout] = Field(
        default=[], description="Times when nothing new goes out, for all brands."
    )
    quiet_hours: list[QuietHours] = Field(
        default=[], description="Times of day when messages wait, for all brands."
    )
    near_duplicates: dict[Slug, NearDuplicates] = Field(
        default={},
        description="When texts of locations are too much alike, by channel; social is looked at "
        "without it: {social: {share: 0.75, most: 25}}",
    )
    max_per_week: dict[Slug, Count] = Field(
        default={},
        description="Most campaigns that may start at one location, for all brands: {sms: 1}",
    )
    waive: list[Waiver] = Field(
        default=[], description="Exceptions to rules, for the whole repository."
    )
    notes: Text | None = Field(default=None, description="For people.")
