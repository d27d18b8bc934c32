"""Jira Cloud and Data Center: issues with their history, worklogs and comments."""
