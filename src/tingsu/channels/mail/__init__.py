"""Mail: reading what arrives. Nothing here but `store` and what calls it touches a table."""
