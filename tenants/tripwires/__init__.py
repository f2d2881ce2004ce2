"""Tripwires (WORKIX_TRIPWIRES): decoys that nobody has a reason to touch; whoever does, is noticed."""

# Note [Decoys]
# Three things look like what an intruder is after. A schema beside those of organizations, which every role may read: its tables
# hold people and keys, and a policy of them (RLS) calls touch_tripwire(). The people in it have an address that is nobody's; a
# log-in with it says that somebody has these rows. A key for each organization, to be left where only a thief looks, is in no
# table at all. A touch is an entry, in the platform's trail and, over the API, in the organization's; it is counted, and an
# alert. Everything is derived from the master secret, so each process knows its decoys and no table says what is one.
