import type { Translate } from '../kit/translate';

/** The actions that failures offer. Each failure offers one or two. */
export const failureActions = [
  'add-gateway',
  'set-key',
  'select-model',
  'manage-gateways',
  'open-gateway-settings',
  'open-timeout-settings',
  'open-parameter-settings',
  'open-proxy-settings',
  'open-billing-page',
  'allow-insecure',
  'retry',
  'continue',
  'check-again',
  'shorten',
  'show-log',
] as const;

/** One of these actions. */
export type FailureAction = (typeof failureActions)[number];

/** The text of an action's button. */
export function labelOfAction(action: FailureAction, t: Translate): string {
  switch (action) {
    case 'add-gateway':
      return t('Add Gateway');
    case 'set-key':
      return t('Set API Key');
    case 'select-model':
      return t('Choose Another Model');
    case 'manage-gateways':
      return t('Manage Gateways');
    case 'open-gateway-settings':
      return t('Open Gateway Settings');
    case 'open-timeout-settings':
      return t('Open Timeout Settings');
    case 'open-parameter-settings':
      return t('Open Parameter Settings');
    case 'open-proxy-settings':
      return t('Open Proxy Settings');
    case 'open-billing-page':
      return t('Open Billing Page');
    case 'allow-insecure':
      return t('Send Anyway');
    case 'retry':
      return t('Try Again');
    case 'continue':
      return t('Continue');
    case 'check-again':
      return t('Check Again');
    case 'shorten':
      return t('Shorten Chat');
    case 'show-log':
      return t('Show Log');
  }
}
