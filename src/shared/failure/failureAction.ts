/** The one thing that a failure offers to do about itself. */
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

/** One of them. */
export type FailureAction = (typeof failureActions)[number];
