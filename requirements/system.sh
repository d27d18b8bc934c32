#!/usr/bin/env bash
# The programs that only tests need: LibreOffice Calc recalculates the workbooks, poppler draws
# their pages, Chromium opens the page, PostgreSQL is the second engine. Installed when this runs
# as root on a Debian-like system, named otherwise; tests that miss them say so and skip.
#
#   requirements/system.sh [java]    with java: a Java runtime too, for Spark
set -uo pipefail

missing=()
command -v soffice >/dev/null || missing+=(libreoffice-calc)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
    || command -v google-chrome >/dev/null || missing+=(chromium)
command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null \
    || missing+=(postgresql)
if [ "${1:-}" = java ]; then
    [ -x "${JAVA_HOME:-}/bin/java" ] || command -v java >/dev/null || missing+=(default-jre-headless)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "installing ${missing[*]} for the tests"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 && exit 0
fi
echo "the tests that need ${missing[*]} will skip: install these packages to run them"
