# Two commands do it all: `make run` shows the portal, `make test` checks it.
PYTHON ?= python3
VENV := .venv/bin
PYTEST ?= -n 2 --dist loadfile
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint fix bench messages requirements

run:  ## install, prepare, load the demonstration, serve
	@$(PYTHON) bin/install.py
	@exec $(VENV)/python bin/run.py

test:  ## install what tests need, run all of them; PYTEST="-x tests/projects" runs some
	@$(PYTHON) bin/install.py --tests
	@$(VENV)/python bin/with_services.py $(VENV)/python -m pytest $(PYTEST)
	@$(VENV)/python bin/embedded_job.py

lint:  ## what a machine can say about style
	@$(PYTHON) bin/install.py --tests
	$(VENV)/ruff check
	$(VENV)/ruff format --check
	$(VENV)/djlint --lint --quiet templates
	$(VENV)/lint-imports --no-logo
	$(VENV)/mypy
	DATABASE_URL=sqlite:// $(VENV)/python manage.py makemigrations --check --dry-run

fix:  ## put right what a machine can put right
	@$(PYTHON) bin/install.py --tests
	$(VENV)/ruff check --fix
	$(VENV)/ruff format

bench:  ## ratios measured side by side in one run; NAMES="pages reports", SIZES=1000,10000,100000
	@$(PYTHON) bin/install.py --tests
	@$(VENV)/python bin/with_services.py $(VENV)/python -m bench $(NAMES)

messages:  ## collect the texts of code and templates into locale/
	$(VENV)/python manage.py makemessages --locale vi --no-location --no-obsolete --ignore node_modules --ignore var --ignore tests --ignore bench
	$(VENV)/python bin/compile_messages.py

requirements:  ## compile the hashed requirements after a change in pyproject.toml
	$(VENV)/uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 -o requirements.txt
	$(VENV)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --python-version 3.11 -o requirements-dev.txt
	$(VENV)/uv pip compile --group node --universal --generate-hashes --python-version 3.11 -o requirements-node.txt
