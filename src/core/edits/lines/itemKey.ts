import { declaredName } from './declaration';
import { plainLine } from './plainLine';

/** The key of a part of a file. Parts with the same key are the same part. */
export interface ItemKey {
  readonly text: string;
  /** True for a name: a part with another name is another part. False for a condition or an argument, which may have changed. */
  readonly isName: boolean;
}

/** How much of a line is read for its key, in UTF-16 units. */
const longest = 500;

const statement =
  /^(?:\}\s?)?(?:if|else|elif|elsif|elseif|unless|for|foreach|while|until|do|switch|match|try|catch|except|rescue|finally|ensure|with|using|lock|synchronized|return|throw|raise|yield|await|break|continue|pass|begin|loop|defer|go|select|when|echo|print|new|delete|assert|export default)(?![\w$-])(?!\s?[:=](?!:))/;
const label =
  /^(?:case\s.{1,200}|default|public|private|protected|internal|signals|public slots|private slots)\s?:(?!:)/;
const importFrom = /^(?:import|export)\s.{0,400}?\sfrom\s(["'][^"']{1,200}["'])/;
const pythonFrom = /^from\s(\S{1,200})\simport\s/;
const goReceiver = /^func\s?\(\s?\w{0,60}\s?\*?\s?(\w{1,80})(?:\[[^\]]{0,80}\])?\s?\)\s?(\w{1,80})/;
const pair =
  /^(?:- )?(["']?)([@$\p{L}\p{N}_./*~-][@$\p{L}\p{N}_./ *~+-]{0,120}?)\1\s?\??:(?![:=])(?=\s|$|[{["'])/u;
const field =
  /^(?:(?:export|public|private|protected|internal|static|final|readonly|abstract|override|declare|lateinit|const|let|var|val|mut|pub|auto|volatile|transient|local|my|our)\s)*(?:[\w.$#@<>[\],?*&]{1,80}\s){0,3}?([$#@]?[\p{L}_$][\p{L}\p{N}_$.]{0,80})\s?[?!]?(?:\s?:\s?[^=]{1,120}?)?\s?:?=(?![=>~])/u;
const typedField =
  /^(?:(?:export|public|private|protected|internal|static|final|readonly|abstract|override|declare|lateinit|val|var|let|pub(?:\([^)]{0,20}\))?)\s)+([\p{L}_$][\p{L}\p{N}_$]{0,80})\s?[?!]?\s?:/u;
const call = /^(?:await\s)?([\w$.@]{1,80}[\w$!?])\s?\(?\s?(["'`:][^"'`]{0,200}["'`]?)\s?(?:,|\)|do\b|=>|\{)/;
const tag = /^<([a-zA-Z][\w:.-]{0,60})(?=[\s>/]|$)/;
const tagName =
  /\s(?:id|name|key|path|data-testid|href|src|to|for|android:id|Include|x:Name)\s?=\s?(\{?["'][^"']{1,200}["'])/;
const className = /\s(?:class|className)\s?=\s?(\{?["'][^"']{1,200}["'])/;
const section = /^\[{1,2}[^[\]]{1,200}\]{1,2}$/;
const heading = /^#{1,6}\s\S/;
const createTable =
  /^create\s(?:or replace\s)?(?:temp(?:orary)?\s)?(?:unique\s)?(?:table|view|index|function|procedure|trigger|type|schema|policy)\s(?:if not exists\s)?["`[]?([\w.]{1,120})/i;
const namedStep =
  /^- (?:(?:name|id|uses|job_name|alert|record|hosts|path|key)\s?:\s?\S.{0,200}|[\w"'].{0,200})$/;

/**
 * Reads the key of a part from its first line: the name of a declaration, a property key, a selector, a tag with its id, a call
 * with its first argument. Works for many languages without knowing the language.
 *
 * @param head The first line, joined with the line that closes its parameters.
 * @param hasBody True when the part has lines inside.
 * @returns Undefined when the line has no key.
 */
export function itemKey(head: string, hasBody: boolean): ItemKey | undefined {
  const line = plainLine(head.length > longest ? head.slice(0, longest) : head);
  if (line === '') return undefined;
  const name = (text: string): ItemKey => ({ text, isName: true });
  if (/^(?:\{|\[|\(\{)$/.test(line)) return name(`root ${line}`);
  if (heading.test(line)) return name(`heading ${line.replace(/^#+\s/, '')}`);
  if (section.test(line)) return name(`section ${line}`);
  const from = importFrom.exec(line)?.[1] ?? pythonFrom.exec(line)?.[1];
  if (from !== undefined) return name(`import ${from.replace(/["']/g, '')}`);
  const method = goReceiver.exec(line);
  if (method !== null) return name(`name ${method[1] ?? ''}.${method[2] ?? ''}`);
  const table = createTable.exec(line)?.[1];
  if (table !== undefined)
    return name(
      `create ${
        line
          .split(' ')
          .find((word) => /^(?:table|view|index|function|procedure|trigger|type|schema|policy)$/i.test(word))
          ?.toLowerCase() ?? ''
      } ${table.toLowerCase()}`,
    );
  if (label.test(line)) return name(`label ${line.slice(0, line.lastIndexOf(':')).trim()}`);
  if (/^(?:impl|extension|instance)(?![\w$])/.test(line)) return name(`text ${upToBody(line)}`);
  if (statement.test(line)) return { text: `text ${upToBody(line)}`, isName: false };
  const declared = declaredName(line);
  if (declared !== undefined) return name(`name ${declared}`);
  if (namedStep.test(line)) return { text: `item ${line}`, isName: /^- [\w-]{1,20}\s?:/.test(line) };
  const element = tag.exec(line)?.[1];
  if (element !== undefined) return tagKey(element, line);
  const key = pair.exec(line)?.[2];
  if (key !== undefined && !/^(?:https?|lambda)$/.test(key)) return name(`key ${key.trim()}`);
  const called = call.exec(line);
  if (called !== null && !line.includes(' = '))
    return { text: `call ${called[1] ?? ''} ${called[2] ?? ''}`, isName: false };
  const assigned = typedField.exec(line)?.[1] ?? field.exec(line)?.[1];
  if (assigned !== undefined) return name(`key ${assigned}`);
  // The text before an opening brace is a name: `.a:hover`, `location /api`, `resource "x" "y"`, `server`.
  if (hasBody && line.endsWith('{') && line.length > 1 && !/^[)\]}]/.test(line))
    return name(`text ${upToBody(line)}`);
  if (hasBody && /^[\w./%-][^=;(]{0,200}:$/.test(line)) return name(`key ${line.slice(0, -1)}`);
  return undefined;
}

function tagKey(element: string, line: string): ItemKey {
  const attribute = tagName.exec(line)?.[1];
  if (attribute !== undefined) return { text: `tag ${element} ${attribute}`, isName: true };
  const style = className.exec(line)?.[1];
  return { text: style === undefined ? `tag ${element}` : `tag ${element} ${style}`, isName: false };
}

function upToBody(line: string): string {
  return line
    .replace(/\s?[{:(]$/, '')
    .replace(/^\}\s?/, '')
    .trim();
}
