import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { SyntaxParser } from '../../core/edits/structure/breaksSyntax';
import type { Log } from '../../core/ports/log';

/** The grammars of `@vscode/tree-sitter-wasm`, by VS Code language id. */
const grammars: Readonly<Record<string, string>> = {
  c: 'cpp',
  cpp: 'cpp',
  csharp: 'c-sharp',
  css: 'css',
  go: 'go',
  java: 'java',
  javascript: 'javascript',
  javascriptreact: 'javascript',
  php: 'php',
  powershell: 'powershell',
  python: 'python',
  ruby: 'ruby',
  rust: 'rust',
  shellscript: 'bash',
  typescript: 'typescript',
  typescriptreact: 'tsx',
};

/** The longest text that is parsed, in UTF-16 units. Parsing takes about 0.3 µs per unit. */
const longestText = 400_000;

/** The part of a syntax tree node that is used. */
interface Node {
  readonly hasError: boolean;
  readonly isError: boolean;
  readonly isMissing: boolean;
  readonly children: readonly (Node | null)[];
}
interface Parser {
  setLanguage(language: unknown): void;
  parse(text: string): { readonly rootNode: Node; delete(): void } | null;
}
/** The part of web-tree-sitter that is used. It is VS Code's copy: that of VS Code 1.112 exports nothing for Node, and a newer one may differ. */
interface Runtime {
  readonly Parser: { new (): Parser; init(options: { locateFile: () => string }): Promise<void> };
  readonly Language: { load(bytes: Uint8Array): Promise<unknown> };
}

/** Counts syntax errors with the tree-sitter grammars that VS Code ships, so that Parley need not bring its own. */
export class TreeSitterParser implements SyntaxParser {
  private runtime: Promise<{ runtime: Runtime; folder: string } | undefined> | undefined;
  private readonly parsers = new Map<string, Promise<Parser | undefined>>();

  /** @param appRoot The folder of VS Code's program files (`vscode.env.appRoot`). */
  constructor(
    private readonly appRoot: string,
    private readonly log: Log,
  ) {}

  async countErrors(text: string, languageId: string): Promise<number | undefined> {
    const grammar = grammars[languageId];
    if (grammar === undefined || text.length > longestText) return undefined;
    try {
      let parser = this.parsers.get(grammar);
      if (parser === undefined) this.parsers.set(grammar, (parser = this.load(grammar)));
      const tree = (await parser)?.parse(text);
      if (!tree) return undefined;
      const errors = tree.rootNode.hasError ? countErrors(tree.rootNode) : 0;
      tree.delete();
      return errors;
    } catch (error) {
      // The runtime has another version. Without a count, the plan is not checked.
      this.log.warn(`Couldn't parse a text: ${String(error)}`);
      return undefined;
    }
  }

  private async load(grammar: string): Promise<Parser | undefined> {
    const found = await (this.runtime ??= this.loadRuntime());
    if (found === undefined) return undefined;
    const { runtime, folder } = found;
    const language = await runtime.Language.load(await readFile(join(folder, `tree-sitter-${grammar}.wasm`)));
    const parser = new runtime.Parser();
    parser.setLanguage(language);
    return parser;
  }

  private async loadRuntime(): Promise<{ runtime: Runtime; folder: string } | undefined> {
    for (const modules of ['node_modules', 'node_modules.asar.unpacked', 'node_modules.asar']) {
      const folder = join(this.appRoot, modules, '@vscode', 'tree-sitter-wasm', 'wasm');
      const runtime = readRuntime(join(folder, 'tree-sitter.js'));
      if (runtime === undefined) continue;
      await runtime.Parser.init({ locateFile: () => join(folder, 'tree-sitter.wasm') });
      return { runtime, folder };
    }
    return undefined;
  }
}

/** Loads the runtime; undefined if this VS Code does not have the file. */
function readRuntime(file: string): Runtime | undefined {
  try {
    const loaded: unknown = createRequire(file)(file);
    return isRuntime(loaded) ? loaded : undefined;
  } catch {
    return undefined;
  }
}

function isRuntime(value: unknown): value is Runtime {
  return typeof value === 'object' && value !== null && 'Parser' in value && 'Language' in value;
}

/** Counts the outermost errors. Uses a list instead of recursion, because hostile text can be nested very deeply. */
function countErrors(root: Node): number {
  let count = 0;
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.isError || node.isMissing) count++;
    else if (node.hasError) for (const child of node.children) if (child !== null) waiting.push(child);
  }
  return count;
}
