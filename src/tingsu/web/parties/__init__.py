"""The register of complainants."""
