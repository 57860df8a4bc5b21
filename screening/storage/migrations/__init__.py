"""How the tables came to be, a file a step; run by Alembic. A step that has been released is never edited."""
