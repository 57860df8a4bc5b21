"""Commands of rule authors and reviewers, a module each, and what they print; `editor` is the server that an editor asks."""
