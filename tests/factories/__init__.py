"""Makes what tests need, and refuses to guess: whatever a test is about, it says itself."""
