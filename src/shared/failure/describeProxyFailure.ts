import type { Translate } from '../kit/translate';
import type { Failure } from './failure';
import type { FailureAction } from './failureAction';

/** Explains a failure at the proxy: the failure's host is not the gateway's host. Undefined for other failures. */
export function describeProxyFailure(
  { kind, host, url }: Failure,
  t: Translate,
): { readonly sentence: string; readonly action: FailureAction } | undefined {
  if (host === undefined || url === undefined || `${url}/`.includes(`//${host}/`)) return undefined;
  const action = 'open-proxy-settings';
  switch (kind) {
    case 'connection-refused':
      return { sentence: t("Couldn't connect to the proxy {0}. Is it running?", host), action };
    case 'name-not-resolved':
      return { sentence: t("Couldn't find the proxy {0}.", host), action };
    case 'connection-failed':
    case 'connection-reset':
      return { sentence: t("The proxy {0} can't reach the gateway.", host), action };
    case 'wrong-scheme':
      return { sentence: t('The proxy {0} uses http, not https.', host), action };
    case 'certificate-rejected':
      return {
        sentence: t(
          'The certificate of the proxy {0} is not trusted. Add its certificate authority to the system or to NODE_EXTRA_CA_CERTS, then restart VS Code.',
          host,
        ),
        action: 'show-log',
      };
    default:
      return undefined;
  }
}
