"""The tools of catalog authors: check, test, new. Decoding an error imports nothing from here."""
