"""A back office to develop against: Open311 over real HTTP, a page for its cases, faults and a mailbox."""
