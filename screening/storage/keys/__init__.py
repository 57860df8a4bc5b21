"""The keys of stored columns: a data key for each submission, wrapped by a master key. Enter by `key_store`."""
