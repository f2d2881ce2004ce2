"""Checkpoints of all trails, sent to the operator's own webhook (WORKIX_CHECKPOINT_WEBHOOK)."""
