"""`python -m storesync`: the same as the `storesync` command."""

from __future__ import annotations

import sys

# `-m` puts the working folder first: a pull request could put a yaml.py there, to be imported.
sys.path.append(sys.path.pop(0))

from storesync.cli.main import main

if __name__ == "__main__":
    main()
