import type { Random } from '../random';
import type { Family, Vector } from './vector';

/** Words on a fence: every language that is coloured, and some that are none. */
const languages = (
  'bash c clojure cmake cpp csharp css dart diff dockerfile elixir fsharp go graphql haskell ini java javascript json kotlin ' +
  'latex less lua makefile markdown nginx objectivec perl php powershell protobuf python r ruby rust scala scss shell sql swift ' +
  'typescript xml yaml html svg vue svelte jsx tsx jsonc toml console text resumed __proto__ constructor toString hasOwnProperty'
).split(' ');

/** Bodies on which grammars of regular expressions are known to labour, and such as leave them in mid-string. */
const bodies: readonly ((random: Random) => Vector)[] = [
  () =>
    ({ script }) =>
      `<script>${script}</script><img src=x onerror=${script}>`,
  () =>
    ({ url }) =>
      `@import "${url}"; a { background: url(${url}) }`,
  () =>
    ({ url }) =>
      `<?php system($_GET[0]) ?><style>@import "${url}"</style><% eval %>`,
  (random) => repeated(random, '"', 4_000),
  (random) => repeated(random, "'", 4_000),
  (random) => repeated(random, '`', 4_000),
  (random) => repeated(random, '\\', 4_000),
  (random) => repeated(random, '\\"', 3_000),
  (random) => repeated(random, '(', 4_000),
  (random) => repeated(random, '[', 4_000),
  (random) => repeated(random, '{', 4_000),
  (random) => repeated(random, '<', 4_000),
  (random) => repeated(random, '<a ', 3_000),
  (random) => repeated(random, '<a b="', 2_000),
  (random) => repeated(random, '/*', 4_000),
  (random) => repeated(random, '//', 4_000),
  (random) => repeated(random, '#', 4_000),
  (random) => repeated(random, '--', 3_000),
  (random) => repeated(random, '${', 3_000),
  (random) => repeated(random, '`${', 2_000),
  (random) => repeated(random, '#{', 3_000),
  (random) => repeated(random, '"#{', 2_000),
  (random) => repeated(random, '{{', 3_000),
  (random) => repeated(random, '<<', 3_000),
  (random) => repeated(random, '<<EOF\n', 800),
  (random) => repeated(random, '<?php ', 1_500),
  (random) => repeated(random, '<%', 3_000),
  (random) => repeated(random, '$', 4_000),
  (random) => repeated(random, '@', 4_000),
  (random) => repeated(random, '0', 8_000),
  (random) => repeated(random, '1.', 4_000),
  (random) => repeated(random, '1e', 4_000),
  (random) => repeated(random, '0x', 4_000),
  (random) => repeated(random, '_', 8_000),
  (random) => repeated(random, 'a', 8_000),
  (random) => repeated(random, 'a ', 4_000),
  (random) => repeated(random, 'a.', 4_000),
  (random) => repeated(random, 'a::', 3_000),
  (random) => repeated(random, 'a<', 3_000),
  (random) => repeated(random, 'a(', 3_000),
  (random) => repeated(random, 'a=', 3_000),
  (random) => repeated(random, 'a:b,', 2_000),
  (random) => repeated(random, ' ', 8_000),
  (random) => repeated(random, '\t', 8_000),
  (random) => repeated(random, '\n', 4_000),
  (random) => repeated(random, ' \n', 3_000),
  (random) => repeated(random, '/a', 4_000),
  (random) => repeated(random, '=/', 4_000),
  (random) => repeated(random, '/[', 3_000),
  (random) => repeated(random, 'function ', 1_500),
  (random) => repeated(random, 'class a<', 1_500),
  (random) => repeated(random, 'SELECT ', 1_500),
  (random) => repeated(random, 'x => ', 1_500),
  (random) => repeated(random, '@a(', 2_000),
  (random) => repeated(random, '[a](', 2_000),
  (random) => repeated(random, '- ', 3_000),
  (random) => repeated(random, '*', 4_000),
  (random) => repeated(random, '&', 4_000),
  (random) => repeated(random, '%', 4_000),
  (random) => repeated(random, '~', 4_000),
  (random) => repeated(random, '^', 4_000),
  (random) => repeated(random, '\\begin{a}', 1_200),
  (random) => repeated(random, 'r#"', 2_000),
  (random) => repeated(random, 'R"(', 2_000),
  (random) => repeated(random, '"""', 2_000),
  (random) => repeated(random, '[[', 3_000),
  (random) => repeated(random, '--[[', 2_000),
  (random) => repeated(random, '(*', 3_000),
  (random) => repeated(random, '{-', 3_000),
  (random) => repeated(random, 'q(', 3_000),
  (random) => repeated(random, '%w(', 2_000),
  (random) => repeated(random, 'é', 4_000),
  (random) => repeated(random, '\u0000', 2_000),
  (random) => repeated(random, '\ud800', 2_000),
  (random) => repeated(random, '+a\n-a\n@@ -1 +1 @@\n', 300),
];

/** Whole, or with an end that makes an attempt fail late. */
function repeated(random: Random, piece: string, times: number): Vector {
  const count = 1 + random.number(times);
  const end = random.pick(['', '', '!', '\n', '"', '\\', '\u0000x', ';']);
  const start = random.pick(['', '', 'x = ', '"', '<a ', '@', '/* ', '# ']);
  return () => start + piece.repeat(count) + end;
}

/** Words after the language: names of files that lead elsewhere, or that act where they are shown. */
const names: readonly string[] = [
  '',
  '',
  '',
  ' ../../../etc/passwd',
  ' /etc/cron.d/x',
  ' C:\\Windows\\System32\\x.dll',
  ' \\\\server\\share\\x',
  ' file:///etc/passwd',
  ' title="../../x.ts"',
  ' {.line-numbers startFrom="-1"}',
  ' [x](command:workbench.action.quit).ts',
  ' <img src=x>.ts',
  ' .git/hooks/post-checkout',
  ' .vscode/settings.json',
  ' src/\u202etxt.exe',
  ' CON',
  ` ${'a/'.repeat(400)}x.ts`,
  ' src/a.ts\0.png',
];

/** Code in every language that is coloured. */
export const code: Family = {
  name: 'code',
  share: 12,
  chosen: languages.map(
    (language): Vector =>
      ({ script }) =>
        `\`\`\`${language}\n<script>${script}</script>\n"${'\\"'.repeat(50)}\n/* ${'('.repeat(50)} \${\`\n\`\`\``,
  ),
  generate: (random) => {
    const body = random.pick(bodies)(random);
    const language = random.pick(languages);
    const name = random.pick(names);
    const isClosed = random.number(3) > 0;
    const fence = random.pick(['```', '~~~', '````']);
    return (bait) => `${fence}${language}${name}\n${body(bait)}${isClosed ? `\n${fence}` : ''}`;
  },
};
