import type { Failure } from './failure';

/** Where users add credit, by the host of the API. Sources: the documentation of the gateways. */
const billingPages: Readonly<Record<string, string>> = {
  'api.anthropic.com': 'https://console.anthropic.com/settings/billing',
  'api.apimart.ai': 'https://apimart.ai/console',
  'api.apipod.ai': 'https://www.apipod.ai/console',
  'api.apiyi.com': 'https://api.apiyi.com/account/profile',
  'api.deepseek.com': 'https://platform.deepseek.com/top_up',
  'api.moonshot.cn': 'https://platform.moonshot.cn/console/pay',
  'api.openai.com': 'https://platform.openai.com/settings/organization/billing/overview',
  'api.siliconflow.cn': 'https://cloud.siliconflow.cn/expensebill',
  'generativelanguage.googleapis.com': 'https://aistudio.google.com/billing',
  'open.bigmodel.cn': 'https://open.bigmodel.cn/finance/pay',
  'openrouter.ai': 'https://openrouter.ai/settings/credits',
};

/**
 * The page where the user adds credit at the gateway that refused a request; undefined for an unknown gateway. The page
 * depends only on the host, so that no reply can choose what is opened.
 */
export function billingPage({ url }: Failure): string | undefined {
  const host = /^https:\/\/([^/:?#@]+)(?:[:/?#]|$)/.exec(url ?? '')?.[1];
  return host !== undefined && Object.hasOwn(billingPages, host) ? billingPages[host] : undefined;
}
