"""The documentation site (mkdocs): what `make site` builds from docs/, and the generated page of commands."""
