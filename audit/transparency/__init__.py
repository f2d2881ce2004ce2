"""The transparency log of an organization's trail: what a leaf is, signed checkpoints, proofs, and an offline verifier."""
