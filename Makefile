# Commands of the project; `make help` lists them. What needs the tools (a Kubernetes control plane, vcsim) builds them
# first, once, into a cache outside the checkout. Maven may run on an older JDK: it finds the JDK 25 by toolchain.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo up down test image verify lint faults leader bench bench-estate bench-vcenter mutants soundness tools ci-deps clean format manifests

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

demo: ## play the story; ends by itself without a terminal or with DEMO_EXIT=1
	@tools/demo.sh demo

up: ## start control plane, vCenter simulator and operator, leave them running (SIM_VMS=20, PROTECT=all)
	@tools/demo.sh up

down: ## stop exactly what `make up` started
	@tools/demo.sh down

test: ## all unit and integration tests, on a real API server
	@tools/test.sh

image: ## build the image without registry and engine, twice, and start it (operator/target/jib-image.tar)
	@tools/image-test.sh

verify: lint test ## `make test`, formatting, drift, links, shellcheck, mutants apply: what CI runs

lint: ## the quick half of `make verify`: everything but the tests
	@tools/lint.sh

faults: ## kill the operator around every write of a recorded story (resumable)
	@tools/faults.sh

leader: ## kill and freeze the leader of two operators under load (TIMES=20)
	@tools/leader.sh

bench: ## measure the operator on a real API server and the simulator (SIM_VMS=1000)
	@tools/demo.sh bench

bench-estate: ## measure the operator with VMs that have a past (SIM_VMS=10000)
	@tools/demo.sh bench-estate

bench-vcenter: ## measure the simulator at full size and first syncs by three clients (SIM_VMS=10000)
	@tools/bench-vcenter.sh

mutants: ## plausible mistakes, each of which a test must notice
	@tools/mutants.sh

soundness: ## a million random histories: no Good restore point may differ from the disk (HISTORIES=n)
	@tools/soundness.sh

tools: ## build the pinned tools that tests and the demo run on
	@tools/build.sh

ci-deps: ## install what a Debian machine lacks for `make verify`; starts no daemon
	@tools/ci-deps.sh

manifests: ## make deploy/ from the chart, and the chart's CRDs from crds/generated
	@tools/manifests.sh

format: ## format the Java sources
	@JAVA_HOME="$$(tools/jdk25.sh)" mvn -q -B -ntp spotless:apply

clean: ## remove what was built in the checkout; the cache of tools stays
	@mvn -q -B -ntp clean
