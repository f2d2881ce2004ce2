"""Interfaces (protocol buffers, .proto), and the code that protoc makes of them: python -m tools.protobuf.generation."""
