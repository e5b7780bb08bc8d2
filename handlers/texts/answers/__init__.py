"""The words of the answers: values in, lines out. What is looked up is in handlers/answers."""
