import { surroundings } from './surroundings';
import type { Family, Vector } from './vector';

/** Characters that turn, hide, join, break or stand in for others. */
const tricks: readonly string[] = [
  '\u202e',
  '\u202e\u202d\u202c\u2066\u2067\u2068\u2069',
  '\u200e\u200f\u061c',
  '\u2067 if admin \u2069\u2066// check \u2069\u2066',
  '\u200b\u200c\u200d\u2060\ufeff',
  '\u00ad\u034f\u180e\u115f\u3164\uffa0',
  '\ufe0f\ufe0e\u{e0100}',
  '\u{e0001}\u{e0068}\u{e0069}\u{e007f}',
  '\u0000',
  '\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008',
  '\u000b\u000c\u000e\u001b[31m\u001b]0;x\u0007\u001b[2J',
  '\u007f\u0080\u0085\u009b31m\u009f',
  '\u2028\u2029',
  '\r',
  '\r\r\n\n\r',
  '\ud800',
  '\udc00\ud800',
  '\ud83d \ude00',
  '\ufffe\uffff\ufdd0',
  '\u{1fffe}\u{10ffff}',
  '\ufffd\ufffc\ufff9\ufffa\ufffb',
  'Z\u0351\u036b\u0343\u032a\u0302a\u0321\u034al\u0328\u0368g\u0324\u0366o'.repeat(20),
  'a' + '\u0300'.repeat(1_000),
  '\u0e47'.repeat(500),
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}'.repeat(50),
  '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  '\ufdfa\ufdfb'.repeat(100),
  '\u12031'.repeat(50),
  '\ua9c1\u{12219}\u2e3b'.repeat(30),
  '\u0130\u0131\u017f\u212a\u00df\ufb01',
  '\uff1cscript\uff1e\uff08\uff09\uff02',
  '\u02bc\u2019\u201c\u2033\u00b4',
  '\u0430\u0435\u043e\u0440\u0441\u0443\u0445',
  '\u2044\u2215\u29f8\uff0f\u2024\u3002\uff0e',
  '\u037e\ua789\u02d0\uff1a\u2236',
  '\u3000\u1680\u2000\u200a\u205f\u00a0\u202f',
  '\u0600\u06dd\u070f\u08e2\u{110bd}',
  '\u1d159\u{1d173}\u{1d17a}',
  '\u0f0b\u0f7e\u0fb7'.repeat(80),
  '\ud83e\uddd1\ud83c'.repeat(30),
  '%00%0a%0d%e2%80%ae',
  '&#0;&#x0;&#xD800;&#x110000;&#99999999999;&#x80;&NotAnEntity;&amp',
  '\\u202e\\x00\\0',
  '__proto__ constructor prototype toString hasOwnProperty',
  'undefined null NaN Infinity -0 [object Object]',
  "$& $1 $$ $` $' ${1} {{x}} {0} %s %d %o %c",
  '$(alert) $(sync~spin) $(trash)',
  '[x](command:workbench.action.terminal.new) [y](file:///etc/passwd)',
];

const kinds: readonly ((trick: string, script: string, url: string) => string)[] = [
  (trick) => trick,
  (trick) => `a${trick}b${trick}c`,
  (trick) => `${trick}*a*${trick}_b_${trick}\`c\`${trick}[d](https://example.invalid/)`,
  (trick) => `*${trick}a${trick}*\n${trick}- b\n${trick}> c`,
  (trick, script) => `<${trick}script>${script}<${trick}/script>`,
  (trick, script) => `<img${trick}src=x${trick}onerror${trick}=${script}>`,
  (trick, script) => `[x](java${trick}script:${script})`,
  (trick, script) => `[x](${trick}javascript:${script})`,
  (trick, _, url) => `![x](${trick}${url})`,
  (trick, _, url) => `[${trick}](${url} "${trick}")`,
  (trick) => `[${trick}]: https://example.invalid/\n\n[${trick}] [^${trick}]\n\n[^${trick}]: x`,
  (trick) => `$${trick}x${trick}$ \\(${trick}\\)`,
  (trick) => `\`\`\`${trick}\n${trick}\n\`\`\``,
  (trick) => `\`\`\`js\nconst a = "${trick}"; // ${trick}\n\`\`\``,
  (trick) => `\`\`\`mermaid\nflowchart LR\n  A["${trick}"] -->|${trick}| B\n\`\`\``,
  (trick) => `| ${trick} |\n|---|\n| ${trick} |`,
  (trick) => `https://exa${trick}mple.invalid/${trick}`,
  (trick) => `\`\`\`bash\necho ${trick}; rm -rf ~ # ${trick}\n\`\`\``,
];

function vectorOf(kind: (typeof kinds)[number], trick: string): Vector {
  return ({ script, url }) => kind(trick, script, url);
}

/** Tricks with Unicode and control characters. */
export const characters: Family = {
  name: 'characters',
  share: 12,
  chosen: tricks.map((trick) =>
    vectorOf((text) => `${text} in words, \`${text}\` in code\n\n# ${text}`, trick),
  ),
  generate: (random) => {
    const first = random.pick(tricks);
    const trick = random.number(3) === 0 ? first + random.pick(tricks) : first;
    const vector = vectorOf(random.pick(kinds), trick);
    const surround = random.pick(surroundings);
    return (bait) => surround(vector(bait));
  },
};
