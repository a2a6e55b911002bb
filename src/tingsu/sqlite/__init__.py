"""Django's SQLite engine with a queue at its door. Touches one lock file beside the database."""
