PYTHON ?= python3
BIN := .venv/bin
ENGINE := scripts/portfolio/requirements.lock
RUN := $(BIN)/python -m portfolio
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
LINK := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .

.PHONY: help site preview check figures notebooks test stress screenshots format lock new doctor clean

help:  ## list these verbs
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r verb what; do printf '%-16s%s\n' "$$verb" "$$what"; done

site: .venv/site  ## render the site into _site
	@$(RUN) site

preview: .venv/site  ## serve the site here and render on save
	@$(RUN) preview

check: .venv/site  ## name every problem of the content
	@$(RUN) check

figures: .venv/dev  ## run the notebooks whose figures are stale
	@$(RUN) figures

notebooks: .venv/dev  ## edit the notebooks in Jupyter
	@PYTHONPATH=scripts $(BIN)/jupyter lab notebooks

test: .venv/dev  ## run every check and test, those in a browser too
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/panache lint --quiet --ignore missing-chunk-labels *.qmd publications news README.md CONTRIBUTING.md _extensions scripts/portfolio/starting/starter
	@$(MAKE) --no-print-directory --jobs 2 types tests

.PHONY: types tests  # side by side
types:
	@$(BIN)/mypy

tests:
	@$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

stress: .venv/dev  ## break it at every moment and many times over (an hour)
	@$(BIN)/pytest -m stress -s

screenshots: .venv/dev site  ## take pictures of every kind of page, to look at
	@PYTHONPATH=tests/engine $(BIN)/python tests/engine/gallery.py _site .portfolio/screenshots

format: .venv/dev  ## format the code
	@$(BIN)/ruff check --quiet --fix
	@$(BIN)/ruff format --quiet
	@PYTHONPATH=scripts $(BIN)/python -m portfolio.records.kinds.published _extensions/portfolio/schemas

lock: .venv/dev  ## choose and pin the newest versions of all packages
	@$(BIN)/uv pip compile pyproject.toml --upgrade --extra build --extra audit --extra cv \
	  --output-file $(ENGINE) $(LOCK)
	@$(BIN)/uv pip compile pyproject.toml scripts/methods/requirements.txt --extra build \
	  --extra notebooks --extra test --constraint $(ENGINE) \
	  --output-file requirements-dev.lock $(LOCK)

LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet

# What is told comes to the shell as it is, by the environment: a folder may be called `id` or $(x).
unexport DIR OWNER SITE FROM WHERE
new: export NEW_DIR := $(value DIR)
new: export NEW_OWNER := $(value OWNER)
new: export NEW_SITE := $(value SITE)
new: export NEW_FROM := $(value FROM)
new: export NEW_WHERE := $(value WHERE)
new: .venv/site  ## make a site of one's own: make new DIR=../my-site
	@$(RUN) new "$$NEW_DIR" $${NEW_OWNER:+--owner "$$NEW_OWNER"} $${NEW_SITE:+--site "$$NEW_SITE"} \
	  $${NEW_FROM:+--from "$$NEW_FROM"} $${NEW_WHERE:+--engine "$$NEW_WHERE"}

doctor: .venv/site  ## say what would make the first publication fail
	@$(RUN) doctor

clean:  ## remove what was rendered, keep the environment
	@rm -rf _site .quarto .portfolio/cells .portfolio/pages .portfolio/stamp.json

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; name one: make PYTHON=...") if sys.version_info < (3, 11) else None'
	@echo 'making .venv' >&2
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/site: .venv/python $(ENGINE) pyproject.toml
	@echo 'installing what the site needs' >&2
	@$(INSTALL) --requirement $(ENGINE)
	@$(LINK)
	@touch $@

.venv/dev: .venv/site requirements-dev.lock
	@echo 'installing what figures and tests need' >&2
	@$(INSTALL) --requirement requirements-dev.lock
	@touch $@
