import * as v from 'valibot';

const bootstrapSchema = v.object({
  language: v.string(),
  bundle: v.record(v.string(), v.string()),
  chatFont: v.exactOptional(v.object({ size: v.number(), family: v.string() })),
  viewState: v.exactOptional(v.unknown()),
  tab: v.exactOptional(v.string()),
});

/** The data that the host writes into the page for its start. */
export interface Bootstrap {
  /** VS Code's display language, such as `en` or `zh-cn`. */
  readonly language: string;
  /** English message → translation. */
  readonly bundle: Readonly<Record<string, string>>;
  /** VS Code's settings `chat.fontSize` (CSS pixels) and `chat.fontFamily`, which webviews do not get from VS Code. */
  readonly chatFont?: { readonly size: number; readonly family: string };
  /** The state that the view last reported to the host. It is not validated yet. */
  readonly viewState?: unknown;
  /** The key of the editor tab that the page is in; absent in the side bar. */
  readonly tab?: string;
}

/**
 * Reads the JSON of `<script id="parley-bootstrap">`. If it is missing or invalid, the page is in English: a panel in
 * the wrong language is better than none.
 */
export function readBootstrap(json: string | null | undefined): Bootstrap {
  const english: Bootstrap = { language: 'en', bundle: {} };
  if (json === null || json === undefined) return english;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), bootstrapSchema), json);
  return parsed.success ? parsed.output : english;
}
