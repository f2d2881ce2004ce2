"""What the pipeline asks beside tests: secrets, licences, breaking changes, release notes. Each is a target of make."""
