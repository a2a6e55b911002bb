"""Call-backs after the end."""
