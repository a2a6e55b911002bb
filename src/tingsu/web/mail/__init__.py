"""Mail: the mailboxes of the organisation, and what came in without becoming a case."""
