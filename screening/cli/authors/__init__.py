"""Commands of rule authors and reviewers, a module each, and what they print; `editor` starts what an editor asks."""
