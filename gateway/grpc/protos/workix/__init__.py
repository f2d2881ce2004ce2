"""The packages below `workix`, as their names have it in protocol buffers."""
