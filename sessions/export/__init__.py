"""What leaves a session: one module a format, each given a Summary and nothing else."""
