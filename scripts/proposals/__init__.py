"""From «this is wrong» to a changed file: a proposal as data, what it does to the records, and the answer to who sent it."""
