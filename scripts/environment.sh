# shellcheck shell=sh
# Makes .venv with the pinned packages and StoreSync itself in it. Sourced by ./start and ./test.
#
# POSIX sh, for a machine with nothing but python3, pip and git: Debian without python3-venv and
# with PEP 668 in force, macOS, pyenv. docs/design/packaging.md tells why each step is as it is.

# What a person's own settings would do to an installation into .venv.
unset PYTHONHOME PYTHONPATH PYTHONSTARTUP VIRTUAL_ENV
unset PIP_CONSTRAINT PIP_PREFIX PIP_PYTHON PIP_REQUIRE_HASHES PIP_REQUIREMENT PIP_ROOT PIP_TARGET
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0

say() {
    printf '%s\n' "$*" >&2
}

# stop MESSAGE HINT: wrong surroundings, exit code 2 as of storesync itself.
stop() {
    say "error: $1"
    say "hint: $2"
    exit 2
}

# Succeeds where the Python named runs and is new enough.
is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# Sets $python to the first Python that is new enough; $PYTHON goes before all others.
find_python() {
    for python in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python3.14 python; do
        if command -v "$python" >/dev/null 2>&1 && is_new_enough "$python"; then
            return
        fi
    done
    stop "StoreSync needs Python 3.11 or newer, and this machine's python3 is $(
        python3 --version 2>/dev/null | cut -d ' ' -f 2 | grep . || printf 'missing'
    )" "install a newer one (Debian: apt-get install python3; macOS: brew install python), or name it: PYTHON=/path/to/python3.12 $0"
}

# Makes an empty .venv, without pip because Debian keeps ensurepip in a package of its own.
make_venv() {
    if [ -x .venv/bin/python ] && is_new_enough .venv/bin/python; then
        return
    fi
    if [ -e .venv ] && [ ! -e .venv/pyvenv.cfg ]; then
        stop ".venv is no virtual environment" "move it away, then run $0 again"
    fi
    rm -rf .venv
    "$python" -m venv --without-pip .venv ||
        stop "$python could not make .venv" "Debian: apt-get install python3-venv"
}

# Succeeds where "$@" is a pip that can install into another environment (22.3 or newer).
is_able_pip() {
    "$@" --python .venv/bin/python --version >/dev/null 2>&1
}

# Sets $installer to the command that installs into .venv.
find_installer() {
    if is_able_pip "$python" -m pip; then
        installer=pip_of_python
    elif is_able_pip pip3; then
        installer=pip_of_path
    elif .venv/bin/python -m ensurepip --default-pip >/dev/null 2>&1; then
        installer=pip_of_venv
    elif command -v uv >/dev/null 2>&1; then
        installer=uv_of_path
    else
        stop "there is no pip 22.3 or newer" "Debian: apt-get install python3-pip; elsewhere: $python -m ensurepip --upgrade"
    fi
}

pip_of_python() { "$python" -m pip --python .venv/bin/python install -q "$@"; }
pip_of_path() { pip3 --python .venv/bin/python install -q "$@"; }
pip_of_venv() { .venv/bin/python -m pip install -q "$@"; }
uv_of_path() { uv pip install -q --python .venv/bin/python "$@"; }

# What an installation depends on. The folder is in it because an editable install names it.
fingerprint_of() {
    pwd
    cat "$1" pyproject.toml | cksum
}

# Succeeds where .venv holds all of a constraints file, as it is now, and StoreSync.
is_set_up() {
    [ -x .venv/bin/storesync ] && [ "$(cat ".venv/set-up-$1" 2>/dev/null)" = "$(fingerprint_of "$1")" ]
}

# set_up CONSTRAINTS [PART]: .venv holds all of that file, and StoreSync. Does nothing where it does
# already. PART is another constraints file that says nothing new.
set_up() {
    if is_set_up "$1"; then
        return
    fi
    find_python
    make_venv
    find_installer
    say "Setting up .venv with $("$python" --version), once ..."
    # pip refuses hashes and a local project in one call, hence two; what builds the project is
    # pinned with the rest, hence no isolation.
    if ! "$installer" --require-hashes -r "$1" ||
        ! "$installer" --no-deps --no-build-isolation -e .; then
        stop "the packages could not be installed" "pip's own message stands above; run $0 again to go on from here"
    fi
    for pinned in "$@"; do
        fingerprint_of "$pinned" >".venv/set-up-$pinned"
    done
}
