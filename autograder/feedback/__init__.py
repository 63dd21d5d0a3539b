"""What students see of a grading: pages made of a report and of public data alone. Trusted side."""
