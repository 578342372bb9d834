import type { Env, Token } from 'markdown-it';
import { withFootnoteNumbers } from './addFootnotes';

type Reference = NonNullable<Env['references']>[string];

/**
 * The link reference definitions of one document (`[label]: address`), and the labels that were looked up without
 * success while `recordMissing` ran. Blocks with such labels are rendered again if a definition comes late.
 */
export class ReferenceTable {
  private readonly known = Object.create(null) as Record<string, Reference>;
  private readonly footnoteNumbers = new Map<string, number>();
  private missing: Set<string> | undefined;

  /** For closed source: failed lookups are recorded. */
  readonly env: Env = withFootnoteNumbers(
    {
      references: new Proxy(this.known, {
        get: (known, label) => {
          const reference = typeof label === 'string' ? known[label] : undefined;
          if (reference === undefined && typeof label === 'string') this.missing?.add(label);
          return reference;
        },
      }),
    },
    this.footnoteNumbers,
  );

  /** For open source: inherits the known definitions. Definitions that are made in it are temporary. */
  draftEnv(): Env {
    return withFootnoteNumbers(
      { references: Object.create(this.known) as Record<string, Reference> },
      this.footnoteNumbers,
    );
  }

  /** Keeps the definitions among these tokens, which were made in a draft. The first definition of a label counts. */
  keep(tokens: readonly Token[], draft: Env): void {
    for (const { type, meta } of tokens) {
      const label = type === 'reference_definition' ? String(meta?.['label']) : '';
      const reference = draft.references?.[label];
      if (reference !== undefined) this.known[label] ??= reference;
    }
  }

  /** Runs `work`. Returns its result and the labels that it looked up without success. */
  recordMissing<Result>(work: () => Result): [result: Result, missing: ReadonlySet<string>] {
    const missing = new Set<string>();
    this.missing = missing;
    const result = work();
    this.missing = undefined;
    return [result, missing];
  }

  /** True if any of these labels is defined by now. */
  knowsAny(labels: ReadonlySet<string>): boolean {
    return [...labels].some((label) => Object.hasOwn(this.known, label));
  }
}
