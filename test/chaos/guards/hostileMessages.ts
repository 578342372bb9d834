import fc from 'fast-check';
import { anything } from '../../support/anything';
import { isPlain, valuesOf, type Fields } from './shape';

/** A message as it travels, good or not. */
export interface Envelope {
  readonly type: string;
  readonly body: unknown;
}

/** Messages that are as they should be. */
export function goodMessages(shapes: Fields): fc.Arbitrary<Envelope> {
  return fc.oneof(
    ...Object.entries(shapes).map(([type, shape]) =>
      valuesOf(shape).map((body): Envelope => ({ type, body })),
    ),
  );
}

/** Whatever may stand where something else belongs. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc
    .constantFrom<unknown>(
      null,
      undefined,
      true,
      '',
      ' ',
      0,
      -0,
      -1,
      0.5,
      2 ** 53,
      1e308,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      'x'.repeat(101),
      'x'.repeat(301),
      'x'.repeat(1_001),
      'x'.repeat(8_193),
      [],
      {},
      [[]],
      [{}],
      { length: 1 },
      { toString: 'x', valueOf: 'x' },
    )
    // What is changed afterwards belongs to one message.
    .map((value) => structuredClone(value)),
  fc.constant(() => undefined).map((make) => ({ then: make, toJSON: make })),
  fc.array(fc.constant('x'), { minLength: 101, maxLength: 120 }),
  fc.object({ maxDepth: 2 }),
  anything(2),
);

const oddNames = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'then',
    'length',
    'type',
    'body',
    'id',
    '',
  ),
  fc.string({ maxLength: 12 }),
);

type Change = (message: Envelope, pick: number) => unknown;

/** Where something can be changed: each field of the message and of its body, at whatever depth. */
function fieldsOf(
  value: unknown,
  found: [Record<string, unknown>, string][] = [],
): [Record<string, unknown>, string][] {
  if (!Array.isArray(value) && !isPlain(value)) return found;
  const fields = value as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    found.push([fields, name]);
    fieldsOf(fields[name], found);
  }
  return found;
}

/** A list that has what something else has. */
function listWith(value: unknown): unknown {
  const list: unknown[] = [];
  for (const [name, part] of Object.entries(isPlain(value) ? value : { 0: value }))
    setOwn(list as unknown as Record<string, unknown>, name, part);
  return list;
}

/** Changes one field of a message, which is a copy that may be changed. */
function changeField(change: (fields: Record<string, unknown>, name: string) => void): Change {
  return (message, pick) => {
    const fields = fieldsOf(message);
    const place = fields[pick % fields.length];
    if (place !== undefined) change(...place);
    return message;
  };
}

/** Sets a field of its own, also one that is called `__proto__`, as JSON does it. */
function setOwn(fields: Record<string, unknown>, name: string, value: unknown): void {
  // A list's length is no field that could be sent.
  if (Array.isArray(fields) && name === 'length') return;
  Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
}

function asJson(value: unknown): unknown {
  return JSON.stringify(value, (_name, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
}

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.constant(
    changeField((fields, name) => {
      Reflect.deleteProperty(fields, name);
    }),
  ),
  odd.map((value) =>
    changeField((fields, name) => {
      setOwn(fields, name, value);
    }),
  ),
  fc.tuple(oddNames, odd).map(([extra, value]) =>
    changeField((fields) => {
      setOwn(fields, extra, value);
    }),
  ),
  fc.constant(
    changeField((fields, name) => {
      setOwn(
        fields,
        name,
        JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
      );
    }),
  ),
  fc.constantFrom<Change>(
    changeField((fields, name) => void (fields[name] = [fields[name]])),
    changeField((fields, name) => void (fields[name] = { [name]: fields[name] })),
    changeField((fields, name) => void (fields[name] = asJson(fields[name]))),
    changeField((fields, name) => void (fields[name] = listWith(fields[name]))),
    (message) => [message],
    (message) => ({ type: message.type, ...(message.body as object) }),
    (message) => ({ type: message.type, body: message }),
    (message) => ({
      ...message,
      body: Object.create(isPlain(message.body) ? message.body : null) as unknown,
    }),
    (message) => Object.create(message) as unknown,
    asJson,
    (message) => new Map(Object.entries(message)),
  ),
  oddNames.map((type): Change => (message) => ({ ...message, type })),
  fc
    .constantFrom(
      'run-command',
      'execute',
      'workbench.action.terminal.new',
      'parley.setApiKey',
      'write-file',
      'snapshot',
      'events',
      'SUBMIT',
      'submit ',
      'submit\0',
    )
    .map((type): Change => (message) => ({ ...message, type })),
);

/** Messages of which something is wrong, or several things; now and then what is wrong makes them another good one. */
export function spoiltMessages(shapes: Fields): fc.Arbitrary<unknown> {
  return fc
    .tuple(goodMessages(shapes), fc.array(fc.tuple(changes, fc.nat()), { minLength: 1, maxLength: 3 }))
    .map(([message, steps]) =>
      steps.reduce<unknown>(
        (value, [change, pick]) => (isPlain(value) ? change(value as unknown as Envelope, pick) : value),
        structuredClone(message),
      ),
    );
}

/** Bodies of one type under the name of another. */
export function swappedMessages(shapes: Fields): fc.Arbitrary<unknown> {
  return fc
    .tuple(goodMessages(shapes), fc.constantFrom(...Object.keys(shapes)))
    .map(([{ body }, type]) => ({ type, body }));
}

/** What a page may say was clicked, for the commands of a message's context menu; good ones have the id of a message. */
export function clickedThings(ids: readonly string[]): fc.Arbitrary<unknown> {
  const clicked = fc.record({
    messageId: fc.oneof(fc.constantFrom(...ids, '', '__proto__', 'constructor'), odd),
    webviewSection: fc.oneof(fc.constant('answer'), odd),
  });
  return fc.oneof({ weight: 2, arbitrary: clicked }, odd);
}

/** All of it: good messages, spoilt ones, swapped ones, and anything at all. */
export function allMessages(shapes: Fields): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 3, arbitrary: goodMessages(shapes) },
    { weight: 6, arbitrary: spoiltMessages(shapes) },
    { weight: 1, arbitrary: swappedMessages(shapes) },
    { weight: 1, arbitrary: odd },
  );
}
