"""Members, departments, the organisation, own sessions, look records."""
