"""What is to be done with a submission, and by when: one step and one due time for each that is open.

`steps` and `working_time` are pure; `standing` alone reads and writes. In which order the desk sees them is the matter
of `desk_list`.
"""
