"""Results of a document, worked out when asked for and remembered by what they read; stored nowhere."""
