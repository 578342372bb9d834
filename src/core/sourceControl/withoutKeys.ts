/** Replaces a key. */
const mark = '[left out: looks like a key]';

/** A key begins where no letter of a longer word comes before it. Each pattern takes all letters that follow: linear time. */
const shapes: readonly RegExp[] = [
  /(?<![\w-])(?:sk|rk|gsk|xai|glpat|hf|npm|sq0atp|dop_v1|shpat|SG|xox[abeprs])[-_.][\w.-]{16,}/g,
  /(?<![\w-])(?:gh[opsur]|github_pat)_\w{20,}/g,
  /(?<![\w-])(?:AKIA|ASIA|LTAI|AKID|AIza)[\w-]{12,}/g,
  /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g,
];
/** `password = "…"`, `"apiKey": "…"`, `密码：'…'`. */
const assigned =
  /((?:api[-_]?key|secret|token|passwo?r?d|passwd|pwd|credential|private[-_]?key|access[-_]?key|密码|密钥)\w{0,20}["']?\s{0,4}(?:[:=：]|=>|:=)\s{0,4}["'`])([^"'`\s$<{]{8,200})(?=["'`])/gi;
const bearer = /\b((?:Bearer|Basic)\s{1,4})[\w.~+/=-]{16,}/g;
/** The password in an address. */
const inAddress = /(:\/\/[^\s/:@"']{1,100}:)[^\s/@"'$<{]{3,200}(?=@)/g;

/** A text without what looks like a key. */
interface TextWithoutKeys {
  readonly text: string;
  /** How many keys were replaced. */
  readonly count: number;
}

/**
 * Replaces what looks like a key, a password or a token in source text or in a diff: known forms of keys, string literals that
 * are assigned to a name such as `password`, passwords in addresses, and private keys in PEM. Names of variables stay.
 *
 * @param values Further secrets, for example the values of an `.env` file that changed in the same commit.
 */
export function withoutKeys(text: string, values: readonly string[] = []): TextWithoutKeys {
  let count = 0;
  const found = (): string => {
    count += 1;
    return mark;
  };
  let clean = withoutPrivateKeys(text, found);
  for (const value of values) if (clean.includes(value)) clean = clean.replaceAll(value, found);
  for (const shape of shapes) clean = clean.replace(shape, (key) => (/\d/.test(key) ? found() : key));
  for (const form of [assigned, bearer, inAddress])
    clean = clean.replace(form, (whole, start: string) => (whole.includes(mark) ? whole : start + found()));
  return { text: clean, count };
}

/** Replaces the lines between `BEGIN … PRIVATE KEY` and its end, also in a diff. */
function withoutPrivateKeys(text: string, found: () => string): string {
  if (!text.includes('PRIVATE KEY')) return text;
  let isInside = false;
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    if (isInside && /^[-+ \t"'\w\\/=:,]*$/.test(line) && !line.includes('-----END')) continue;
    if (!isInside && /-----BEGIN [A-Z ]{0,30}PRIVATE KEY/.test(line)) {
      kept.push(line.replace(/-----BEGIN .*$/s, found()));
      isInside = !line.includes('-----END');
    } else if (isInside) {
      isInside = false;
      if (!line.includes('-----END')) kept.push(line);
    } else kept.push(line);
  }
  return kept.join('\n');
}

/** A longer list of secrets is cut: each of them is searched for in the whole text. */
const mostValues = 500;

/**
 * The secrets in the lines of secret files: values of `NAME=value` and `name: value`, and long words. They may have moved to
 * another file in the same commit.
 */
export function secretValuesIn(lines: readonly string[]): string[] {
  const values = new Set<string>();
  for (const line of lines) {
    if (values.size >= mostValues) break;
    if (line.length > 2_000) continue;
    const text = line.trim();
    const [, assignedValue] = /^[^=:]{0,100}[=:]\s{0,10}(.*)$/s.exec(text) ?? [];
    for (const candidate of [assignedValue ?? text, ...text.split(/[\s"'=,;]+/)]) {
      const value = candidate
        .trim()
        .replace(/^["'`]+/, '')
        .replace(/["'`,;]{1,4}$/, '');
      if (isTelling(value)) values.add(value);
    }
  }
  // A longer value may contain a shorter one, which would leave a part of the longer.
  return [...values].sort((one, other) => other.length - one.length);
}

/** False for plain words, numbers and paths, which occur in ordinary code. */
function isTelling(value: string): boolean {
  if (value.length < 8 || value.length > 1_000 || /\s/.test(value)) return false;
  if (/^[a-z_-]+$/i.test(value) || /^[\d.:]+$/.test(value)) return value.length >= 40;
  return /\d/.test(value) || /[^\w./-]/.test(value);
}
