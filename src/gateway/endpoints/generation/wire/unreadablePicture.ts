import type { Gateway } from '../../../../core/models/gateway';
import type { Failure } from '../../../../shared/failure/failure';
import { failureOf } from '../../../failures/failureOf';

/** The failure of an attached picture that cannot be sent. Nothing has been sent then. */
export function unreadablePicture(
  { gateway, modelId }: { readonly gateway: Gateway; readonly modelId: string },
  name: string,
): Failure {
  const call = { gateway, modelId, url: gateway.baseUrl, secrets: [] };
  const detail = name === '' ? 'A picture is needed.' : `The picture or the mask of ${name} cannot be sent.`;
  return failureOf(call, 'bad-request', { detail });
}
