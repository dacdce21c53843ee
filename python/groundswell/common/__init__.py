"""What every package may use: text, files, statistics, progress. No word of the domain."""
