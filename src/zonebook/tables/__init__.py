"""The data contract: what tables there are, reading and checking them, and the store each page reads its share from."""
