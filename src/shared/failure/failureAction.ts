/** The actions that failures offer. Each failure offers one. */
export const failureActions = [
  'add-gateway',
  'set-key',
  'select-model',
  'open-gateway-settings',
  'open-timeout-settings',
  'open-parameter-settings',
  'open-proxy-settings',
  'allow-insecure',
  'retry',
  'continue',
  'shorten',
  'show-log',
] as const;

/** One of these actions. */
export type FailureAction = (typeof failureActions)[number];
