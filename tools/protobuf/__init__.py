"""Code that is made of our .proto files, by the compiler of grpcio-tools."""
