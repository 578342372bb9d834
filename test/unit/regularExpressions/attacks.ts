import { RegExpParser, visitRegExpAST, type AST } from '@eslint-community/regexpp';

/** A text that may make a regular expression go back and forth: `lead`, then `pump` again and again, then `tail`. */
export interface Attack {
  readonly lead: string;
  readonly pump: string;
  readonly tail: string;
}

/** Characters that many patterns have in their sets. */
const usual = ['a', 'A', '0', ' ', '\n', '\t', '-', '.', '_', '"', '中'];
/** What follows the pumped part, so that the whole does not match. */
const tails = ['\u0001', '\n\u0001x'];
/** Fewer repetitions than this are no way to more than linear time. */
const manyRepetitions = 20;

/**
 * Texts made of a pattern's own parts: of each repetition the text that leads to it, what it repeats, both together, and every
 * character that the pattern names.
 */
export function attacksOn(source: string, flags: string): readonly Attack[] {
  const parts = new PatternParts(flags);
  const singles = new Set(usual);
  const leads = new Set(['']);
  const pumps = new Set<string>();
  visitRegExpAST(parts.parse(source), {
    onCharacterEnter(node) {
      singles.add(String.fromCodePoint(node.value));
    },
    onQuantifierEnter(node) {
      if (node.max < manyRepetitions) return;
      const { before, after } = parts.around(node);
      const once = parts.textOf(node.element);
      leads.add(before);
      for (const pump of [before, once, before + once, once + after]) pumps.add(pump);
    },
  });
  if (pumps.size === 0) return [];
  for (const single of singles) pumps.add(single);
  pumps.delete('');
  return [...leads].flatMap((lead) =>
    [...pumps].flatMap((pump) => tails.map((tail) => ({ lead, pump, tail }))),
  );
}

/** Texts that the parts of one pattern match. */
class PatternParts {
  private readonly mode: { readonly unicode: boolean; readonly unicodeSets: boolean };

  constructor(private readonly flags: string) {
    this.mode = { unicode: flags.includes('u'), unicodeSets: flags.includes('v') };
  }

  parse(source: string): AST.Pattern {
    return new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, this.mode);
  }

  /** Some text that a node matches; empty for what matches a place. */
  textOf(node: AST.Node): string {
    switch (node.type) {
      case 'Character':
        return String.fromCodePoint(node.value);
      case 'CharacterClass':
      case 'CharacterSet':
      case 'ExpressionCharacterClass':
        return this.characterOf(node.raw);
      case 'Quantifier':
        return this.textOf(node.element).repeat(Math.min(Math.max(node.min, 1), 40));
      case 'Group':
      case 'CapturingGroup': {
        const [first] = node.alternatives.filter(({ elements }) => elements.length > 0);
        return first === undefined ? '' : this.textOf(first);
      }
      case 'Alternative':
        return node.elements.map((element) => this.textOf(element)).join('');
      default:
        return '';
    }
  }

  /** What the alternatives that a node is in match before and after it. */
  around(node: AST.Node): { before: string; after: string } {
    let before = '';
    let after = '';
    let inner: AST.Node = node;
    while (inner.parent) {
      const outer: AST.Node = inner.parent;
      if (outer.type === 'Alternative') {
        const at = outer.elements.findIndex((element) => element === inner);
        const join = (some: readonly AST.Element[]): string => some.map((each) => this.textOf(each)).join('');
        before = join(outer.elements.slice(0, at)) + before;
        after += join(outer.elements.slice(at + 1));
      }
      inner = outer;
    }
    return { before, after };
  }

  private characterOf(raw: string): string {
    const set = new RegExp(`^${raw}$`, this.flags.replace(/[gy]/g, ''));
    for (const character of usual) if (set.test(character)) return character;
    for (let code = 1; code < 0x3000; code++) {
      const character = String.fromCodePoint(code);
      if (set.test(character)) return character;
    }
    return '';
  }
}
