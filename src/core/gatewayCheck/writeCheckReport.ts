import type { Translate } from '../../shared/kit/translate';
import type { CheckName, Finding, GatewayCheck, Verdict } from './gatewayCheck';

/** Parts of requests that were refused before, by model; Parley leaves them out. */
export type LearnedRefusals = ReadonlyMap<string, readonly string[]>;

/** A check as a Markdown document, with a plain report at its end that can be given to others. */
export function writeCheckDocument(check: GatewayCheck, refusals: LearnedRefusals, t: Translate): string {
  const lines = [
    `# ${t('Check of {0}', escape(check.gatewayName))}`,
    '',
    summaryOf(check, t),
    '',
    `| ${t('Step')} | ${t('Result')} | ${t('What was found')} |`,
    '| --- | --- | --- |',
    ...check.findings.map(
      ({ name, verdict, found }) =>
        `| ${checkLabel(name, t)} | ${symbols[verdict]} ${verdictLabel(verdict, t)} | ${escape(found)} |`,
    ),
    '',
    ...check.findings.flatMap((finding) => adviceSection(finding, t)),
    `## ${t('What Parley leaves out')}`,
    '',
    ...refusalLines(refusals, t),
    '',
    `## ${t('Report to copy')}`,
    '',
    t('Without the key and without anything that you asked.'),
    '',
    ...fenced(writeCheckReport(check, refusals, t)),
    '',
  ];
  return lines.join('\n');
}

/** A check as plain text for somebody else's eyes: no key, no prompt. */
export function writeCheckReport(check: GatewayCheck, refusals: LearnedRefusals, t: Translate): string {
  const lines = [
    t('Check of {0}', check.gatewayName),
    `${t('Base URL')}: ${check.baseUrl}`,
    `${t('Model')}: ${check.modelId ?? t('none')}`,
    `${t('Time')}: ${new Date(check.startedAt).toISOString()}`,
  ];
  for (const { name, verdict, found, details = [] } of check.findings) {
    lines.push(`${checkLabel(name, t)}: ${verdictLabel(verdict, t)}. ${found}`);
    lines.push(...details.flatMap((detail) => detail.split('\n')).map((detail) => `    ${detail}`));
  }
  for (const [model, parts] of refusals) lines.push(`${t('Left out for {0}', model)}: ${parts.join(', ')}`);
  return lines.join('\n');
}

/** A step's name for people. */
export function checkLabel(name: CheckName, t: Translate): string {
  switch (name) {
    case 'address':
      return t('Address');
    case 'name-resolution':
      return t('Host name');
    case 'connection':
      return t('Connection');
    case 'key':
      return t('API key');
    case 'models':
      return t('List of models');
    case 'answer':
      return t('Streamed answer');
    case 'first-token':
      return t('Time to the first token');
    case 'usage':
      return t('Token counts');
    case 'tools':
      return t('Tools');
    case 'vision':
      return t('Pictures');
    case 'choices':
      return t('Several answers at once');
    case 'log-probabilities':
      return t('Log probabilities');
  }
}

const symbols: Readonly<Record<Verdict, string>> = {
  passed: '✓',
  failed: '✗',
  unsupported: '–',
  'not-tried': '…',
};

function verdictLabel(verdict: Verdict, t: Translate): string {
  switch (verdict) {
    case 'passed':
      return t('Pass');
    case 'failed':
      return t('Fail');
    case 'unsupported':
      return t('Not supported');
    case 'not-tried':
      return t('Not tried');
  }
}

function summaryOf({ findings, modelId, cancelled }: GatewayCheck, t: Translate): string {
  const asked = modelId === undefined ? '' : ` ${t('Asked was {0}.', escape(modelId))}`;
  if (cancelled) return t('The check was stopped.') + asked;
  const failed = findings.filter(({ verdict }) => verdict === 'failed').length;
  if (failed === 0) return t('Nothing failed: this gateway works.') + asked;
  return t('Steps that failed: {0}. What to do stands below.', failed) + asked;
}

function adviceSection({ name, verdict, found, advice, details = [] }: Finding, t: Translate): string[] {
  if (verdict === 'passed' || verdict === 'not-tried') return [];
  return [
    `## ${checkLabel(name, t)}: ${verdictLabel(verdict, t)}`,
    '',
    escape(found),
    '',
    ...(advice === undefined ? [] : [escape(advice), '']),
    ...(details.length === 0 ? [] : [...fenced(details.join('\n')), '']),
  ];
}

function refusalLines(refusals: LearnedRefusals, t: Translate): string[] {
  if (refusals.size === 0) return [t('Nothing. What the gateway refuses is remembered and stands here.')];
  return [
    ...Array.from(refusals, ([model, parts]) => `- ${escape(model)}: ${escape(parts.join(', '))}`),
    '',
    t('These were refused before. "Parley: Forget Learned Refusals" lets Parley try them again.'),
  ];
}

/** Text as it is, in a block that nothing in it can end. */
function fenced(text: string): string[] {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, text, fence];
}

/** Text that Markdown shows as it is, in one line. */
function escape(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>|~#&!]/g, String.raw`\$&`);
}
