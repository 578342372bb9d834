import type { Translate } from '../../shared/kit/translate';
import { escapeMarkdown, fenced } from '../text/escapeMarkdown';
import type { CheckName, Finding, GatewayCheck } from './gatewayCheck';
import { verdictLabel, verdictSymbols } from './verdictLabel';
import { writeFurtherCheck, writeFurtherReport } from './writeFurtherCheck';

/** By model id: parts of requests that its gateway refused and that Parley leaves out. */
type LearnedRefusals = ReadonlyMap<string, readonly string[]>;

/** Writes a check as a Markdown document. It ends with a plain report for copying. */
export function writeCheckDocument(check: GatewayCheck, refusals: LearnedRefusals, t: Translate): string {
  const lines = [
    `# ${t('Check Results for {0}', escapeMarkdown(check.gatewayName))}`,
    '',
    summaryOf(check, t),
    '',
    `| ${t('Step')} | ${t('Result')} | ${t('Finding')} |`,
    '| --- | --- | --- |',
    ...check.findings.map(
      ({ name, verdict, found }) =>
        `| ${checkLabel(name, t)} | ${verdictSymbols[verdict]} ${verdictLabel(verdict, t)} | ${escapeMarkdown(found)} |`,
    ),
    '',
    ...(check.further === undefined ? [] : writeFurtherCheck(check.further, t)),
    ...check.findings.flatMap((finding) => adviceSection(finding, t)),
    `## ${t('What Parley leaves out of requests')}`,
    '',
    ...refusalLines(refusals, t),
    '',
    `## ${t('Report to copy')}`,
    '',
    t('This report contains no API key and none of your prompts.'),
    '',
    fenced(writeCheckReport(check, refusals, t), 'text'),
    '',
  ];
  return lines.join('\n');
}

/** Writes a check as plain text to share with others. Contains no key and no prompt. */
export function writeCheckReport(check: GatewayCheck, refusals: LearnedRefusals, t: Translate): string {
  const lines = [
    t('Check Results for {0}', check.gatewayName),
    `${t('Base URL')}: ${check.baseUrl}`,
    `${t('Model')}: ${check.modelId ?? t('none')}`,
    `${t('Time')}: ${new Date(check.startedAt).toISOString()}`,
  ];
  for (const { name, verdict, found, details = [] } of check.findings) {
    lines.push(`${checkLabel(name, t)}: ${verdictLabel(verdict, t)}. ${found}`);
    lines.push(...details.flatMap((detail) => detail.split('\n')).map((detail) => `    ${detail}`));
  }
  if (check.further !== undefined) lines.push(...writeFurtherReport(check.further, t));
  for (const [model, parts] of refusals) lines.push(`${t('Left out for {0}', model)}: ${parts.join(', ')}`);
  return lines.join('\n');
}

/** The name of a step in the user's language. */
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

function summaryOf({ findings, modelId, cancelled }: GatewayCheck, t: Translate): string {
  const asked = modelId === undefined ? '' : ` ${t('Model: {0}.', escapeMarkdown(modelId))}`;
  if (cancelled) return t('The check was stopped.') + asked;
  const failed = findings.filter(({ verdict }) => verdict === 'failed').length;
  if (failed === 0) return t('No step failed. This gateway works.') + asked;
  return t('Failed steps: {0}. See below for what to do.', failed) + asked;
}

function adviceSection({ name, verdict, found, advice, details = [] }: Finding, t: Translate): string[] {
  if (verdict === 'passed' || verdict === 'not-tried') return [];
  return [
    `## ${checkLabel(name, t)}: ${verdictLabel(verdict, t)}`,
    '',
    escapeMarkdown(found),
    '',
    ...(advice === undefined ? [] : [escapeMarkdown(advice), '']),
    ...(details.length === 0 ? [] : [fenced(details.join('\n'), 'text'), '']),
  ];
}

function refusalLines(refusals: LearnedRefusals, t: Translate): string[] {
  if (refusals.size === 0) return [t('Nothing. What the gateway refuses is listed here.')];
  return [
    ...Array.from(
      refusals,
      ([model, parts]) => `- ${escapeMarkdown(model)}: ${escapeMarkdown(parts.join(', '))}`,
    ),
    '',
    t('The gateway refused these before. To try them again, run "Parley: Forget Learned Refusals".'),
  ];
}
