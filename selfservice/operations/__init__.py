"""What happens: draft, submit, deliver, track, notify. Operations commit nothing."""
