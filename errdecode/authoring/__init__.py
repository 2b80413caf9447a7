"""The tools of catalog authors: check, test, new. Nothing here is imported when an error is decoded."""
