"""`python -m storesync`: the same as the `storesync` command."""

from __future__ import annotations

from storesync.cli.main import main

main()
