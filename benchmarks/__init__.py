"""What we measure beside our peers, and how to run it again."""
