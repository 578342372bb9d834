import { LazyExpression } from '../../core/text/lazyExpression';

/** Joins alternatives to one expression that ignores case. */
export function anyOf(...alternatives: readonly string[]): LazyExpression {
  return new LazyExpression(alternatives.join('|'), 'iu');
}

const verb =
  'support|permit|allow|accept|recogni[sz]|implement|enabl|us(?:e|ed|able)\\b|set\\b|specif|compatible|configurable|appl(?:y|ied|icable)|tak(?:e|en)\\b|handl|be (?:sent|passed|included|provided|combined|present)|expected\\b|valid\\b|available (?:for|with|on|in|to) (?:this|the|models?\\b)|known\\b|understand|able to (?:process|read|see|view)|be (?:chang|modif|adjust|customi|overrid)|chang(?:e|ed|ing)\\b';
const plainNegation = "\\b(?:not|cannot|can ?not|never|neither|no longer|unable to|refuses? to)\\b|n['’]t\\b";

/**
 * Says that something is rejected whatever its value is. English and Chinese first, then the other languages of gateways
 * and their operators.
 */
export const refusing = anyOf(
  // A hyphen counts only as a part of a word. If it also counted as a separator, a line of hyphens would take very long.
  `(?:${plainNegation})\\W{1,20}(?:[\\w-]{1,60}[^\\w-]{1,20}){0,3}?(?:${verb})`,
  'unsupported|\\bunknown\\b|unrecogni[sz]ed|unexpected(?!ly)|deprecated|incompatible|disallowed|prohibited',
  'invalid (?:request )?(?:param|arg|field|key|property|option|content type|type\\b|role)|no such (?:param|arg|field|option)',
  'additional propert|extra (?:inputs?|fields?|param\\w*|arg\\w*|keys?|propert\\w*)|extra_forbidden|extraneous|\\bunrecognized_keys',
  '(?:must|should|has to|have to|needs? to) be (?:unset|omitted|removed|empty|absent|left out|null\\b|none\\b|disabled)',
  '(?:must|should) not (?:be (?:set|sent|passed|given|used|specified|provided|included|present)|contain|include|have)',
  '(?:remove|drop|omit|unset|delete) (?:the|this|it|that|[`"\'])|without (?:the )?support|lacks? support|no support',
  'use .{0,3}max_\\w+.{0,3} instead|instead of|(?:only|just) (?:the )?default',
  'only (?:be )?(?:supported|available|allowed|used|valid|accepted|permitted|compatible|enabled|be set to|works?)',
  'only [^.;]{1,40}? (?:is|are) (?:supported|allowed|accepted|permitted|valid)|only supports? (?:the default|\\w+ ?= ?[\\d.]+)|must be (?:exactly |equal to |set to )?[\\d.]+ (?:for|when|with|if)\\b|(?:may|can) only be set to|unavailable (?:for|with) (?:this|the) model|only (?:one|a single|1)\\b[\\w ]{0,30} (?:is|are) (?:supported|allowed|permitted)',
  'requires? (?:the )?[\'"`]?--|(?:is|are) (?:fixed|disabled|turned off|switched off|forbidden|reserved)\\b|must be verified to',
  'no endpoints? found that (?:can )?support|model_?features?_not',
  '不支持|不支援|未被[^。；]{0,12}支持|无[^。；]{0,6}能力|不能处理|不合法|只能(?:为|是|设置为|使用|用)?|不被支持|未支持|不受支持|未知的?(?:参数|字段|參數|欄位|角色|类型|類型|属性)|未知参数|未知參數|无法识别|無法識別|不识别|未识别|无法处理|無法處理|不允许|不允許|不被允许|不接受|不可(?:用于|使用|设置|設定|修改|更改|指定)|不具备|不具備|(?:无法|無法)辨[识識]|不能(?:使用|设置|包含|传|與|与|和|同|指定|出现)|不能同时|不能同時|多余|多餘|请(?:移除|删除|去掉|勿)|請(?:移除|刪除|去掉|勿)|已弃用|已廢棄|已废弃|请使用|请改用|請改用|暂未开放|未开启|未启用|未啟用|禁止(?:使用|传)|无效(?:的)?(?:参数|字段|角色)',
  'サポートされ(?:て|ま)|対応してい(?:ない|ません)|未対応|(?:使用|併用|利用|指定)でき(?:ない|ません)|許可され(?:て|ま)|(?:受け付け|処理でき)(?:ない|ません)|不明な|指定できません',
  '지원(?:하지|되지) 않|지원되지|처리할 수 없|사용할 수 없|허용되지|알 수 없는 (?:매개|필드|인수)',
  '(?:darf|d[üu]rfen|k[öo]nnen|kann) nicht|(?:kann|k[öo]nnen|unterst[üu]tzt) keine|nicht (?:unterst|erlaubt|zul|verf|m[öo]glich|kompatib)|unbekannte[rs]? (?:param|feld|argument)',
  "(?:non|pas) (?:(?:pris|prise)s? en charge|support|autoris|permis|compatib)|(?:n['’](?:est|accepte|autorise)|ne (?:peu(?:t|vent)|prend|prennent|supporte(?:nt)?|accepte(?:nt)?|sont|doi(?:t|vent))) pas\\b",
  'không (?:được )?hỗ trợ|tidak (?:men|di)dukung|destekle(?:m|n)[ei]|\\bno (?:se )?pued|\\bno (?:(?:es|est[áa]|son) )?(?:compatible|soport|admit|permit|se (?:admit|permit|soport))|n[ãa]o (?:(?:[ée]|s[ãa]o|[ée] poss[íi]vel) )?(?:suport|permit|aceit|compat)|desconocid|desconhecid|non (?:[èe] )?(?:supportat|consentit|ammess)|sconosciut',
  'не поддержива|не допуска|не разреш|неизвестн(?:ый|ое) (?:парам|арг|поле)|недопустим',
);

/** Says that a value is out of its range, which the user must correct. */
export const ranging = anyOf(
  '\\b(?:above|below|greater|less|higher|lower|more than|fewer|larger|smaller|longer|shorter|at most|at least|between|ranges?|exceed\\w*|maximum|minimum|too (?:large|small|high|low|many|few|long))\\b|<=|>=|≤|≥',
  '大于|大於|小于|小於|超过|超過|高于|高於|低于|低於|之间|之間|范围|範圍|区间|超出|以上|以下',
);

/** Temporary problems whose words are similar to a rejection. */
const noise = new LazyExpression(
  [
    '\\b(?:an? )?(?:unknown|unexpected|unhandled|unrecogni[sz]ed|unsupported)[ \\t]+(?:[\\w-]+[ \\t]+)?(?:errors?|exceptions?|failures?|issues?|problems?|ends?|eof|status|responses?|reply|replies|results?|behaviou?r|state|shutdown|reason|characters?|host|hostname|conditions?|interruptions?|terminations?|closure|disconnect\\w*|upstream|output|token\\b[^.;\\n]{0,80}|internal\\b)',
    '\\b(?:unknown|unsupported|unrecogni[sz]ed) (?:models?|endpoints?|api|routes?|architecture|platform|country|region)\\b[^,;\\n]*',
    '(?:error|reason|cause|status|code|type)\\s*[:=]\\s*["\'(]?unknown\\b',
    '\\bunknown_(?:error|exception|url|model)\\b|\\bunexpected_\\w+',
    "(?:temporarily|currently|momentarily) (?:un|not )available|(?:isn['’]t|is not|not) available (?:right now|at the moment|now|in your)",
    '未知(?:的)?(?:错误|錯誤|异常|異常|原因|问题|問題|主机|状态|情况)|暂时不可用|暂不可用|暫時無法',
  ].join('|'),
  'giu',
);

/** Splits an error into sentences of at most 1,500 characters. Blanks out temporary problems that only sound like a rejection. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .replaceAll(noise.expression, ' ')
    .split(/[;；。！？\n\r]+|[!?](?=\s|$)|\.(?=\s|$|["'”)\]}])/u)
    .map((sentence) => sentence.trim().slice(0, 1_500))
    .filter((sentence) => sentence !== '');
}
