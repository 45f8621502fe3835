"""Several figures → one: sums, shares, averages, changes, counts and who has most."""
