"""Who may be at the desk: signing in, enrolling, one's own account, the team, and the guard of every view.

Enter by `guard`; views read the present session through `current_request`.
"""
