#!/usr/bin/env bash
# Make an environment hold exactly what requirements files pin, and this project beside it.
#
#   requirements/install.sh VENV FILE...
#
# uv reads no pip configuration, so the mirror that pip was told of is handed on to it: no
# address stands in the repository, and set-up works wherever pip works.
set -euo pipefail

venv=$1
shift
here=$(cd "$(dirname "$0")" && pwd)

setting() { # the last value of a pip setting, from its configuration files or its environment
    "$venv/bin/python" -m pip config list 2>/dev/null | sed -n "s/^[^=]*\.$1='\(.*\)'\$/\1/p" | tail -n 1
}

hand_over() { # VARIABLE VALUE: export it unless the caller decided already or there is nothing
    if [ -z "${!1:-}" ] && [ -n "$2" ]; then export "$1=$2"; fi
}

"$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r "$here/uv.txt"

hand_over UV_DEFAULT_INDEX "$(setting index-url)"
hand_over UV_INDEX "$(setting extra-index-url)"
hand_over UV_FIND_LINKS "$(setting find-links | tr ' ' ',')"
hand_over SSL_CERT_FILE "$(setting cert)"
export VIRTUAL_ENV=$venv
# Hashes decide what may be installed, so any of the indexes may serve it.
export UV_INDEX_STRATEGY=${UV_INDEX_STRATEGY:-unsafe-best-match}

"$venv/bin/uv" pip sync --quiet --require-hashes "$@"
"$venv/bin/uv" pip install --quiet --offline --no-build-isolation --no-deps --editable "$here/.."
