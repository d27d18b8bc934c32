"""`python -m capstream` is the command line."""

from orchestration.cli.main import main

if __name__ == "__main__":
    main()
