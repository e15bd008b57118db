"""The door for machines: jobs that deliver, poll, notify and sweep."""
