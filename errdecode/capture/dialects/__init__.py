"""How each shell reads a command line: POSIX shells, Windows cmd and PowerShell."""
