"""Counts the words of a text and prints the most frequent ones."""

import re
import sys
from collections import Counter
from pathlib import Path


def most_frequent(text: str, limit: int = 10) -> list[tuple[str, int]]:
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.lower())
    return Counter(words).most_common(limit)


def main() -> None:
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    for word, count in most_frequent(text):
        print(f"{count:6}  {word}")


if __name__ == "__main__":
    main()
