"""The commands, one module each. They parse arguments, call the packages below and print; they decide nothing."""
