"""The `storesync` command, and `python -m storesync`, which is the same."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; Ctrl-C ends it quietly even while it is still being imported."""
    try:
        from storesync.cli import main as command

        command.main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    # `-m` puts the working folder first: a pull request could put a yaml.py there, to be imported.
    sys.path.append(sys.path.pop(0))
    main()
