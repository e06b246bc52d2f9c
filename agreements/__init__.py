"""What a circle agrees to and what it is asked: the content and its models."""
