"""What is written for people: spreadsheets, tables, the console, folders of results."""
