"""The desk: where staff of the clinic sign in, see what people sent, and work on it.

Here live its views. Every one of them says who may open it (`guard`); one that says nothing opens for nobody. Views
read forms, call the store and the core, and redirect; they make no sentence and no decision. Enter by
`blueprint.desk_blueprint`.
"""
