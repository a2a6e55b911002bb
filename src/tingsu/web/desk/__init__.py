"""The desk: queues, search, palette, drafts."""
