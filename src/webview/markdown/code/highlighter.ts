import hljs from 'highlight.js/lib/core';
import type { Language } from 'highlight.js';
import type { CodeSegment } from './codeSegment';
import { embeddedGrammars, grammars } from './grammars';

/** Colours code. Loaded lazily with all grammars. */
export interface Highlighter {
  /** Colours a whole text. Returns one list of segments per line; each line ends with its line end. */
  whole(grammar: string, code: string): CodeSegment[][];
  /** Colours a text line by line as the lines come, keeping the state from one line to the next. */
  byLine(grammar: string): (line: string) => CodeSegment[];
}

/** A mode of a compiled grammar, as highlight.js keeps it on its stack. */
interface Mode {
  readonly scope?: unknown;
  readonly parent?: Mode;
}

/** The name under which the grammar that resumes is registered. */
const resumed = 'resumed';

/** The scopes that are open where the next highlighting starts. The next emitter takes them. */
let startingScopes: readonly string[] = [];

/** Collects the segments that highlight.js finds, instead of HTML. */
class SegmentEmitter {
  readonly segments: CodeSegment[] = [];
  private readonly scopes: string[] = [...startingScopes];

  constructor() {
    startingScopes = [];
  }

  addText(text: string): void {
    if (text !== '') this.segments.push({ scopes: [...this.scopes], text });
  }

  openNode(scope: string): void {
    this.scopes.push(scope);
  }

  closeNode(): void {
    this.scopes.pop();
  }

  startScope(scope: string): void {
    this.openNode(scope);
  }

  endScope(): void {
    this.closeNode();
  }

  __addSublanguage(emitter: SegmentEmitter, name: string | undefined): void {
    const outer = name === undefined ? this.scopes : [...this.scopes, `language:${name}`];
    for (const { scopes, text } of emitter.segments)
      this.segments.push({ scopes: [...outer, ...scopes], text });
  }

  finalize(): void {
    this.scopes.length = 0;
  }

  toHTML(): string {
    return '';
  }
}

/** Makes the highlighter. */
export function createHighlighter(): Highlighter {
  const engine = hljs.newInstance();
  engine.configure({ __emitter: SegmentEmitter });
  const registered = new Set<string>();
  // Building a grammar takes about a millisecond, so each is registered with its first use.
  const register = (name: string): void => {
    const grammar = grammars[name];
    if (grammar === undefined || registered.has(name)) return;
    registered.add(name);
    engine.registerLanguage(name, grammar);
    embeddedGrammars[name]?.forEach(register);
  };

  const highlight = (grammar: string, code: string): { segments: CodeSegment[]; top: Mode | undefined } => {
    register(grammar);
    const result = engine.highlight(code, { language: grammar, ignoreIllegals: true });
    const { segments } = result._emitter as unknown as SegmentEmitter;
    // After an internal error of a grammar, highlight.js returns a part of the text. The text must stay whole.
    const isWhole = segments.reduce((length, { text }) => length + text.length, 0) === code.length;
    return { segments: isWhole ? segments : [{ scopes: [], text: code }], top: result._top };
  };

  return {
    whole: (grammar, code) => splitLines(highlight(grammar, code).segments),
    byLine: (grammar) => {
      register(grammar);
      let top: Mode | undefined;
      return (line) => {
        const root = engine.getLanguage(grammar);
        const atRoot = top === undefined || top === root || root === undefined;
        if (!atRoot) {
          startingScopes = openScopes(top, root);
          const state = resumableGrammar(top, root);
          engine.registerLanguage(resumed, () => state);
        }
        const result = highlight(atRoot ? grammar : resumed, line);
        ({ top } = result);
        return result.segments;
      };
    },
  };
}

/**
 * Turns the mode in which a line ended into a grammar, so that the next line starts in that mode. highlight.js 11 has
 * no API for this. It starts at the top of the grammar that it is given, keeps its stack in the `parent` of each mode,
 * and asks the grammar only for the properties that are set here. If a new version changes that, `highlighter.test.ts`
 * and `codeLines.test.ts`, which compare colouring line by line with colouring the whole text, fail.
 */
function resumableGrammar(top: Mode | undefined, root: Language): Language {
  if (top !== undefined && Object.hasOwn(top, 'classNameAliases')) return top as Language;
  return Object.create(top ?? root, {
    classNameAliases: { value: root.classNameAliases, writable: true },
    case_insensitive: { value: root.case_insensitive },
    name: { value: root.name },
    aliases: { value: undefined },
    rawDefinition: { value: undefined, writable: true },
  }) as Language;
}

function openScopes(top: Mode | undefined, root: Language): string[] {
  const scopes: string[] = [];
  for (let mode = top; mode !== undefined && mode !== root; mode = mode.parent) {
    if (typeof mode.scope === 'string') scopes.unshift(root.classNameAliases?.[mode.scope] ?? mode.scope);
  }
  return scopes;
}

function splitLines(segments: readonly CodeSegment[]): CodeSegment[][] {
  const lines: CodeSegment[][] = [];
  let line: CodeSegment[] = [];
  for (const { scopes, text } of segments) {
    for (const part of text.split(/(?<=\n)/)) {
      line.push({ scopes, text: part });
      if (!part.endsWith('\n')) continue;
      lines.push(line);
      line = [];
    }
  }
  if (line.length > 0) lines.push(line);
  return lines;
}
