"""Commands on answer sets: evaluate them, print their summary, verify one."""
