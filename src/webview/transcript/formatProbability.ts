/** How certain a model was of a token, in steps that are easy to distinguish. */
type Sureness = 'sure' | 'likely' | 'unsure' | 'unlikely';

/** The step of a natural log probability. */
export function sureness(logprob: number): Sureness {
  const probability = Math.exp(logprob);
  if (probability >= 0.9) return 'sure';
  if (probability >= 0.6) return 'likely';
  return probability >= 0.25 ? 'unsure' : 'unlikely';
}

/** The probability in per cent. Tiny ones are displayed as more than zero. */
export function formatProbability(logprob: number, language: string): string {
  const probability = Math.min(1, Math.exp(logprob));
  const format = percentIn(language);
  return probability < 0.001 ? `< ${format.format(0.001)}` : format.format(probability);
}

/** Cached, because making a format costs more than using it thousands of times. */
let percent: { readonly language: string; readonly format: Intl.NumberFormat } | undefined;

function percentIn(language: string): Intl.NumberFormat {
  if (percent?.language !== language) {
    const format = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
    percent = { language, format };
  }
  return percent.format;
}

/** A token's text with its invisible characters made visible. */
export function visibleToken(text: string): string {
  const written = text.replaceAll('\n', '↵').replaceAll('\t', '⇥');
  const withoutEnd = written.replace(/^ +/, (spaces) => '␣'.repeat(spaces.length));
  const length = withoutEnd.length;
  let words = length;
  while (withoutEnd.charAt(words - 1) === ' ') words -= 1;
  return withoutEnd.slice(0, words) + '␣'.repeat(length - words);
}
