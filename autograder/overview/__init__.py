"""A class at a glance: one page of pictures and tables, made of reports and gradebook. Trusted side."""
