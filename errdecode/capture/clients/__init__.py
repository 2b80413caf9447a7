"""What each HTTP client makes of its words: curl, HTTPie and wget."""
