"""Second factors on pages, the same for customers and for staff: looking after them, and being asked for one."""
