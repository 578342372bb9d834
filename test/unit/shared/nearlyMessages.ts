import fc from 'fast-check';
import { toHostSchemas } from '../../../src/shared/messages/toHost';
import { anything } from '../../support/anything';
import { arbitraryEvents } from './arbitraryEvents';

const types = Object.keys(toHostSchemas);
const anyType = fc.oneof(
  fc.constantFrom(...types, 'toString', '__proto__', 'constructor', 'events', 'snapshot', 'state'),
  fc.string(),
);

/** Bodies with valid field names and any values. These get furthest into the guards. */
const nearlyBody = fc.record(
  {
    id: fc.oneof(fc.string(), anything()),
    text: fc.oneof(fc.string(), anything()),
    action: fc.oneof(fc.constantFrom('retry', 'explode'), anything()),
    href: fc.oneof(fc.webUrl(), anything()),
    message: fc.oneof(fc.string(), anything()),
    gatewayId: fc.oneof(fc.string(), fc.constant(null), anything()),
    index: fc.oneof(fc.integer(), anything()),
    revision: fc.oneof(fc.nat(), anything()),
    events: fc.oneof(arbitraryEvents, anything()),
    conversation: anything(),
    state: anything(),
  },
  { requiredKeys: [] },
);
/** Messages with a valid shape and any content. */
export const nearlyMessage = fc.record({
  type: anyType,
  body: fc.oneof(nearlyBody, fc.constant({}), anything()),
});
