/** Characters after which the answer repeats itself, but for its numbers: each stretch of this length costs the same to draw. */
export const period = 3200;

const code = `\`\`\`ts
/** Keeps the newest values, and forgets the oldest. */
export class Recent0000<Value> {
  private readonly values: Value[] = [];

  constructor(private readonly limit = 4000) {}

  add(value: Value): void {
    this.values.push(value);
    if (this.values.length > this.limit) this.values.shift();
  }

  /** The newest that the caller accepts; undefined when there is none. */
  find(accepts: (value: Value) => boolean): Value | undefined {
    for (let index = this.values.length - 1; index >= 0; index -= 1) {
      const value = this.values[index];
      if (value !== undefined && accepts(value)) return value;
    }
    return undefined; // nothing in \`0000\` entries
  }

  get length(): number {
    return this.values.length;
  }
}
\`\`\`

`;

const script = `\`\`\`python
def count_words(path: str, limit: int = 4000) -> dict[str, int]:
    """How often each word occurs in the file."""
    counts: dict[str, int] = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            for word in line.lower().split():
                counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    return dict(ranked[:limit])
\`\`\`

`;

const prose = `## Step 0000: keep what is **recent**

The list holds *at most* 4000 values, so its memory is bounded: when one more comes, the oldest goes. That is enough for a log, for the last searches, and for the \`undo\` of an editor, which needs [a little more care](https://example.org/undo/0000) than it seems at first.

There are three things to look at before you use it:

1. **The limit** is a number of values and not of bytes. A value may be large.
2. **The order** is that of arrival; \`find\` begins with the newest:
   - so the common case is quick,
   - and the worst case looks at all of them.
3. **The cost** of \`shift\` grows with the length. Beyond some ten thousand values, take a ring.

| operation | cost now | with a ring | remark 0000 |
|---|---:|---:|---|
| \`add\` | O(n) | O(1) | the engine moves the values |
| \`find\` | O(n) | O(n) | from the newest on |
| \`length\` | O(1) | O(1) | a plain number |

> A ring is no harder: an array of fixed length, and the index of the oldest value, which wraps around.

- [x] bounded memory
- [ ] iteration, oldest first

The same idea in another language, where a dictionary keeps its order and the limit is applied at the end:

`;

const filler =
  'Measure before you change it: in a list of this size the difference is far below what anybody can see, and the plain version is the one that the next reader understands at once. ';

/** An answer of exactly so many characters, with prose, lists, tables, and two fifths of code; the same at every call. */
export function answerOf(length: number): string {
  const known = prose + script + code;
  const rest = filler.repeat(Math.ceil((period - known.length) / filler.length));
  const section = `${known}${rest.slice(0, period - known.length - 2).trimEnd()}`.padEnd(period - 2, '.');
  const sections = Array.from({ length: Math.ceil(length / period) }, (_, index) =>
    `${section}\n\n`.replaceAll('0000', String(index).padStart(4, '0')),
  );
  return sections.join('').slice(0, length);
}
