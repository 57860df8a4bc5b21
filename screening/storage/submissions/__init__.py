"""What people sent: kept once, worked on, listed, handed out, erased.

No module stands here. From the lowest: `record` (one submission, sealed), `notices` (what the clinic is still to be
told), `assessments`, then `deletion` and `next_steps`, `person` (what the person does) and `desk_list` (many at once),
and `handed_out`. Enter by `record.records` and `person.amendments`.
"""
