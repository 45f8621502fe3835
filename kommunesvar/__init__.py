"""The command line and the settings; the one place where the real parts are joined."""
