import * as vscode from 'vscode';
import { isBalancePath, type BalanceRequest } from '../../core/models/balanceRequest';
import { originOf } from '../../core/models/gateway';
import type { Timeouts } from '../../core/models/route';
import type { FoundNumber } from '../../core/ports/balanceCheck';
import type { HttpChatClient } from '../../gateway/httpChatClient';
import { explainFailure } from '../../shared/failure/explainFailure';
import { currencyCode } from '../../shared/text/currencyCode';
import type { KnownGateway } from '../gateways/gatewayRegistry';
import { askInput } from '../ui/askInput';
import { plainText } from '../ui/plainText';

interface AskPorts {
  readonly client: Pick<HttpChatClient, 'fetchNumbers'>;
  readonly timeouts: Timeouts;
}

/**
 * Lets the user describe a request for the balance: asks for the path, sends the request, lets the user choose the number in the
 * reply, and asks for its unit. Only a request that has just worked is returned.
 *
 * @returns `remove` to remove the request; undefined if the user cancels.
 */
export async function askBalanceRequest(
  gateway: KnownGateway,
  { client, timeouts }: AskPorts,
): Promise<BalanceRequest | 'remove' | undefined> {
  const title = vscode.l10n.t('Balance Request of {0}', gateway.name);
  let numbers: readonly FoundNumber[] = [];
  const path = await askInput({
    title,
    prompt: vscode.l10n.t(
      'A path of {0} that tells the balance. Parley sends a GET request with your key. Leave empty to find the balance automatically.',
      plainText(originOf(gateway.baseUrl) ?? gateway.baseUrl),
    ),
    placeholder: '/api/user/self',
    value: gateway.balance?.path ?? '',
    validate: async (value) => {
      if (value === '') return undefined;
      if (!isBalancePath(value))
        return vscode.l10n.t('Enter a path that starts with a slash, such as /api/user/self.');
      const reply = await client.fetchNumbers(gateway, value, timeouts);
      if (reply.kind === 'failed')
        return explainFailure({ ...reply.failure, gatewayName: gateway.name }, vscode.l10n.t).sentence;
      ({ numbers } = reply);
      return numbers.length === 0 ? vscode.l10n.t('The reply has no number.') : undefined;
    },
  });
  if (path === undefined) return undefined;
  if (path === '') return 'remove';
  const number = await pickNumber(title, numbers);
  if (number === undefined) return undefined;
  const divideBy = await askDivisor(title, number, gateway.balance?.divideBy);
  if (divideBy === undefined) return undefined;
  const currency = await askCurrency(title, gateway.balance?.currency);
  if (currency === undefined) return undefined;
  return {
    path,
    value: number.path,
    ...(divideBy !== 1 && { divideBy }),
    ...(currency !== '' && { currency }),
  };
}

async function pickNumber(title: string, numbers: readonly FoundNumber[]): Promise<FoundNumber | undefined> {
  const format = new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: 6 });
  const items = numbers.map((number) => ({
    label: format.format(number.value),
    description: plainText(number.path),
    number,
  }));
  const placeHolder = vscode.l10n.t('Select the number that is left');
  return (await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true }))?.number;
}

async function askDivisor(title: string, { value }: FoundNumber, known = 1): Promise<number | undefined> {
  const answer = await askInput({
    title,
    prompt: vscode.l10n.t(
      'The number is {0}. Divide it by what to get the balance? Many sites count 500,000 units as 1 US dollar.',
      new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: 6 }).format(value),
    ),
    placeholder: '1',
    value: String(known),
    validate: (text) =>
      divisorIn(text) === undefined ? vscode.l10n.t('Enter a number that is greater than 0.') : undefined,
  });
  return answer === undefined ? undefined : divisorIn(answer);
}

function divisorIn(text: string): number | undefined {
  const divisor = /^\d{1,15}(?:\.\d{1,10})?$/.test(text) ? Number(text) : 0;
  return divisor > 0 ? divisor : undefined;
}

/** '' for an unknown currency. */
async function askCurrency(title: string, known = ''): Promise<string | undefined> {
  const answer = await askInput({
    title,
    prompt: vscode.l10n.t(
      'The currency of the balance, such as USD or CNY. Leave empty if you do not know it.',
    ),
    placeholder: 'USD',
    value: known,
    validate: (text) =>
      text === '' || currencyCode(text) !== undefined
        ? undefined
        : vscode.l10n.t('Enter the three letters of a currency, such as USD.'),
  });
  return answer === undefined ? undefined : (currencyCode(answer) ?? '');
}
