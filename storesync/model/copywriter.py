"""The section `copywriter` of storesync.yaml: who drafts copy, and what that may cost."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from storesync.model.base import Amount, Count, Currency, Line, Model, Number, Slug, WebAddress

Attempts = Annotated[Count, Field(ge=1, le=10)]
Parallel = Annotated[Count, Field(ge=1, le=64)]
Seconds = Annotated[Count, Field(ge=1, le=86_400)]
Temperature = Annotated[Number, Field(ge=Decimal(0), le=Decimal(2))]


class TokenPrice(Model):
    """What a million tokens of a model cost."""

    input: Amount = Field(description="Of those it reads.")
    output: Amount = Field(description="Of those it writes.")
    batch_input: Amount | None = Field(
        default=None, description="The same with `--batch`; left out: as `input`."
    )
    batch_output: Amount | None = Field(
        default=None, description="The same with `--batch`; left out: as `output`."
    )


class DraftCaps(Model):
    """The most that drafting may cost; it stops before the request that could pass one of them."""

    tokens_per_run: Count = Field(default=500_000, description="Read and written, in one run.")
    tokens_per_month: Count = Field(
        default=5_000_000, description="In a calendar month (UTC), on this machine."
    )
    money_per_run: Amount | None = Field(default=None, description="In `currency`.")
    money_per_month: Amount | None = Field(
        default=None, description="In a calendar month (UTC), on this machine."
    )


class CopywriterFile(Model):
    """Who drafts copy for `storesync generate`."""

    plugin: Slug = Field(
        default="openai", description="openai, or another one that is among `plugins`."
    )
    model: Line = Field(description="As the server names it: gpt-5-mini, llama3.1:8b")
    base_url: WebAddress | None = Field(
        default=None,
        description="A compatible server, http://127.0.0.1:11434/v1; left out: OpenAI.",
    )
    temperature: Temperature | None = Field(
        default=None, description="0 to 2; left out: the server's own."
    )
    max_output_tokens: Annotated[Count, Field(ge=16)] = Field(
        default=4_000, description="The longest answer, a model's own thoughts among it."
    )
    attempts: Attempts = Field(
        default=3, description="How often a draft that fails a check is asked for, in all."
    )
    parallel: Parallel = Field(default=4, description="How many requests at a time.")
    timeout_seconds: Seconds = Field(default=60, description="Until a request is given up.")
    patience_seconds: Seconds = Field(
        default=300, description="How long one answer is tried for, waits in between included."
    )
    prices: dict[Line, TokenPrice] = Field(
        default={}, description="By model; needed where money is capped."
    )
    currency: Currency = Field(default="USD", description="Of `prices` and `caps`.")
    caps: DraftCaps = Field(
        default_factory=DraftCaps.model_construct, description="The most that it may cost."
    )
    options: dict[Slug, Line] = Field(
        default={}, description="For the plug-in: {format: object} or {seed: 7}"
    )
