"""Grading on a Dask cluster: `batch` hands submissions out, `worker` runs where they are graded. Trusted."""
