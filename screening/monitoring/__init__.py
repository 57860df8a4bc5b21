"""What operators may watch: counts and times of this service, none about a person. Nothing here knows the web.

Enter by `meters` (what happens, told by whoever does it). `prometheus` puts it together with `stored_numbers` as
a text; both are imported only where somebody watches.
"""
