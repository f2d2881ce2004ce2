"""A crowd: 1,000 people of 100 organizations, whom one process meets in turns, with cold caches."""
