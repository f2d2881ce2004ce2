"""The kill switch: stopping an agent, or all of them, with what they would still do."""
