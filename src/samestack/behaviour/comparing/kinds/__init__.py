"""One file for each kind of answer: ``compare`` tells how far an answer is from the reference."""
