import * as vscode from 'vscode';
import { describeBalance } from '../../core/models/describeBalance';
import type { KnownGateway } from '../gateways/gatewayRegistry';
import { explainFailure } from '../../shared/failure/explainFailure';
import type { BalanceRecord } from './gatewayBalances';

/** The result of the last check of a balance in one sentence, with its time: "$12.34 left · As of 14:05". */
export function describeBalanceRecord({ check, at }: BalanceRecord, gateway: KnownGateway): string {
  const { t } = vscode.l10n;
  switch (check.kind) {
    case 'balance':
      return [describeBalance(check.balance, t, vscode.env.language), asOf(at)].join(' · ');
    case 'failed': {
      const { sentence } = explainFailure({ ...check.failure, gatewayName: gateway.name }, t);
      return [t('Balance unknown: {0}', sentence), asOf(at)].join(' · ');
    }
    case 'no-route':
      return t('This gateway offers no balance that Parley can read. Set a balance request if you know one.');
    case 'no-number':
      return t('The reply to your balance request has no number at that place.');
    case 'unclear': {
      const number = new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: 2 });
      const [limit, used] = [number.format(check.limit), number.format(check.used)];
      return t('The gateway reports a limit of {0} and a usage of {1}, which give no balance.', limit, used);
    }
  }
}

/** The time of a check, with the date if it was on another day. */
function asOf(at: number): string {
  const time = new Date(at);
  const isToday = time.toDateString() === new Date().toDateString();
  const format = new Intl.DateTimeFormat(vscode.env.language, {
    timeStyle: 'short',
    ...(!isToday && { dateStyle: 'short' }),
  });
  return vscode.l10n.t('As of {0}', format.format(time));
}
