"""Evidence in, answer out: understand → plan → evidence → calculate → write → verify."""
