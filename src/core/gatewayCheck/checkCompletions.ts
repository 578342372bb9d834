import { fillInTokens } from '../models/fillInTokens';
import { originOf, type Gateway } from '../models/gateway';
import type { Timeouts } from '../models/route';
import { completionForms, type CompletionClient, type CompletionForm } from '../ports/completionClient';
import type { Ending } from '../../shared/answer/ending';
import type { Failure } from '../../shared/failure/failure';

/** What a check of completions needs. */
interface CompletionCheckParts {
  readonly client: CompletionClient;
  readonly gateway: Gateway;
  readonly modelId: string;
  readonly timeouts: Timeouts;
  /** The form that worked before; it is tried first. */
  readonly known: CompletionForm | undefined;
  readonly signal: AbortSignal;
}

/** A form that was tried. */
export interface TriedForm {
  readonly form: CompletionForm;
  /** `ignored`: the gateway completed the prefix and did not read the suffix. */
  readonly result: 'works' | 'ignored' | { readonly failure: Failure };
}

/** The word that completes the text. Only the suffix says it. */
const word = 'marigold';
const prefix = 'const flower = "';
const suffix = `";\n// The flower above is the ${word}. Nothing but the ${word} grows in this garden.\nassert(flower === "${word}");\n`;

/**
 * Fewest tokens of a prompt that contains the suffix. The suffix alone has more, and the prefix has four or five, so the count shows
 * whether the gateway has read the suffix.
 */
const tokensWithSuffix = 20;

/** Forms that the gateway itself puts together, so that the count of tokens tells about the suffix. */
const countsTell: ReadonlySet<CompletionForm> = new Set([
  'suffix',
  'infill',
  'deepseek',
  'mistral',
  'ollama',
]);

/** Before the form that works, among what Parley learned about a model. */
const mark = 'completes with ';

/** The entry that says which form works for a model, for `UnsupportedParameterMemory`. It is stored on disk. */
export function completionEntry(form: CompletionForm): string {
  return mark + form;
}

/** The form that works, among what was learned about a model. The newest entry counts. */
export function learnedCompletionForm(entries: Iterable<string>): CompletionForm | undefined {
  return completionForms.find(
    (form) => [...entries].findLast((entry) => entry.startsWith(mark)) === completionEntry(form),
  );
}

/** The forms that a gateway and a model may take, best first. */
function completionFormsFor({ id, baseUrl, auth }: Gateway, modelId: string): readonly CompletionForm[] {
  const host = originOf(baseUrl)?.split('://')[1]?.split(':')[0] ?? '';
  const tokens: readonly CompletionForm[] = fillInTokens(modelId) === undefined ? [] : ['tokens'];
  if (/(?:^|\.)deepseek\.com$/.test(host)) return ['deepseek', 'chat'];
  if (/(?:^|\.)mistral\.ai$/.test(host)) return ['mistral', 'chat'];
  // llama.cpp answers `/completions` with a suffix as if there were none.
  if (id === 'llamacpp') return ['infill', ...tokens, 'chat'];
  if (id === 'ollama') return ['suffix', 'ollama', ...tokens, 'chat'];
  // Only servers without a key are llama.cpp behind another name.
  return ['suffix', ...tokens, ...(auth === 'none' ? (['infill'] as const) : []), 'chat'];
}

/**
 * Tries the forms one after the other until one works. Each sends one request with a few tokens. Never rejects.
 *
 * @returns The forms that were tried; only the last one may have worked. Incomplete if the check was cancelled.
 */
export async function checkCompletions(parts: CompletionCheckParts): Promise<readonly TriedForm[]> {
  const { gateway, modelId, known, signal } = parts;
  const usual = completionFormsFor(gateway, modelId);
  const forms = known === undefined ? usual : [known, ...usual.filter((form) => form !== known)];
  const tried: TriedForm[] = [];
  for (const form of forms) {
    if (signal.aborted) break;
    const result = await tryForm(form, parts);
    if (result === undefined) break;
    tried.push({ form, result });
    // Another form cannot help if the key or the connection is the problem.
    if (result === 'works' || (typeof result === 'object' && isAboutGateway(result.failure))) break;
  }
  return tried;
}

/** @returns Undefined if the check was cancelled. */
async function tryForm(
  form: CompletionForm,
  { client, gateway, modelId, timeouts, signal }: CompletionCheckParts,
): Promise<TriedForm['result'] | undefined> {
  const stream = client.complete({
    ...{ gateway, modelId, timeouts, form, prefix, suffix },
    maxTokens: form === 'chat' ? 200 : 8,
    stop: ['"'],
  });
  const cancel = (): void => {
    stream.cancel();
  };
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  let text = '';
  let promptTokens = 0;
  let ending: Ending = { outcome: 'cancelled' };
  try {
    for await (const batch of stream) {
      for (const part of batch) {
        if (part.kind === 'text' && text.length < 1_000) text += part.text;
        if (part.kind === 'usage' && part.usage.estimated !== true)
          promptTokens = part.usage.promptTokens ?? 0;
        if (part.kind === 'ended') ending = part.ending;
      }
    }
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  if (ending.outcome === 'cancelled') return undefined;
  if (startsWithWord(text)) return 'works';
  if (countsTell.has(form) && promptTokens >= tokensWithSuffix) return 'works';
  if (ending.outcome === 'failed' && ending.failure.kind !== 'empty-reply')
    return { failure: ending.failure };
  return 'ignored';
}

/** True if a completion begins with the word, also in quotes or in a code fence, as chat models write it. */
function startsWithWord(text: string): boolean {
  return /^[\s`"'\w]{0,20}?marigold/i.test(text);
}

const gatewayFailures: ReadonlySet<Failure['kind']> = new Set([
  'unauthorized',
  'payment-required',
  'missing-key',
  'invalid-key',
  'insecure-address',
  'invalid-url',
  'name-not-resolved',
  'connection-refused',
  'certificate-rejected',
  'proxy-authentication-required',
]);

function isAboutGateway({ kind }: Failure): boolean {
  return gatewayFailures.has(kind);
}
