"""`python -m labfolio`: the command, also where the folder of its script is on no path."""

from labfolio.cli.commands import main

if __name__ == "__main__":
    main()
