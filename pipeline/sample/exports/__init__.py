"""What the city's offices would export: one function a source, giving rows by file."""
