"""What differs between two guides, in words that a reader of the guide understands."""
