"""What needs a role of its own, or the owner's, to be done to trails: checkpoints, their publishing, verification."""

# Raw SQL: this folder reads and writes schemas of organizations by their names, and is reviewed line by line.
