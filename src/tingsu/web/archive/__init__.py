"""The file of a case, the archive with its disposals, requests of persons about their data."""
