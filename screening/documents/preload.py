"""What every worker process needs, imported once by the server that they are forked from."""

from __future__ import annotations

import gc

from screening.documents.coverage import printable
from screening.documents.pdf import import_libraries

import_libraries()
printable()
gc.freeze()
