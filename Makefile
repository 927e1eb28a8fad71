# What a newcomer types. Every target installs what it lacks and says so.
NPM ?= npm
RUN := $(NPM) run --silent

.DEFAULT_GOAL := help
.PHONY: help demo test check generate bench bench-page tools

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: node_modules/.package-lock.json ## run the exporter on a living simulated link (no Azure, no SQL Server)
	@$(RUN) start -- demo $(ARGS)

test: node_modules/.package-lock.json tools ## check the sources and run the whole suite
	@$(RUN) check
	@$(RUN) test

check: node_modules/.package-lock.json ## format, lint, types, generated files
	@$(RUN) check

generate: node_modules/.package-lock.json ## write the generated rules, dashboards and documents
	@$(RUN) generate

bench: node_modules/.package-lock.json ## measure polls and scrapes over the simulator
	@$(RUN) bench

bench-page: node_modules/.package-lock.json tools ## measure the time from a failure to the page, with the shipped intervals
	@$(RUN) bench:page

tools: ## install the Debian packages and other tools that the suite runs
	@sh test/setup/tools.sh install
	@sh test/setup/kubernetes.sh install

# npm writes this file at the end of an installation, so it is also the mark of one that is complete.
node_modules/.package-lock.json: package-lock.json
	@echo "==> installing the npm packages of package-lock.json (Node 24 among them)"
	@$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@
