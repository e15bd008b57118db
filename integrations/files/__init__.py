"""Where the bytes of customers' files are kept, by key: a folder, or an object store."""
