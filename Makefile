# Every step that CI takes is a target here. `make` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup serve check pages site followup publishable propose diff new fmt review-round review-collect release offline editions pictures test test-documents accessibility lint audit sbom format lock vendor bench clean

VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m scripts
OUT ?= build/pages
WORKERS ?= 2
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Material tells on every run that its successor is Zensical, which a test already builds the guide with.
export NO_MKDOCS_2_WARNING := 1

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/site.stamp: requirements.txt scripts/setup.sh
	@sh scripts/setup.sh environment $(VENV) requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/site.stamp
	@sh scripts/setup.sh environment $(VENV) requirements-dev.txt
	@touch $@

setup: $(VENV)/site.stamp ## make the virtual environment from the locked requirements

$(VENV)/documents.stamp: requirements-documents.txt $(VENV)/dev.stamp
	@sh scripts/setup.sh environment $(VENV) requirements-documents.txt
	@touch $@

serve: setup ## build the guide and serve it; edits reload the browser
	@$(RUN) check
	@echo "Guiden byggs och visas på http://127.0.0.1:8000/ (avsluta med Ctrl+C)."
	@$(BIN)/mkdocs serve --quiet

check: setup ## validate the records and the hand-written pages only
	@$(RUN) check

pages: setup ## write the rendered tree of Markdown and files to OUT=dir
	@$(RUN) pages $(OUT)

site: setup ## build site/ whole and swap it in
	@$(RUN) site

followup: setup ## make this year's workbook from PREVIOUS=last-years.xlsx, with its answers beside the questions
	@test -n "$(PREVIOUS)" || { echo "Ange förra årets fil: make followup PREVIOUS=fil.xlsx"; exit 1; }
	@$(RUN) followup "$(PREVIOUS)" $(if $(OUT_FILE),--out "$(OUT_FILE)")

propose: setup ## answer the proposal in FROM=file and write its changes into guide_data/ (ONLY_ANSWER=1 writes nothing, BRANCH=1 commits to a branch)
	@test -n "$(FROM)" || { echo "Ange förslagets fil: make propose FROM=fil.json"; exit 1; }
	@$(RUN) propose "$(FROM)" $(if $(ONLY_ANSWER),--only-answer) $(if $(ANSWER),--answer "$(ANSWER)") \
	  $(if $(OUTPUT),--output "$(OUTPUT)") $(if $(APPROVED),--approved "$(APPROVED)") $(if $(BRANCH),--branch)

diff: setup ## tell what has changed in guide_data/ since BASE=commit, and where it shows (SUMMARY=file adds Markdown)
	@test -n "$(BASE)" || { echo "Ange vad som ska jämföras: make diff BASE=main"; exit 1; }
	@$(RUN) diff "$(BASE)" $(if $(SUMMARY),--summary "$(SUMMARY)")

new: setup ## write a new record to fill in: KIND=practice ID=its-name
	@test -n "$(KIND)" -a -n "$(ID)" || { echo "Ange slag och id: make new KIND=practice ID=gemensam-malbild"; exit 1; }
	@$(RUN) new "$(KIND)" "$(ID)"

fmt: setup ## bring the records' files to one form, without changing a word or losing a comment
	@$(RUN) fmt

review-round: setup ## hand out what the network reads: CLOSES=ÅÅÅÅ-MM-DD READERS=10, as a page, Word and Excel in build/granskning
	@test -n "$(CLOSES)" || { echo "Ange sista dag: make review-round CLOSES=2027-02-15 READERS=10"; exit 1; }
	@$(RUN) review-round --closes "$(CLOSES)" $(if $(READERS),--readers "$(READERS)")

review-collect: setup ## turn the answers in FOLDER=dir into marks, and what is disputed into an agenda
	@test -n "$(FOLDER)" || { echo "Ange mappen med svaren: make review-collect FOLDER=svar"; exit 1; }
	@$(RUN) review-collect "$(FOLDER)"

release: $(VENV)/dev.stamp ## check all that an edition needs and write it as one zip file in build/release
	@$(RUN) release

offline: setup ## lay the whole site as one zip file in site/ladda-ner (after make site sbom)
	@$(RUN) offline

editions: setup ## lay the earlier editions in FROM=dir beside site/, at /utgava/<nr>/
	@test -n "$(FROM)" || { echo "Ange mappen med zip-filerna: make editions FROM=utgavor"; exit 1; }
	@$(RUN) editions "$(FROM)"

pictures: $(VENV)/dev.stamp ## take the pictures in the pages about proposing anew (after make site)
	@sh scripts/setup.sh chromium $(VENV)
	@$(BIN)/python -m tests.pictures

publishable: setup ## say whether guide.yaml has the addresses that publishing needs
	@$(RUN) publishable

test: $(VENV)/dev.stamp ## run the tests, in a real Chromium too
	@sh scripts/setup.sh chromium $(VENV)
	@$(BIN)/python -m pytest -n $(WORKERS)

test-documents: $(VENV)/documents.stamp ## try every file in LibreOffice, veraPDF and a checker of Office files
	@sh scripts/setup.sh documents
	@$(BIN)/python -m pytest -n $(WORKERS) -o addopts="-q --strict-markers --dist loadgroup" tests/documents

accessibility: $(VENV)/documents.stamp ## try every page and every file, and write the facts of the accessibility statement
	@sh scripts/setup.sh chromium $(VENV)
	@sh scripts/setup.sh documents
	@$(BIN)/python -m tests.accessibility

lint: $(VENV)/dev.stamp ## check style, types, workflows, spelling and wording
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/zizmor --offline --quiet .github
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	@$(RUN) language

audit: $(VENV)/dev.stamp ## ask PyPI whether a locked package has a known vulnerability
	@$(BIN)/python -m scripts.audit

sbom: $(VENV)/dev.stamp ## list in site/ what it is made of, with versions, digests and licences (after make site)
	@$(BIN)/python -m scripts.sbom

format: $(VENV)/dev.stamp ## let Ruff rewrite the code's layout
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: ## renew requirements*.txt from pyproject.toml (needs uv)
	uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes \
	  --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes \
	  --custom-compile-command "make lock" -c requirements.txt pyproject.toml --group dev \
	  -o requirements-dev.txt
	uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes \
	  --custom-compile-command "make lock" -c requirements-dev.txt --group documents -o requirements-documents.txt
	uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes \
	  --custom-compile-command "make lock" -c requirements-dev.txt --group mutants -o requirements-mutants.txt

vendor: $(VENV)/dev.stamp ## renew the fonts and the browser's libraries that the guide carries (with npm)
	@$(BIN)/python -m scripts.vendor
	@$(BIN)/python -m scripts.vendor_scripts

bench: setup ## measure check, rendering, files and site, cold and warm
	@$(RUN) bench

clean: ## remove what was built, not the environment
	rm -rf site build .cache .schema
