import * as v from 'valibot';

const bootstrapSchema = v.object({
  language: v.string(),
  bundle: v.record(v.string(), v.string()),
  chatFont: v.exactOptional(v.object({ size: v.number(), family: v.string() })),
  viewState: v.exactOptional(v.unknown()),
});

/** What the host writes into the page for the view to start with. */
export interface Bootstrap {
  /** VS Code's display language, such as `en` or `zh-cn`. */
  readonly language: string;
  /** English message → translation. */
  readonly bundle: Readonly<Record<string, string>>;
  /** VS Code's settings `chat.fontSize` (CSS pixels) and `chat.fontFamily`, which it gives to no webview itself. */
  readonly chatFont?: { readonly size: number; readonly family: string };
  /** What the view remembered when it last told the host, unchecked. */
  readonly viewState?: unknown;
}

/**
 * Reads the JSON of `<script id="parley-bootstrap">`. A page without it, or with something else in
 * it, is an English page: a panel in the wrong language beats no panel.
 */
export function readBootstrap(json: string | null | undefined): Bootstrap {
  const english: Bootstrap = { language: 'en', bundle: {} };
  if (json === null || json === undefined) return english;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), bootstrapSchema), json);
  return parsed.success ? parsed.output : english;
}
