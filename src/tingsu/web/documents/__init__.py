"""The papers of a case: drafts, issued ones, how they were served; own wordings; public check."""
